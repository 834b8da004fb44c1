import type { ReadModelStore, SumRow, Where } from '../../eventsourcing/read-model-store.ts';
import { calendarDays, dayOf } from '../../statistics/calendar.ts';
import type { Dimension } from '../reports/cut.ts';
import type { OpportunityDocument } from './opportunity.document.ts';
import type { StagePeriod } from './stage-periods.ts';

interface Within {
  readonly from?: string;
  readonly to?: string;
  readonly groupBy: Dimension | undefined;
}

/**
 * Deals that had ended at a past moment but were reopened or corrected since, as rows like those of deals that are
 * still ended. There are few, so they are read one by one. `classes` are the conditions that find the periods of then.
 */
export async function endingsSinceUndone(
  store: ReadModelStore,
  classes: readonly Where[],
  { from, to, groupBy }: Within,
): Promise<{ readonly ended: readonly SumRow[]; readonly won: readonly SumRow[] }> {
  const found = await Promise.all(
    classes.map((where) =>
      store.find<StagePeriod>('stage_periods', { where: { ...where, status: { in: ['won', 'lost', 'terminated'] } } }),
    ),
  );
  const periods = found.flatMap(({ documents }) => documents);
  const deals = await store.getMany<OpportunityDocument>(
    'opportunities',
    periods.map(({ opportunityId }) => opportunityId),
  );
  const dealsById = new Map(deals.map((deal) => [deal.id, deal]));
  const ended: SumRow[] = [];
  const won: SumRow[] = [];
  for (const period of periods) {
    const deal = dealsById.get(period.opportunityId);
    const endedAt = deal && endedAtOf(deal, period);
    if (!endedAt || (from !== undefined && dayOf(endedAt) < from) || (to !== undefined && dayOf(endedAt) > to))
      continue;
    const slice = groupBy ? { [groupBy]: period[groupBy] } : {};
    const cycleDays = calendarDays(deal.openedAt, endedAt);
    ended.push({ group: { ...slice, outcome: period.status, cycleDays }, count: 1, sums: {} });
    if (period.status === 'won')
      won.push({ group: { ...slice, currency: period.currency, amount: period.amount }, count: 1, sums: {} });
  }
  return { ended, won };
}

/** When the ending happened that a period belongs to, by its own business time. */
function endedAtOf(deal: OpportunityDocument, period: StagePeriod): string | undefined {
  const index = Number(period.id.slice(deal.id.length + 1));
  const ending = deal.trail.slice(0, index + 1).findLast(({ kind }) => kind === period.status);
  if (!ending) return undefined;
  return deal.formerEndings.find(({ revision }) => revision === ending.revision)?.endedAt ?? deal.endedAt ?? ending.at;
}
