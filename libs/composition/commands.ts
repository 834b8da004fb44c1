import type { CommandHandler } from '../eventsourcing/command-handler.ts';
import { opportunityCommands, type OpportunityCommands } from '../opportunities/rules/opportunity.handlers.ts';
import { pipelineCommands, pipelineReader, type PipelineCommands } from '../pipelines/pipeline.handlers.ts';

/** What the system can be told to do, by feature. */
export interface Commands {
  readonly opportunities: OpportunityCommands;
  readonly pipelines: PipelineCommands;
}

/** Ties the features' commands to a command handler; every way in (page, API, import, CLI) goes through these. */
export function commandsWith(handler: CommandHandler): Commands {
  return {
    opportunities: opportunityCommands(handler, pipelineReader(handler)),
    pipelines: pipelineCommands(handler),
  };
}
