import type { Money } from '../../eventsourcing/schema.ts';
import type { ActivityKind, CreditShare, DetailChanges, OpportunityDetails } from '../opportunity.events.ts';

/**
 * What can be asked of an opportunity. Plain data: the actor, the business time and the reason come beside the command,
 * as its circumstances. A field left out means: not known, or as it is.
 */
export type OpportunityCommand =
  | OpenOpportunity
  | MoveOpportunity
  | SuspendOpportunity
  | ReactivateOpportunity
  | TerminateOpportunity
  | TransferOpportunity
  | FormOpportunityTeam
  | SplitOpportunityCredit
  | LogOpportunityActivity
  | ChangeOpportunityAmount
  | ChangeOpportunityCloseDate
  | ChangeOpportunityProduct
  | JudgeOpportunityForecast
  | CorrectOpportunityDetails
  | WinOpportunity
  | LoseOpportunity
  | ReopenOpportunity
  | CloseOpportunity
  | ArchiveOpportunity
  | WithdrawOpportunity
  | RestoreOpportunity;

export interface OpenOpportunity extends Readonly<OpportunityDetails> {
  readonly type: 'OpenOpportunity';
  readonly pipelineId: string;
  /** The first stage where left out. */
  readonly stageId?: string;
}

/** Forward to the next stage; back, over a stage, or anew into the same one with a reason. */
export interface MoveOpportunity {
  readonly type: 'MoveOpportunity';
  readonly toStage: string;
}

/** Needs a reason. */
export interface SuspendOpportunity {
  readonly type: 'SuspendOpportunity';
  /** A calendar day. */
  readonly wakeUpOn?: string;
}

export interface ReactivateOpportunity {
  readonly type: 'ReactivateOpportunity';
}

/** Needs a reason. */
export interface TerminateOpportunity {
  readonly type: 'TerminateOpportunity';
}

/** Needs a reason. Team and region stay where left out. */
export interface TransferOpportunity {
  readonly type: 'TransferOpportunity';
  readonly to: string;
  readonly team?: string;
  readonly region?: string;
}

/** The owner is one of the members. */
export interface FormOpportunityTeam {
  readonly type: 'FormOpportunityTeam';
  readonly members: readonly string[];
}

/** Shares in basis points; together 10,000. */
export interface SplitOpportunityCredit {
  readonly type: 'SplitOpportunityCredit';
  readonly shares: readonly CreditShare[];
}

export interface LogOpportunityActivity {
  readonly type: 'LogOpportunityActivity';
  /** New within the deal. */
  readonly activityId: string;
  readonly kind: ActivityKind;
  readonly notes?: string;
  readonly outcome?: string;
  /** In any currency. */
  readonly cost?: Money;
}

/** Without an amount, it is unknown from now on. */
export interface ChangeOpportunityAmount {
  readonly type: 'ChangeOpportunityAmount';
  readonly amount?: Money;
}

/** Without a day, it is unknown from now on. */
export interface ChangeOpportunityCloseDate {
  readonly type: 'ChangeOpportunityCloseDate';
  readonly expectedCloseDate?: string;
}

/** Without a product, it is unknown from now on. */
export interface ChangeOpportunityProduct {
  readonly type: 'ChangeOpportunityProduct';
  readonly product?: string;
}

/** Sets the rep's own chance to win (basis points) and category; what is left out is withdrawn. */
export interface JudgeOpportunityForecast {
  readonly type: 'JudgeOpportunityForecast';
  readonly probability?: NonNullable<OpportunityDetails['probability']>;
  readonly forecastCategory?: NonNullable<OpportunityDetails['forecastCategory']>;
}

/** Sets other details; null clears one, what is left out stays. */
export interface CorrectOpportunityDetails {
  readonly type: 'CorrectOpportunityDetails';
  readonly changes: DetailChanges;
}

export interface WinOpportunity {
  readonly type: 'WinOpportunity';
  /** The final amount; the deal's own where left out. */
  readonly amount?: Money;
}

export interface LoseOpportunity {
  readonly type: 'LoseOpportunity';
  readonly reasonCode: string;
  readonly competitor?: string;
  readonly notes?: string;
}

/** For managers; needs a reason. */
export interface ReopenOpportunity {
  readonly type: 'ReopenOpportunity';
  /** The stage the deal was last in where left out. */
  readonly toStage?: string;
}

/** The closing summary. */
export interface CloseOpportunity {
  readonly type: 'CloseOpportunity';
  readonly whatHappened: string;
  readonly reason: string;
  readonly competitor?: string;
  readonly lessons?: string;
}

export interface ArchiveOpportunity {
  readonly type: 'ArchiveOpportunity';
}

/** Takes back a deal entered by mistake, such as by an import that is undone. Needs a reason; an ended deal, a manager. */
export interface WithdrawOpportunity {
  readonly type: 'WithdrawOpportunity';
  readonly importId?: string;
}

/** Takes back what an import told, when it is undone or its source corrected: carries the deal as it was before. */
export interface RestoreOpportunity extends Readonly<OpportunityDetails> {
  readonly type: 'RestoreOpportunity';
  readonly importId: string;
  readonly toRevision: number;
  readonly stageId: string;
  readonly status: 'open' | 'suspended' | 'won' | 'lost' | 'terminated';
  /** Since when, in business time, the deal had that stage and status. */
  readonly since: string;
  /** Business time of the opening, where that is another than before. */
  readonly openedAt?: string;
}
