import type { Fold } from '../../eventsourcing/decider.ts';
import type { Happened } from '../../eventsourcing/event.ts';
import type { CreditShare, DetailChanges, OpportunityDetails, OpportunityEvent } from '../opportunity.events.ts';

/** What is known of a deal in every status. */
export interface DealFacts {
  readonly id: string;
  readonly pipelineId: string;
  readonly stageId: string;
  /** Business time of the opening. */
  readonly openedAt: string;
  /** Business time of the last event that changed stage or status; the next one cannot lie before it. */
  readonly since: string;
  readonly details: OpportunityDetails;
  /** Who shares the deal; the owner is one of them. */
  readonly members: readonly string[];
  /** The split last settled; empty where none was. It may name reps who left the team since. */
  readonly shares: readonly CreditShare[];
  readonly activityIds: readonly string[];
}

export type OpenDeal = DealFacts & { readonly status: 'open' };
export type SuspendedDeal = DealFacts & { readonly status: 'suspended' };
export type WonDeal = DealFacts & { readonly status: 'won' };
export type LostDeal = DealFacts & { readonly status: 'lost' };
export type TerminatedDeal = DealFacts & { readonly status: 'terminated' };
export type ClosedDeal = DealFacts & { readonly status: 'closed' };
export type ArchivedDeal = DealFacts & { readonly status: 'archived' };
export type WithdrawnDeal = DealFacts & { readonly status: 'withdrawn' };

/** A deal that came to its end but was not summed up yet. */
export type EndedDeal = WonDeal | LostDeal | TerminatedDeal;
/** A deal somebody works on or may work on again. */
export type LivingDeal = OpenDeal | SuspendedDeal;

export type Deal = LivingDeal | EndedDeal | ClosedDeal | ArchivedDeal | WithdrawnDeal;
export type Opportunity = { readonly status: 'none' } | Deal;

/** How the events of a deal make its state; needs no pipeline. */
export const opportunityFold: Fold<Opportunity, OpportunityEvent> = {
  kind: 'opportunity',
  initial: { status: 'none' },
  evolve(state, event) {
    if (event.type === 'OpportunityOpened') return opened(event);
    return state.status === 'none' ? state : evolveDeal(state, event);
  },
};

type Opening = Extract<OpportunityEvent, { type: 'OpportunityOpened' }>;

function opened({ data, occurredAt }: Happened<Opening>): OpenDeal {
  const { opportunityId, pipelineId, stageId, ...details } = data;
  return {
    status: 'open',
    id: opportunityId,
    pipelineId,
    stageId,
    openedAt: occurredAt,
    since: occurredAt,
    details,
    members: [details.owner],
    shares: [],
    activityIds: [],
  };
}

function evolveDeal(deal: Deal, event: Happened<Exclude<OpportunityEvent, Opening>>): Deal {
  const { details } = deal;
  const since = event.occurredAt;
  switch (event.type) {
    case 'OpportunityStageMoved':
      return { ...deal, stageId: event.data.to, since };
    case 'OpportunitySuspended':
      return { ...deal, status: 'suspended', since };
    case 'OpportunityReactivated':
      return { ...deal, status: 'open', since };
    case 'OpportunityTerminated':
      return { ...deal, status: 'terminated', since };
    case 'OpportunityTransferred': {
      const { from, to, team, region } = event.data;
      const others = deal.members.filter((member) => member !== from && member !== to);
      return { ...deal, details: withChanges(details, { owner: to, team, region }), members: [to, ...others] };
    }
    case 'OpportunityTeamFormed':
      return { ...deal, members: event.data.members };
    case 'OpportunityCreditSplit':
      return { ...deal, shares: event.data.shares };
    case 'OpportunityActivityLogged':
      return { ...deal, activityIds: [...deal.activityIds, event.data.activityId] };
    case 'OpportunityAmountChanged':
      return { ...deal, details: withChanges(details, { amount: event.data.to }) };
    case 'OpportunityCloseDateChanged':
      return { ...deal, details: withChanges(details, { expectedCloseDate: event.data.to }) };
    case 'OpportunityProductChanged':
      return { ...deal, details: withChanges(details, { product: event.data.to }) };
    case 'OpportunityForecastJudged': {
      const { probability, forecastCategory } = event.data;
      return { ...deal, details: withChanges(details, { probability, forecastCategory }) };
    }
    case 'OpportunityDetailsCorrected':
      return { ...deal, details: withChanges(details, event.data.changes) };
    case 'OpportunityWon':
      return { ...deal, status: 'won', since, details: withChanges(details, { amount: event.data.amount }) };
    case 'OpportunityLost':
      return { ...deal, status: 'lost', since };
    case 'OpportunityReopened':
      return { ...deal, status: 'open', stageId: event.data.stageId, since };
    case 'OpportunityClosed':
      return { ...deal, status: 'closed', since };
    case 'OpportunityArchived':
      return { ...deal, status: 'archived', since };
    case 'OpportunityWithdrawn':
      return { ...deal, status: 'withdrawn', since };
    case 'OpportunityRestored': {
      const { importId: _import, toRevision: _revision, ...then } = event.data;
      const { stageId, status, since: earlier, openedAt = deal.openedAt, ...restored } = then;
      const others = deal.members.filter((member) => member !== restored.owner && member !== details.owner);
      const members = [restored.owner, ...others];
      return { ...deal, status, stageId, openedAt, since: earlier, details: restored, members };
    }
  }
}

type Changes = { readonly [Field in keyof OpportunityDetails]?: OpportunityDetails[Field] | null | undefined };

/** Details with some set; null or undefined clears one. */
function withChanges(details: OpportunityDetails, changes: Changes | DetailChanges): OpportunityDetails {
  const entries = Object.entries({ ...details, ...changes });
  return Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined)) as OpportunityDetails;
}
