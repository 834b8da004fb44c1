import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Inbox, SearchX } from 'lucide-react';
import { useCallback, useMemo, type ReactNode } from 'react';
import { useLanguage } from '../../../i18n/language.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { PipelineLinks } from '../../../pipelines/pipeline-links.tsx';
import { usePipelines } from '../../../pipelines/pipelines.ts';
import { stageName } from '../../../pipelines/stage-name.ts';
import { UnknownPipeline, useIsUnknown } from '../../../pipelines/unknown-pipeline.tsx';
import { useStatusName } from '../../../terms/status-name.ts';
import { Button } from '../../../ui/button.tsx';
import { Select } from '../../../ui/field.tsx';
import { EmptyNotice, ErrorNotice, SkeletonLines } from '../../../ui/notices.tsx';
import { dealListQuery } from '../api/deal-list.ts';
import { LISTED, LIVING, STATUSES, dealListSearch, type DealListSearch, type Sort } from '../board-search.ts';
import { boardTexts } from '../board.texts.ts';
import { DealCsv } from './deal-csv.tsx';
import { DealTable } from './deal-table.tsx';
import { ListChips } from './list-chips.tsx';
import { PageHeader } from './page-header.tsx';
import { Totals } from './totals.tsx';

/** Every deal of a pipeline that the address asks for, those that have ended as well. */
export function DealListPage(): ReactNode {
  const t = useTexts(boardTexts);
  const statusName = useStatusName();
  const language = useLanguage();
  const navigate = useNavigate();
  const search: DealListSearch = useSearch({ from: '/deals' });
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage, isFetchNextPageError } = useInfiniteQuery(
    dealListQuery(search),
  );
  const { data: pipelines } = usePipelines();
  const stages = pipelines?.pipelines.find(({ id }) => id === (search.pipeline ?? 'default'))?.stages;
  const stageTitle = useCallback(
    (id: string) => {
      const stage = stages?.find((one) => one.id === id);
      return stage ? stageName(stage, language) : id;
    },
    [stages, language],
  );
  const change = useCallback(
    (changes: { [Name in keyof DealListSearch]?: DealListSearch[Name] | undefined }) =>
      void navigate({
        to: '/deals',
        search: (old: DealListSearch) => dealListSearch({ ...old, ...changes }),
      }),
    [navigate],
  );
  const more = useCallback(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);
  const deals = useMemo(
    () => [...new Map(data?.pages.flatMap((page) => page.opportunities).map((deal) => [deal.id, deal])).values()],
    [data],
  );
  const first = data?.pages[0];
  const total = first?.total ?? deals.length;
  const sums = first?.amounts ?? [];
  const { pipeline, sort, ...conditions } = search;
  const isNarrowed = Object.keys(conditions).length > 0;
  const isUnknown = useIsUnknown(pipeline);
  const { status } = search;
  // How deals had ended by a past day is asked by outcome; what lived then was open or suspended.
  const offered = search.asOf === undefined ? STATUSES : LIVING;
  // How deals ended, or what became of them in a period, counts archived ones as well.
  const isEveryStatus = [search.asOf, search.outcome, search.flow].some((asked) => asked !== undefined);
  const defaultSort: Sort = search.asOf === undefined ? '-changedAt' : '-openedAt';
  return (
    <div className="flex h-full flex-col print:block">
      <PageHeader
        page="/deals"
        title={t('deals')}
        search={search}
        ofStatus={status ?? LISTED}
        currency={sums[0]?.currency ?? 'USD'}
        customerName={deals[0]?.customerName ?? undefined}
      >
        <label className="flex items-center gap-1.5 text-sm">
          <span className="text-muted">{t('status')}</span>
          <Select
            value={status?.join(',') ?? ''}
            choices={[
              { value: '', label: t(isEveryStatus ? 'statusAny' : 'statusListed') },
              ...offered.map((value) => ({ value, label: statusName(value) })),
              ...(status !== undefined && status.length > 1
                ? [{ value: status.join(','), label: status.map(statusName).join(', ') }]
                : []),
            ]}
            onChange={({ target: { value } }) => change({ status: STATUSES.filter((each) => each === value) })}
          />
        </label>
        <ListChips
          search={search}
          stageTitle={stageTitle}
          onRemove={(names) => change(Object.fromEntries(names.map((name) => [name, undefined])))}
        />
        {first && !isUnknown && <Totals label={t('tableCaption')} count={total} sums={sums} />}
        {first && !isUnknown && <DealCsv search={search} total={total} stageTitle={stageTitle} />}
      </PageHeader>
      {isUnknown && pipeline !== undefined ? (
        <UnknownPipeline page="/deals" pipeline={pipeline} />
      ) : error && !data ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonLines lines={14} />
      ) : deals.length === 0 ? (
        <EmptyNotice
          icon={isNarrowed ? SearchX : Inbox}
          title={t(isNarrowed ? 'noMatchTitle' : 'emptyTitle')}
          hint={t(isNarrowed ? 'noMatchHint' : 'emptyHint')}
        >
          {isNarrowed ? (
            <Link
              to="/deals"
              search={pipeline === undefined ? {} : { pipeline }}
              className="text-accent mt-2 text-sm underline"
            >
              {t('clearFilters')}
            </Link>
          ) : (
            <>
              <Link to="/imports" className="text-accent mt-2 text-sm underline">
                {t('toImport')}
              </Link>
              <PipelineLinks page="/deals" except={pipeline} />
            </>
          )}
        </EmptyNotice>
      ) : (
        <>
          <DealTable
            deals={deals}
            total={total}
            sort={sort ?? defaultSort}
            stageTitle={stageTitle}
            onSort={(next) => change({ sort: next })}
            onEnd={more}
          />
          {hasNextPage && (
            <p
              data-print="hidden"
              className="text-muted border-line flex items-center gap-3 border-t px-4 py-1.5 text-xs"
            >
              {t('shownOf', { shown: deals.length, total })}
              <Button look="quiet" disabled={isFetching} onClick={() => void fetchNextPage()}>
                {t('loadMore')}
              </Button>
            </p>
          )}
        </>
      )}
    </div>
  );
}
