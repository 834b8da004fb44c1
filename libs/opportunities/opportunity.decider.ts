import type { Circumstances, Decider } from '../eventsourcing/decider.ts';
import { NotFound } from '../eventsourcing/errors.ts';
import type { OpportunityCommand } from './opportunity.commands.ts';
import type { OpportunityEvent } from './opportunity.events.ts';
import { opportunityFold, type Opportunity } from './opportunity.state.ts';
import type { Stage } from '../pipelines/pipeline.events.ts';

/** What a deal's rules need of its pipeline. */
export interface DealPipeline {
  readonly id: string;
  readonly stages: readonly Stage[];
}

/** The rules of opportunities that go through a pipeline. */
export function opportunityDecider(pipeline: DealPipeline): Decider<Opportunity, OpportunityCommand, OpportunityEvent> {
  return {
    ...opportunityFold,
    decide: (command, state, circumstances) => decide(command, state, circumstances, pipeline),
  };
}

function decide(
  command: OpportunityCommand,
  state: Opportunity,
  circumstances: Circumstances,
  pipeline: DealPipeline,
): readonly OpportunityEvent[] {
  if (state.status === 'none') throw new NotFound('opportunity', circumstances.id);
  return [];
}
