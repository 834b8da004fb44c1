import { useTexts } from '../../../i18n/texts.ts';
import { Skeleton } from '../../../ui/notices.tsx';
import { uiTexts } from '../../../ui/ui.texts.ts';

/** The shape of a deal's page while it is being loaded. */
export function DealSkeleton() {
  const t = useTexts(uiTexts);
  return (
    <div role="status" aria-label={t('loading')} className="mx-auto flex max-w-7xl flex-col gap-3 p-4">
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-9 w-96 max-w-full" />
      <Skeleton className="h-5 w-full max-w-2xl" />
      <Skeleton className="h-8 w-full" />
      <div className="grid gap-3 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Skeleton className="h-96 xl:order-2" />
        <Skeleton className="h-96" />
      </div>
    </div>
  );
}
