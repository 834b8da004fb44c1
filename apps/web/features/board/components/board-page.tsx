import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Inbox, SearchX } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { isFiltered } from '../../../filters/filter-changes.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { usePipelines } from '../../../pipelines/pipelines.ts';
import { UnknownPipeline, useIsUnknown } from '../../../pipelines/unknown-pipeline.tsx';
import { EmptyNotice, ErrorNotice, Skeleton } from '../../../ui/notices.tsx';
import { boardQuery } from '../api/board.ts';
import { filtersOf } from '../board-search.ts';
import { boardTexts } from '../board.texts.ts';
import { BoardColumns } from './board-columns.tsx';
import { useKnownCurrencies } from './currency-select.tsx';
import { NewDealButton } from './new-deal-button.tsx';
import { PageHeader } from './page-header.tsx';
import { Totals } from './totals.tsx';

/** The open deals of a pipeline, stage by stage. */
export function BoardPage(): ReactNode {
  const t = useTexts(boardTexts);
  const search = useSearch({ from: '/board' });
  const filters = filtersOf(search);
  const { data: board, error, refetch, isPlaceholderData, dataUpdatedAt } = useQuery(boardQuery(filters));
  const { data: pipelines } = usePipelines();
  const isUnknown = useIsUnknown(search.pipeline);
  // Until the board of new filters is there, the one before stays, with its own filters.
  const [shown, setShown] = useState(filters);
  if (!isPlaceholderData && shown !== filters && JSON.stringify(shown) !== JSON.stringify(filters)) setShown(filters);
  const { count = 0, suspended = 0, worth = [] } = board?.totals ?? {};
  // What most deals are in comes first.
  const sums = worth.toSorted((left, right) => right.count - left.count);
  const [currency] = useKnownCurrencies(search.pipeline ?? 'default');
  const customerName = board?.columns.flatMap(({ cards }) => cards)[0]?.customerName ?? undefined;
  const known = pipelines?.pipelines.find(({ id }) => id === board?.pipelineId)?.stages;
  // Only how long deals may stay in a stage is not told by the board: nothing else waits until that is read.
  const stages = useMemo(() => known ?? board?.columns.map(({ stage }) => stage) ?? [], [known, board]);
  return (
    <div className="flex h-full flex-col">
      <PageHeader page="/board" title={t('board')} search={search} currency={currency} customerName={customerName}>
        {board && !isUnknown && <Totals label={t('totals')} count={count} sums={sums} />}
      </PageHeader>
      {isUnknown && search.pipeline !== undefined ? (
        <UnknownPipeline page="/board" pipeline={search.pipeline} />
      ) : error && !board ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : !board ? (
        <BoardSkeleton />
      ) : count + suspended > 0 ? (
        <BoardColumns board={board} readAt={dataUpdatedAt} filters={shown} stages={stages} currency={currency} />
      ) : isFiltered(search) ? (
        <EmptyNotice icon={SearchX} title={t('noMatchTitle')} hint={t('noMatchHint')}>
          <Link
            to="/board"
            search={search.pipeline === undefined ? {} : { pipeline: search.pipeline }}
            className="text-accent mt-2 text-sm underline"
          >
            {t('clearFilters')}
          </Link>
        </EmptyNotice>
      ) : (
        <EmptyNotice icon={Inbox} title={t('emptyTitle')} hint={t('emptyHint')}>
          <NewDealButton pipeline={board.pipelineId} isNamed />
          <Link to="/imports" className="text-accent mt-2 text-sm underline">
            {t('toImport')}
          </Link>
          {pipelines?.pipelines
            .filter(({ id }) => id !== board.pipelineId)
            .map(({ id, name }) => (
              <Link key={id} to="/board" search={{ pipeline: id }} className="text-accent text-sm underline">
                {t('toPipeline', { name })}
              </Link>
            ))}
        </EmptyNotice>
      )}
    </div>
  );
}

/** Columns and cards of the size they will have. */
function BoardSkeleton() {
  const t = useTexts(boardTexts);
  return (
    <div role="status" aria-label={t('loadingBoard')} className="flex min-h-0 flex-1 gap-2.5 overflow-hidden px-4 py-3">
      {[5, 4, 3, 2].map((cards, column) => (
        <div key={column} className="bg-sunken flex min-w-40 flex-1 flex-col gap-2 rounded-xl p-2 sm:max-w-80">
          <div className="h-17" />
          {Array.from({ length: cards }, (_, card) => (
            <Skeleton key={card} className="!bg-surface h-28 shrink-0" />
          ))}
        </div>
      ))}
    </div>
  );
}
