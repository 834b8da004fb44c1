import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { usePageTitle } from '../../../shell/page-title.ts';
import { ErrorNotice, SkeletonLines } from '../../../ui/notices.tsx';
import { useProjections, type BegunRebuild } from '../api/projections.ts';
import { operationsTexts } from '../operations.texts.ts';
import { ParkedEvents } from './parked-events.tsx';
import { ProjectionTable } from './projection-table.tsx';
import type { OperationsSearch } from '../operations-search.ts';

/** Whether the read models keep up with the log, and what an operator can do about it. */
export function OperationsPage() {
  const t = useTexts(operationsTexts);
  usePageTitle(t('title'));
  const { projection }: OperationsSearch = useSearch({ from: '/operations' });
  const [begun, setBegun] = useState<readonly BegunRebuild[]>([]);
  const { data, error, isPending, dataUpdatedAt, refetch } = useProjections(begun);
  return (
    <div className="flex flex-col gap-6 p-4">
      <header>
        <h1 className="text-base font-semibold">{t('title')}</h1>
        <p className="text-muted text-sm">{t('intro')}</p>
      </header>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {isPending && <SkeletonLines lines={4} />}
      {data !== undefined && (
        <>
          <ProjectionTable
            projections={data.projections}
            readAt={dataUpdatedAt}
            begun={begun}
            onBegun={(one) => setBegun((others) => [...others.filter(({ name }) => name !== one.name), one])}
          />
          <ParkedEvents names={data.projections.map(({ name }) => name)} chosen={projection} />
        </>
      )}
    </div>
  );
}
