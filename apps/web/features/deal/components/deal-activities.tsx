import { Plus } from 'lucide-react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { actionTexts } from '../action.texts.ts';
import type { Deal } from '../api/deal.ts';
import { dealTexts } from '../deal.texts.ts';
import type { DealWords } from '../../../history/deal-words.ts';
import { isUnclosed } from '../deal-rules.ts';
import { amountText } from '../../../i18n/amount-text.ts';
import type { Activity, ToldEvent } from '../../../history/told-event.ts';

interface DealActivitiesProps {
  readonly state: Deal;
  readonly events: readonly ToldEvent[];
  readonly locked: string | undefined;
  readonly words: DealWords;
  readonly onLog: () => void;
}

/** The work on a deal and what it cost, the newest first. */
export function DealActivities({ state, events, locked, words, onLog }: DealActivitiesProps) {
  const t = useTexts(dealTexts);
  const action = useTexts(actionTexts);
  const format = useFormat();
  const rows = events
    .flatMap(({ activity, ...event }) => (activity === undefined ? [] : [{ ...event, activity }]))
    .toReversed();
  const cost = ({ cost: paid }: Activity) => (paid === undefined ? '' : format.money(paid.minorUnits, paid.currency));
  const notes: Column<(typeof rows)[number]> = {
    id: 'notes',
    header: t('notes'),
    cell: ({ activity }) => <span className="whitespace-pre-wrap">{activity.notes}</span>,
    csv: ({ activity }) => activity.notes,
  };
  const columns: readonly Column<(typeof rows)[number]>[] = [
    {
      id: 'kind',
      header: t('kind'),
      cell: ({ activity }) => words.kind(activity.kind),
      csv: ({ activity }) => activity.kind,
    },
    {
      id: 'outcome',
      header: t('outcome'),
      cell: ({ activity }) => <span className="inline-block min-w-28">{activity.outcome}</span>,
      csv: ({ activity }) => activity.outcome,
    },
    ...(rows.some(({ activity }) => activity.notes !== undefined) ? [notes] : []),
    {
      id: 'cost',
      header: t('cost'),
      numeric: true,
      cell: ({ activity }) => cost(activity),
      csv: ({ activity: { cost: paid } }) => paid && `${amountText(paid.minorUnits, paid.currency)} ${paid.currency}`,
    },
    {
      id: 'when',
      header: t('when'),
      cell: ({ occurredAt }) => <span className="whitespace-nowrap">{format.moment(occurredAt)}</span>,
      csv: ({ occurredAt }) => occurredAt,
    },
    { id: 'who', header: t('who'), cell: (event) => words.actor(event), csv: ({ who }) => who },
  ];
  return (
    <section aria-labelledby="activities" className="border-line bg-surface rounded-lg border p-3">
      <div className="mb-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id="activities" className="text-sm font-semibold">
          {t('activities')}
        </h2>
        {state.costs.length > 0 && (
          <p className="text-sm">{t('costs', { costs: words.value('costs', state.costs) })}</p>
        )}
        {locked === undefined && isUnclosed(state.status) && (
          <Button className="ml-auto" onClick={onLog} data-print="hidden">
            <Plus size={14} aria-hidden /> {action('log-activity')}
          </Button>
        )}
      </div>
      {rows.length === 0 ? (
        <p className="text-muted py-4 text-sm">{t('noActivities')}</p>
      ) : (
        <DataTable caption={t('activitiesTable')} hideCaption columns={columns} rows={rows} rowKey={({ key }) => key} />
      )}
    </section>
  );
}
