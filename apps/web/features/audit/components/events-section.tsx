import { useSearch } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyNotice, ErrorNotice, SkeletonLines } from '../../../ui/notices.tsx';
import { useEvents } from '../api/events.ts';
import { auditTexts } from '../audit.texts.ts';
import { EventFilters } from './event-filters.tsx';
import { EventPanel } from './event-panel.tsx';
import { EventTable } from './event-table.tsx';
import type { AuditSearch } from '../audit-search.ts';

/** The events of the log that fit the filters of the address, and beside them the one that is open. */
export function EventsSection() {
  const t = useTexts(auditTexts);
  const format = useFormat();
  const { section: _, job: _job, position, ...filter }: AuditSearch = useSearch({ from: '/audit' });
  const { data, error, isPending, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } =
    useEvents(filter);
  const events = data?.pages.flatMap((page) => page.events) ?? [];
  const last = data?.pages.at(-1)?.scannedTo;
  return (
    <div className="flex flex-col gap-3">
      <h2 className="sr-only">{t('section.events')}</h2>
      <EventFilters filter={filter} actors={events.flatMap(({ actor }) => actor?.id ?? [])} />
      <div className={`grid items-start gap-4 ${position === undefined ? '' : 'xl:grid-cols-[minmax(0,1fr)_30rem]'}`}>
        <div className="flex min-w-0 flex-col gap-3" aria-busy={isFetching}>
          {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
          {isPending && error === null && <SkeletonLines lines={12} />}
          {data !== undefined && events.length === 0 && !hasNextPage && (
            <EmptyNotice icon={SearchX} title={t('noEvents')} hint={t('noEventsHint')} />
          )}
          {events.length > 0 && <EventTable events={events} open={position} onRefresh={() => void refetch()} />}
          {hasNextPage && (
            <div className="flex flex-wrap items-center gap-3">
              <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {isFetchingNextPage ? t('searching') : t('more')}
              </Button>
              {last !== undefined && (
                <p className="text-muted text-sm">
                  {t(filter.order === 'oldest' ? 'searchedTo' : 'searchedBackTo', {
                    at: format.moment(last.recordedAt),
                  })}
                </p>
              )}
            </div>
          )}
        </div>
        {position !== undefined && <EventPanel position={position} />}
      </div>
    </div>
  );
}
