import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ReadModelStore } from '../eventsourcing/read-model-store.ts';
import { commandsOnBus } from '../http/bus.handlers.ts';
import type { PipelineCommand } from './pipeline.decider.ts';
import type { PipelineEvent } from './pipeline.events.ts';
import type { PipelineDocument } from './pipelines.projection.ts';
import { pipeline, pipelines } from './pipelines.query.ts';

/** Token of the function that carries out commands on pipelines. */
export const PIPELINE_COMMANDS = Symbol('pipeline commands');

/** Commands on pipelines on their way through the bus, and who takes them to that function. */
export const [CarryOutPipelineCommand, CarryOutPipelineCommandHandler] = commandsOnBus<PipelineCommand, PipelineEvent>(
  PIPELINE_COMMANDS,
);

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
