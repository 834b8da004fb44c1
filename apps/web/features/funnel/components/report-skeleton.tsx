import { Skeleton, SkeletonLines } from '../../../ui/notices.tsx';

/** The shape of a report that is being loaded: figures, a chart and a table. */
export function ReportSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-32" />
      <Skeleton className="h-44" />
      <SkeletonLines lines={6} />
    </div>
  );
}
