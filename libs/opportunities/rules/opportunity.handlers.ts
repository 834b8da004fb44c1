import type { CarryOut, CommandHandler } from '../../eventsourcing/command-handler.ts';
import { NotFound, RuleViolation } from '../../eventsourcing/errors.ts';
import type { OpportunityCommand } from './opportunity.commands.ts';
import { opportunityDecider } from './opportunity.decider.ts';
import type { DealPipeline } from './opportunity-stages.decider.ts';
import type { OpportunityEvent } from '../opportunity.events.ts';
import { opportunityFold } from './opportunity.state.ts';

/** Carries out commands on opportunities. */
export type OpportunityCommands = CarryOut<OpportunityCommand, OpportunityEvent>;

/** @param pipelineOf reads the pipeline of an id as it is now; undefined where there is none */
export function opportunityCommands(
  handler: CommandHandler,
  pipelineOf: (id: string) => Promise<DealPipeline | undefined>,
): OpportunityCommands {
  async function pipelineIdFor(id: string, command: OpportunityCommand): Promise<string> {
    if (command.type === 'OpenOpportunity') return command.pipelineId;
    const { state } = await handler.load(opportunityFold, id);
    if (state.status === 'none') throw new NotFound('opportunity', id);
    return state.pipelineId;
  }

  return async (id, command, context) => {
    const pipelineId = await pipelineIdFor(id, command);
    const pipeline = await pipelineOf(pipelineId);
    if (!pipeline) throw new RuleViolation('unknown_pipeline', `There is no pipeline ${pipelineId}.`, 'pipelineId');
    return handler.execute(opportunityDecider(pipeline), id, command, context);
  };
}
