import { Skeleton, SkeletonLines } from '../../../ui/notices.tsx';

/** The shape of a report that is being loaded: figures, a chart and a table. */
export function ReportSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-6" aria-hidden>
        {Array.from({ length: 12 }, (_, index) => (
          <Skeleton key={index} className="h-14" />
        ))}
      </div>
      <Skeleton className="h-44" />
      <SkeletonLines lines={6} />
    </div>
  );
}
