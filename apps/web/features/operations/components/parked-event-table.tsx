import { Link } from '@tanstack/react-router';
import { useMay } from '../../../api/me.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { shortPosition } from '../../../terms/short-position.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import type { ParkedDecision, ParkedEvent } from '../api/parked-events.ts';
import { operationsTexts } from '../operations.texts.ts';

/** How the projector says that an event only waits for another. */
const BEHIND = 'stands behind a parked event';

interface ParkedEventTableProps {
  readonly events: readonly ParkedEvent[];
  readonly onDecide: (event: ParkedEvent, action: ParkedDecision['action']) => void;
}

/** Parked and discarded events, each with why, and its decision. */
export function ParkedEventTable({ events, onDecide }: ParkedEventTableProps) {
  const t = useTexts(operationsTexts);
  const format = useFormat();
  const may = useMay();
  const decisionOf = ({ request, discarded }: ParkedEvent): string => {
    if (discarded !== undefined) return t('discardedBy', { ...discarded, at: format.moment(discarded.at) });
    return request === undefined ? t('waiting') : t(`asked.${request.action}`, { ...request });
  };
  /** What was decided before and did not settle it. */
  const earlierOf = ({ decided }: ParkedEvent): string =>
    decided === undefined ? '' : t(`unsettled.${decided.action}`, { ...decided, at: format.moment(decided.at) });
  const columns: readonly Column<ParkedEvent>[] = [
    {
      id: 'event',
      header: t('event'),
      cell: ({ type, stream, position }) => (
        <>
          <span className="font-medium">{type}</span>
          <span className="text-muted block text-xs">
            {stream} · {t('position')} <span title={position}>{shortPosition(position)}</span>
          </span>
          <Link to="/audit" search={{ stream, position }} className="text-accent text-xs underline">
            {t('lookAtEvent')}
          </Link>
        </>
      ),
      csv: ({ position }) => position,
    },
    { id: 'projection', header: t('projection'), cell: (row) => row.projection, csv: (row) => row.projection },
    { id: 'document', header: t('document'), cell: ({ key }) => key, csv: ({ key }) => key },
    {
      id: 'why',
      header: t('why'),
      cell: ({ error }) => <p className="max-w-md min-w-48 break-words">{error === BEHIND ? t('behind') : error}</p>,
      csv: ({ error }) => error,
    },
    {
      id: 'since',
      header: t('since'),
      cell: ({ parkedAt }) => <span className="whitespace-nowrap">{format.moment(parkedAt)}</span>,
      csv: ({ parkedAt }) => parkedAt,
    },
    {
      id: 'decision',
      header: t('decision'),
      cell: (event) => (
        <div className="flex min-w-40 flex-col items-start gap-1">
          {event.decided !== undefined && <p>{earlierOf(event)}</p>}
          <p>{decisionOf(event)}</p>
          {event.discarded === undefined && event.request === undefined && (
            <div className="flex gap-1">
              <Button
                aria-label={t('retryOf', { position: shortPosition(event.position) })}
                title={may('operate') ? undefined : t('forbidden')}
                disabled={!may('operate')}
                onClick={() => onDecide(event, 'retry')}
              >
                {t('retry')}
              </Button>
              <Button
                aria-label={t('discardOf', { position: shortPosition(event.position) })}
                title={may('operate') ? undefined : t('forbidden')}
                disabled={!may('operate')}
                onClick={() => onDecide(event, 'discard')}
              >
                {t('discard')}
              </Button>
            </div>
          )}
        </div>
      ),
      csv: decisionOf,
    },
  ];
  return (
    <DataTable
      hideCaption
      caption={t('parkedEvents')}
      columns={columns}
      rows={events}
      csvColumns={[
        { header: t('type'), csv: ({ type }) => type },
        { header: t('stream'), csv: ({ stream }) => stream },
        { header: t('earlier'), csv: (row) => earlierOf(row) },
      ]}
      rowKey={({ projection, key, position }) => `${projection} ${key} ${position}`}
    />
  );
}
