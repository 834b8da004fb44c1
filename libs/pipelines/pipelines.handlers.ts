import { Inject } from '@nestjs/common';
import { Command, CommandHandler, Query, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { CommandContext, CommandResult } from '../eventsourcing/command-handler.ts';
import { ReadModelStore } from '../eventsourcing/read-model-store.ts';
import type { PipelineCommand } from './pipeline.decider.ts';
import type { PipelineEvent } from './pipeline.events.ts';
import type { PipelineCommands } from './pipeline.handlers.ts';
import type { PipelineDocument } from './pipelines.projection.ts';
import { pipeline, pipelines } from './pipelines.query.ts';

/** Token of the function that carries out commands on pipelines. */
export const PIPELINE_COMMANDS = Symbol('pipeline commands');

/** Any command on a pipeline, on its way through the bus. */
export class CarryOutPipelineCommand extends Command<CommandResult<PipelineEvent>> {
  readonly id: string;
  readonly command: PipelineCommand;
  readonly context: CommandContext;

  constructor(id: string, command: PipelineCommand, context: CommandContext) {
    super();
    this.id = id;
    this.command = command;
    this.context = context;
  }
}

/** Takes commands from the bus to the function that carries them out. */
@CommandHandler(CarryOutPipelineCommand)
export class CarryOutPipelineCommandHandler implements ICommandHandler<CarryOutPipelineCommand> {
  readonly #carryOut: PipelineCommands;

  constructor(@Inject(PIPELINE_COMMANDS) carryOut: PipelineCommands) {
    this.#carryOut = carryOut;
  }

  execute({ id, command, context }: CarryOutPipelineCommand): Promise<CommandResult<PipelineEvent>> {
    return this.#carryOut(id, command, context);
  }
}

/** Asks for the pipeline of an id, or for all. */
export class AskForPipelines extends Query<readonly PipelineDocument[]> {
  readonly id: string | undefined;

  constructor(id?: string) {
    super();
    this.id = id;
  }
}

/** Answers from the read model. */
@QueryHandler(AskForPipelines)
export class AskForPipelinesHandler implements IQueryHandler<AskForPipelines> {
  readonly #store: ReadModelStore;

  constructor(@Inject(ReadModelStore) store: ReadModelStore) {
    this.#store = store;
  }

  async execute({ id }: AskForPipelines): Promise<readonly PipelineDocument[]> {
    return id === undefined ? pipelines(this.#store) : [await pipeline(this.#store, id)];
  }
}
