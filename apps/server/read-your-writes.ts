import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import type { Stores } from '../../libs/composition/stores.ts';
import { waitForProjection } from '../../libs/eventsourcing/projections/projection-status.ts';
import { invalid } from '../../libs/http/invalid-input.ts';
import { knownPosition } from '../../libs/http/known-position.ts';
import { READS_FROM } from '../../libs/http/reads-from.ts';

const LONGEST_WAIT_MILLISECONDS = 5_000;

/** Lets a read with `after=<position>` wait until the projections it reads contain that position. */
export class ReadYourWrites implements NestInterceptor {
  readonly #reflector = new Reflector();
  readonly #stores: Pick<Stores, 'eventStore' | 'readModels'>;

  constructor(stores: Pick<Stores, 'eventStore' | 'readModels'>) {
    this.#stores = stores;
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const projections = this.#reflector.get<readonly string[] | undefined>(READS_FROM, context.getHandler());
    const { after } = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: { after?: unknown } }>>().query;
    if (projections && typeof after === 'string') await this.#wait(projections, after);
    return next.handle();
  }

  async #wait(projections: readonly string[], after: string): Promise<void> {
    const { eventStore, readModels } = this.#stores;
    const position = knownPosition(eventStore, 'after', after);
    const checkpoints = await Promise.all(projections.map((name) => readModels.servingCheckpoint(name)));
    if (checkpoints.every((checkpoint) => checkpoint >= position)) return;
    if (position > (await eventStore.head()))
      throw invalid('after', 'position', 'after lies beyond the end of the log.');
    for (const name of projections) await waitForProjection(readModels, name, position, LONGEST_WAIT_MILLISECONDS);
  }
}
