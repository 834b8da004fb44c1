import { hostname } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { projections } from '../../libs/composition/projections.ts';
import type { StoreLocations, Stores } from '../../libs/composition/stores.ts';
import { Forbidden, NotFound } from '../../libs/eventsourcing/errors.ts';
import type { Actor, Position } from '../../libs/eventsourcing/event.ts';
import { projectionStatuses, type ProjectionStatus } from '../../libs/eventsourcing/projections/projection-status.ts';
import { may } from '../../libs/http/rights.ts';
import type { Generation, ParkedEvent } from '../../libs/eventsourcing/read-model-store.ts';
import { RequestProblem } from './problems.ts';
import { rebuildInThread, type Log } from './projector.ts';

const LEASE_MILLISECONDS = 10_000;

/** What operators ask of projections, from any process that reaches the stores. */
export class ProjectionOperations {
  readonly #stores: Stores;
  readonly #locations: StoreLocations;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #rebuilds = new Map<string, { worker: Worker | undefined; done: Promise<void> }>();
  readonly #owner: string;

  constructor(stores: Stores, locations: StoreLocations, log: Log, now: () => number) {
    this.#stores = stores;
    this.#locations = locations;
    this.#log = log;
    this.#now = now;
    this.#owner = `${hostname()}:${process.pid}/operations`;
  }

  statuses(): Promise<readonly ProjectionStatus[]> {
    return projectionStatuses(projections, this.#stores.eventStore, this.#stores.readModels, this.#now());
  }

  async status(name: string): Promise<ProjectionStatus> {
    const status = (await this.statuses()).find((one) => one.name === name);
    if (!status) throw new NotFound('projection', name);
    return status;
  }

  /** Begins a rebuild in a thread of its own. */
  async rebuild(name: string, actor: Actor, reason?: string): Promise<void> {
    mayOperate(actor);
    const { state } = await this.status(name);
    if (state === 'rebuilding' || this.#rebuilds.has(name)) {
      throw new RequestProblem('rebuild_under_way', `${name} is being rebuilt already.`);
    }
    this.#log.log(`${actor.id} has ${name} rebuilt: ${reason ?? 'no reason given'}`);
    const rebuild: { worker: Worker | undefined; done: Promise<void> } = { worker: undefined, done: Promise.resolve() };
    this.#rebuilds.set(name, rebuild);
    const asked = { actor: actor.id, ...(reason === undefined ? {} : { reason }) };
    rebuild.done = this.#rebuild(name, asked, (worker) => (rebuild.worker = worker));
  }

  async #rebuild(
    name: string,
    asked: { actor: string; reason?: string },
    started: (worker: Worker) => void,
  ): Promise<void> {
    const failure = await rebuildInThread(this.#locations, this.#owner, { names: [name], asked }, this.#log, started);
    if (failure !== undefined) this.#log.warn(`The rebuild of ${name} ended early: ${failure}`);
    this.#rebuilds.delete(name);
  }

  /** Serves the build before again. */
  async rollback(name: string, actor: Actor, reason = 'no reason given'): Promise<void> {
    mayOperate(actor);
    await this.status(name);
    const { readModels } = this.#stores;
    // By another owner than this process's rebuilds, whose lease it would share otherwise.
    const lease = await readModels.acquireLease(`rebuild:${name}`, `${this.#owner}/rollback`, LEASE_MILLISECONDS);
    if (!('token' in lease))
      throw new RequestProblem('rebuild_under_way', `${name} is being rebuilt by ${lease.heldBy}.`);
    try {
      const { previous } = await readModels.generations(name);
      if (!previous) throw new RequestProblem('nothing_to_roll_back_to', `${name} has no earlier build.`);
      await readModels.rollback(name, lease);
      this.#log.log(`${actor.id} had ${name} rolled back to ${previous.id}: ${reason}`);
    } finally {
      await readModels.releaseLease(lease);
    }
  }

  async parked(name: string): Promise<readonly ParkedEvent[]> {
    return this.#stores.readModels.parked(await this.#serving(name));
  }

  /** Notes that a parked event is to be tried again or left out; who leads the projection does so within a second. */
  async decideParked(
    name: string,
    position: Position,
    action: 'retry' | 'discard',
    reason: string,
    actor: Actor,
  ): Promise<void> {
    mayOperate(actor);
    const generation = await this.#serving(name);
    await this.#stores.readModels.requestParked(generation, position, { action, reason, actor: actor.id });
  }

  /** Gives up rebuilds under way; what they built is resumed or dropped by the next. */
  async close(): Promise<void> {
    await Promise.all(
      [...this.#rebuilds.values()].map(async ({ worker, done }) => {
        worker?.postMessage('stop');
        await done;
      }),
    );
  }

  async #serving(name: string): Promise<Generation> {
    const known = projections.some((projection) => projection.name === name);
    const { serving } = known ? await this.#stores.readModels.generations(name) : {};
    if (!serving) throw new NotFound('projection', name);
    return serving;
  }
}

function mayOperate(actor: Actor): void {
  if (!may(actor, 'operate')) throw new Forbidden('Only the role admin operates projections.');
}
