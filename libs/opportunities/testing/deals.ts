import type { Stage } from '../../pipelines/pipeline.events.ts';
import type { OpenOpportunity } from '../rules/opportunity.commands.ts';
import { opportunityDecider } from '../rules/opportunity.decider.ts';
import type { CreditShare, OpportunityEvent } from '../opportunity.events.ts';

/** A stage that asks for nothing, with what a test cares about set. */
export function stage(id: string, fields: Partial<Stage> = {}): Stage {
  return {
    id,
    name: id,
    successRate: 5_000,
    expectedDuration: { count: 1, unit: 'months' },
    requires: [],
    ...fields,
  };
}

/** Four stages; the third asks for an amount, the fourth for an amount and a product. */
export const pipeline = {
  id: 'default',
  stages: [
    stage('potential'),
    stage('bidding'),
    stage('negotiation', { requires: ['amount'] }),
    stage('contract', { requires: ['amount', 'product'] }),
  ],
};

export const decider = opportunityDecider(pipeline);

export const yuan = (minorUnits: number) => ({ minorUnits, currency: 'CNY' });
export const dollars = (minorUnits: number) => ({ minorUnits, currency: 'USD' });

export const manager = { actor: { id: 'meg', role: 'manager' } };

type Opened = Extract<OpportunityEvent, { type: 'OpportunityOpened' }>;

/** A deal of ann's, opened in the first stage, with what a test cares about set. */
export function opened(fields: Partial<Opened['data']> = {}): Opened {
  return {
    type: 'OpportunityOpened',
    data: {
      opportunityId: 'one',
      pipelineId: 'default',
      stageId: 'potential',
      title: 'Pumps',
      owner: 'ann',
      ...fields,
    },
  };
}

export const open: OpenOpportunity = { type: 'OpenOpportunity', pipelineId: 'default', title: 'Pumps', owner: 'ann' };

type Direction = 'forward' | 'backward' | 'same';

export function moved(from: string, to: string, direction: Direction = 'forward', skipped: string[] = []) {
  return { type: 'OpportunityStageMoved', data: { from, to, direction, skipped } } as const;
}

export const suspended: OpportunityEvent = { type: 'OpportunitySuspended', data: {} };
export const reactivated: OpportunityEvent = { type: 'OpportunityReactivated', data: {} };
export const terminated: OpportunityEvent = { type: 'OpportunityTerminated', data: {} };
export const lost: OpportunityEvent = { type: 'OpportunityLost', data: { reasonCode: 'price' } };
export const archived: OpportunityEvent = { type: 'OpportunityArchived', data: {} };
export const withdrawn: OpportunityEvent = { type: 'OpportunityWithdrawn', data: {} };
export const closed: OpportunityEvent = {
  type: 'OpportunityClosed',
  data: { whatHappened: 'They bought elsewhere.', reason: 'We were too dear.' },
};

export function won(minorUnits = 100): OpportunityEvent {
  const amount = yuan(minorUnits);
  return { type: 'OpportunityWon', data: { amount, credit: [{ rep: 'ann', amount }] } };
}

export function reopened(stageId = 'potential'): OpportunityEvent {
  return { type: 'OpportunityReopened', data: { stageId } };
}

export function teamFormed(...members: string[]): OpportunityEvent {
  return { type: 'OpportunityTeamFormed', data: { members } };
}

export function creditSplit(...shares: CreditShare[]): OpportunityEvent {
  return { type: 'OpportunityCreditSplit', data: { shares } };
}

/** A history that leads to each status. */
export const histories = {
  open: [opened()],
  suspended: [opened(), suspended],
  won: [opened(), won()],
  lost: [opened(), lost],
  terminated: [opened(), terminated],
  closed: [opened(), lost, closed],
  archived: [opened(), lost, closed, archived],
  withdrawn: [opened(), withdrawn],
} satisfies Record<string, OpportunityEvent[]>;
export type Status = keyof typeof histories;
