import { EventList } from '../../../history/event-list.tsx';
import { useTexts } from '../../../i18n/texts.ts';
import { ComparisonTable } from '../../../ui/comparison-table.tsx';
import type { Deal } from '../api/deal.ts';
import { dealTexts } from '../deal.texts.ts';
import type { DealWords } from '../../../history/deal-words.ts';
import type { ToldEvent } from '../../../history/told-event.ts';

interface SincePanelProps {
  readonly deal: Deal;
  readonly state: Deal;
  readonly events: readonly ToldEvent[];
  readonly words: DealWords;
}

/** What has changed since a past moment: field by field then and now, and the events that did it. */
export function SincePanel({ deal, state, events, words }: SincePanelProps) {
  const t = useTexts(dealTexts);
  const now = new Map(comparedFields(deal));
  const differing = comparedFields(state).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(now.get(field)),
  );
  return (
    <section aria-labelledby="since" className="border-line bg-surface rounded-lg border p-3">
      <h2 id="since" className="mb-2 text-sm font-semibold">
        {t('since')}
      </h2>
      {events.length === 0 && <p className="text-muted text-sm">{t('sinceNothing')}</p>}
      {differing.length > 0 && (
        <ComparisonTable
          caption={t('sinceFields')}
          heads={[t('field'), t('before'), t('now')]}
          rows={differing.map(([field, value]) => ({
            key: field,
            name: words.field(field),
            sides: [words.value(field, value), words.value(field, now.get(field))],
          }))}
        />
      )}
      {events.length > 0 && (
        <>
          <h3 className="text-muted mt-3 text-xs font-medium">{t('sinceEvents', { count: events.length })}</h3>
          <EventList labelledBy="since" events={events} words={words} />
        </>
      )}
    </section>
  );
}

function comparedFields(state: Deal): readonly (readonly [field: string, value: unknown])[] {
  const { amount, currency } = state;
  return [
    ['status', state.status],
    ['stageId', state.stageId],
    ['title', state.title],
    ['customer', state.customerName ?? state.customerId],
    ['owner', state.owner],
    ['team', state.team],
    ['region', state.region],
    ['product', state.product],
    ['channel', state.channel],
    ['campaign', state.campaign],
    ['amount', amount === null ? null : { minorUnits: amount, currency }],
    ['expectedCloseDate', state.expectedCloseDate],
    ['probability', state.probability],
    ['forecastCategory', state.forecastCategory],
    ['members', state.members],
    ['shares', state.shares],
    ['credit', state.credit],
    ['costs', state.costs],
    ['wakeUpOn', state.wakeUpOn],
    ['endedAt', state.endedAt],
    ['lostReason', state.lostReason],
    ['competitor', state.competitor],
  ];
}
