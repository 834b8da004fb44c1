import { calendarDays } from '../../statistics/calendar.ts';
import { stalledSince } from './deal-pipeline.ts';
import type { OpportunityDocument } from '../read-models/opportunity.document.ts';
import type { Stage } from '../../pipelines/pipeline.events.ts';

/** What a board and a list show of a deal. */
export interface DealCard {
  readonly id: string;
  readonly revision: number;
  readonly title: string;
  readonly stageId: string;
  readonly status: OpportunityDocument['status'];
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly owner: string;
  readonly team: string | null;
  readonly region: string | null;
  readonly product: string | null;
  readonly channel: string | null;
  readonly campaign: string | null;
  /** Minor units of the currency. */
  readonly amount: number | null;
  readonly currency: string | null;
  readonly probability: number | null;
  readonly forecastCategory: string | null;
  readonly expectedCloseDate: string | null;
  readonly openedAt: string;
  readonly endedAt: string | null;
  readonly changedAt: string;
  /** Calendar days in the stage; null for a deal that has ended. */
  readonly daysInStage: number | null;
  /** Open, and longer in its stage than the stage's limit. */
  readonly stalled: boolean;
  readonly activity: ActivityState;
}

/** `never`: nobody logged work on it; `idle`: none for 14 days; `recent` otherwise. */
export interface ActivityState {
  readonly state: 'never' | 'idle' | 'recent';
  readonly count: number;
  readonly lastAt: string | null;
}

const IDLE_AFTER_DAYS = 14;

export function dealCard(deal: OpportunityDocument, stages: readonly Stage[], now: string): DealCard {
  const living = deal.status === 'open' || deal.status === 'suspended';
  return {
    id: deal.id,
    revision: deal.revision,
    title: deal.title,
    stageId: deal.stageId,
    status: deal.status,
    customerId: deal.customerId,
    customerName: deal.customerName,
    owner: deal.owner,
    team: deal.team,
    region: deal.region,
    product: deal.product,
    channel: deal.channel,
    campaign: deal.campaign,
    amount: deal.amount,
    currency: deal.currency,
    probability: deal.probability,
    forecastCategory: deal.forecastCategory,
    expectedCloseDate: deal.expectedCloseDate,
    openedAt: deal.openedAt,
    endedAt: deal.endedAt,
    changedAt: deal.changedAt,
    daysInStage: living ? calendarDays(deal.stageEnteredOn, now) : null,
    stalled: isStalled(deal, stages, now),
    activity: activityOf(deal, now),
  };
}

export function isStalled(deal: OpportunityDocument, stages: readonly Stage[], now: string): boolean {
  const stage = stages.find(({ id }) => id === deal.stageId);
  const since = stage && stalledSince(stage, now.slice(0, 10));
  return deal.status === 'open' && since !== undefined && deal.stageEnteredOn <= since;
}

function activityOf({ lastActivityAt, activityCount }: OpportunityDocument, now: string): ActivityState {
  if (lastActivityAt === null) return { state: 'never', count: activityCount, lastAt: null };
  const idle = calendarDays(lastActivityAt, now) > IDLE_AFTER_DAYS;
  return { state: idle ? 'idle' : 'recent', count: activityCount, lastAt: lastActivityAt };
}
