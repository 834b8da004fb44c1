import { useTexts } from '../../../i18n/texts.ts';
import type { Deal } from '../api/deal.ts';
import { dealTexts } from '../deal.texts.ts';
import type { DealWords } from '../deal-words.ts';
import type { ToldEvent } from '../told-event.ts';
import { EventLine } from './event-line.tsx';

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
        <table className="w-full text-sm">
          <caption className="sr-only">{t('sinceFields')}</caption>
          <thead className="text-muted text-left">
            <tr>
              <th scope="col" className="py-1 pr-2 font-medium">
                {t('field')}
              </th>
              <th scope="col" className="py-1 pr-2 font-medium">
                {t('before')}
              </th>
              <th scope="col" className="py-1 font-medium">
                {t('now')}
              </th>
            </tr>
          </thead>
          <tbody>
            {differing.map(([field, value]) => (
              <tr key={field} className="border-line border-t align-top">
                <th scope="row" className="py-1 pr-2 text-left font-normal">
                  {words.field(field)}
                </th>
                <td className="text-muted py-1 pr-2 break-words">{words.value(field, value)}</td>
                <td className="py-1 break-words">{words.value(field, now.get(field))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {events.length > 0 && (
        <>
          <h3 className="text-muted mt-3 text-xs font-medium">{t('sinceEvents', { count: events.length })}</h3>
          <ol aria-labelledby="since">
            {events.map((event) => (
              <li key={event.key} className="border-line border-t py-1.5 first:border-t-0">
                <EventLine event={event} words={words} />
              </li>
            ))}
          </ol>
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
