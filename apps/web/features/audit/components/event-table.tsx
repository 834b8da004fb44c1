import { Link } from '@tanstack/react-router';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useEventName } from '../../../terms/event-name.ts';
import { shortPosition } from '../../../terms/short-position.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import type { AuditRow } from '../api/events.ts';
import { auditTexts } from '../audit.texts.ts';
import { useSourceName } from './source-name.ts';
import type { AuditSearch } from '../audit-search.ts';

interface EventTableProps {
  readonly events: readonly AuditRow[];
  /** Position of the event that is open. */
  readonly open: string | undefined;
  readonly onRefresh: () => void;
}

/** Events as rows; each leads to itself. */
export function EventTable({ events, open, onRefresh }: EventTableProps) {
  const t = useTexts(auditTexts);
  const format = useFormat();
  const eventName = useEventName();
  const sourceName = useSourceName();
  const columns: readonly Column<AuditRow>[] = [
    {
      id: 'type',
      header: t('event'),
      cell: ({ type, position, unreadable }) => (
        <>
          <Link
            to="/audit"
            search={(search: AuditSearch) => ({ ...search, position })}
            title={type}
            data-event={position}
            aria-current={position === open ? 'true' : undefined}
            className={`text-accent whitespace-nowrap underline ${position === open ? 'font-semibold' : ''}`}
          >
            {eventName(type)}
          </Link>
          {unreadable !== undefined && (
            <span title={unreadable} className="ml-1">
              <Badge tone="bad">{t('unreadable')}</Badge>
            </span>
          )}
        </>
      ),
      csv: ({ type }) => type,
    },
    {
      id: 'stream',
      header: t('stream'),
      cell: ({ stream, revision }) => (
        <span className="whitespace-nowrap">
          <Link to="/audit" search={{ stream }} className="underline">
            {stream}
          </Link>
          <span className="text-muted"> · {revision}</span>
        </span>
      ),
      csv: ({ stream }) => stream,
    },
    {
      id: 'actor',
      header: t('actor'),
      cell: ({ actor }) =>
        actor === undefined ? (
          '–'
        ) : (
          <span className="whitespace-nowrap">
            {actor.id} <span className="text-muted text-xs">{actor.role}</span>
          </span>
        ),
      csv: ({ actor }) => actor?.id,
    },
    {
      id: 'source',
      header: t('source'),
      cell: ({ source }) => <span className="whitespace-nowrap">{sourceName(source)}</span>,
      csv: ({ source }) => source,
    },
    {
      id: 'reason',
      header: t('reason'),
      cell: ({ reason }) => (
        <span className="block max-w-64 truncate" title={reason}>
          {reason ?? '–'}
        </span>
      ),
      csv: ({ reason }) => reason,
    },
    {
      id: 'occurred',
      header: t('occurred'),
      cell: ({ occurredAt }) => <span className="whitespace-nowrap">{format.moment(occurredAt)}</span>,
      csv: ({ occurredAt }) => occurredAt,
    },
    {
      id: 'recorded',
      header: t('recorded'),
      cell: ({ recordedAt }) => <span className="whitespace-nowrap">{format.moment(recordedAt)}</span>,
      csv: ({ recordedAt }) => recordedAt,
    },
    {
      id: 'position',
      header: t('position'),
      cell: ({ position }) => <span title={position}>{shortPosition(position)}</span>,
      csv: ({ position }) => position,
    },
  ];
  return (
    <DataTable
      caption={t('section.events')}
      columns={columns}
      rows={events}
      rowKey={({ position }) => position}
      csvColumns={[
        { header: t('revision'), csv: ({ revision }) => revision },
        { header: t('role'), csv: ({ actor }) => actor?.role },
        { header: t('onBehalfOf'), csv: ({ actor }) => actor?.onBehalfOf },
        { header: t('correlationId'), csv: ({ correlationId }) => correlationId },
        { header: t('unreadable'), csv: ({ unreadable }) => unreadable },
      ]}
      actions={
        <Button look="quiet" onClick={onRefresh}>
          {t('refresh')}
        </Button>
      }
    />
  );
}
