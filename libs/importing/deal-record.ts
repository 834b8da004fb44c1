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
    readonly stageId: string;
    /** Business time; undefined where the source knows none: the deal is then opened by being imported. */
    readonly at?: string;
  };
  /** In the order in which they happened. */
  readonly steps: readonly DealStep[];
  /** The stage the source says the deal is in now, where its steps end elsewhere. */
  readonly currentStageId?: string;
  /** Where the source contradicts itself or leaves something open: imported all the same, and listed. */
  readonly notes: readonly string[];
}

export type DealStep = { readonly file: string; readonly line: number; readonly at: string } & (
  | { readonly kind: 'move'; readonly toStage: string }
  | { readonly kind: 'win'; readonly amount?: Money }
  | { readonly kind: 'lose'; readonly reasonCode: string; readonly competitor?: string }
);
