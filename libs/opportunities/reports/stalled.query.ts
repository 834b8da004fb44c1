import type { ReadModelStore } from '../../eventsourcing/read-model-store.ts';
import { calendarDays, dayOf } from '../../statistics/calendar.ts';
import { pipelineOf, whereOf, type Cut } from './cut.ts';
import { dealCard, type DealCard } from './deal-card.ts';
import { readPipeline, stalledSince } from './deal-pipeline.ts';
import type { OpportunityDocument } from '../read-models/opportunity.document.ts';

export interface StalledQuestion extends Cut {
  readonly now: string;
  /** Most deals at once; 100 where left out. */
  readonly limit?: number;
}

/**
 * What most likely keeps a deal: nobody ever worked on it, nobody did for as long as the stage may last, the day it was
 * expected to close is over, or, with all of that in order, it just takes long.
 */
export type StallCause = 'never_worked_on' | 'no_recent_activity' | 'close_date_passed' | 'long_in_stage';

export interface StalledDeal extends DealCard {
  readonly limitDays: number;
  readonly cause: StallCause;
}

export interface Stalled {
  readonly total: number;
  /** Those longest in their stage first. */
  readonly deals: readonly StalledDeal[];
}

/** Open deals longer in their stage than its limit. Throws `NotFound` for an unknown pipeline. */
export async function stalled(store: ReadModelStore, question: StalledQuestion): Promise<Stalled> {
  const { now, limit = 100 } = question;
  const { stages } = await readPipeline(store, pipelineOf(question));
  const perStage = await Promise.all(
    stages.map(async (stage) => {
      const since = stalledSince(stage, dayOf(now));
      if (since === undefined) return { count: 0, deals: [] };
      const where = { ...whereOf(question), status: 'open', stageId: stage.id, stageEnteredOn: { lte: since } };
      const [rows, { documents }] = await Promise.all([
        store.sum('opportunities', { where, by: [] }),
        store.find<OpportunityDocument>('opportunities', { where, sort: [['stageEnteredOn', 'ascending']], limit }),
      ]);
      const limitDays = stage.rottingAfterDays!;
      const deals = documents.map((deal) => ({
        ...dealCard(deal, stages, now),
        limitDays,
        cause: causeOf(deal, limitDays, now),
      }));
      return { count: rows[0]?.count ?? 0, deals };
    }),
  );
  const deals = perStage
    .flatMap((stage) => stage.deals)
    .toSorted((left, right) => right.daysInStage! - left.daysInStage!);
  return { total: perStage.reduce((total, { count }) => total + count, 0), deals: deals.slice(0, limit) };
}

function causeOf(deal: OpportunityDocument, limitDays: number, now: string): StallCause {
  if (deal.lastActivityAt === null) return 'never_worked_on';
  if (calendarDays(deal.lastActivityAt, now) > limitDays) return 'no_recent_activity';
  if (deal.expectedCloseDate !== null && deal.expectedCloseDate < dayOf(now)) return 'close_date_passed';
  return 'long_in_stage';
}
