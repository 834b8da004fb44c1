import type { Money } from '../eventsourcing/schema.ts';
import type { OpportunityDetails } from '../opportunities/opportunity.events.ts';

/** A deal as a source tells it, whatever the source: how it stands, how it began and what happened since. */
export interface DealRecord {
  /** Where to point to when something about it is refused. */
  readonly file: string;
  readonly line: number;
  readonly id: string;
  readonly pipelineId: string;
  readonly details: OpportunityDetails;
  readonly opening: {
    /** The stage it began in or, where the source tells only how deals stand, the one it was first seen in. */
    readonly stageId: string;
    /** Business time; undefined where the source knows none: the deal is then opened by being imported. */
    readonly at?: string;
  };
  /** In the order in which they happened. */
  readonly steps: readonly DealStep[];
  /**
   * Where the source tells no moves, but only how the deal stands: its stage now, undefined where it has ended. The moves
   * are then those seen from one import to the next.
   */
  readonly standing?: { readonly stageId?: string };
  /** Where the source contradicts itself or leaves something open: imported all the same, and listed. */
  readonly notes: readonly string[];
}

/** A step without a business time is one that happened before the source was read, and counts from then on. */
export type DealStep = { readonly file: string; readonly line: number; readonly at?: string } & StepContent;

export type StepContent =
  | { readonly kind: 'move'; readonly toStage: string }
  | { readonly kind: 'win'; readonly amount: Money }
  | { readonly kind: 'lose'; readonly reasonCode: string; readonly competitor?: string };
