import type { ReadModelStore, Where } from '../../eventsourcing/read-model-store.ts';
import { calendarDays, dayOf } from '../../statistics/calendar.ts';
import type { OpportunityDocument } from './opportunity.document.ts';
import type { StagePeriod } from './stage-periods.ts';

/** An ending since undone or corrected, with what the deal was counted by while it lasted. */
export interface EndingSinceUndone {
  readonly period: StagePeriod;
  readonly endedAt: string;
  readonly cycleDays: number;
  readonly lostReason: string | null;
  readonly competitor: string | null;
}

/**
 * Deals that had ended at a past moment, on certain days, but were reopened or corrected since. There are few, so they
 * are read one by one. `classes` are the conditions that find the periods of then.
 */
export async function endingsSinceUndone(
  store: ReadModelStore,
  classes: readonly Where[],
  { from, to }: { readonly from?: string; readonly to?: string },
): Promise<readonly EndingSinceUndone[]> {
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
  return periods.flatMap((period) => {
    const deal = dealsById.get(period.opportunityId);
    const ending = deal && endingOf(deal, period);
    if (!ending) return [];
    const endedOn = dayOf(ending.endedAt);
    return (from !== undefined && endedOn < from) || (to !== undefined && endedOn > to) ? [] : [ending];
  });
}

/** The ending that a period belongs to, by its own business time. */
function endingOf(deal: OpportunityDocument, period: StagePeriod): EndingSinceUndone | undefined {
  const index = Number(period.id.slice(deal.id.length + 1));
  const ending = deal.trail.slice(0, index + 1).findLast(({ kind }) => kind === period.status);
  if (!ending) return undefined;
  const former = deal.formerEndings.find(({ revision }) => revision === ending.revision);
  const endedAt = former?.endedAt ?? deal.endedAt ?? ending.at;
  const { lostReason, competitor } = former ?? deal;
  return { period, endedAt, cycleDays: calendarDays(deal.openedAt, endedAt), lostReason, competitor };
}
