import type { CarryOut, CommandHandler } from '../eventsourcing/command-handler.ts';
import { pipelineDecider, type DefinedPipeline, type PipelineCommand } from './pipeline.decider.ts';
import type { PipelineEvent } from './pipeline.events.ts';

/** Carries out commands on pipelines. */
export type PipelineCommands = CarryOut<PipelineCommand, PipelineEvent>;

export function pipelineCommands(handler: CommandHandler): PipelineCommands {
  return (id, command, context) => handler.execute(pipelineDecider, id, command, context);
}

/** Reads the pipeline of an id as it is now; undefined where there is none. */
export function pipelineReader(handler: CommandHandler): (id: string) => Promise<DefinedPipeline | undefined> {
  return async (id) => {
    const { state } = await handler.load(pipelineDecider, id);
    return state.status === 'none' ? undefined : state;
  };
}
