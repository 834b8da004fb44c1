import { setTimeout as wait } from 'node:timers/promises';
import type { Stores } from '../../libs/composition/stores.ts';
import type { ProjectionStatus } from '../../libs/eventsourcing/projections/projection-status.ts';
import type { ProjectorHealth } from './projector.ts';

/** One thing the server needs, and what is wrong with it where something is. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail?: string;
}

export interface Readiness {
  readonly status: 'ok' | 'failing';
  readonly checks: readonly Check[];
}

const LONGEST_CHECK = 2_000;

/** Whether this server can do its work now. */
export class Health {
  readonly #stores: Stores;
  readonly #statuses: () => Promise<readonly ProjectionStatus[]>;
  readonly #projector: (() => ProjectorHealth) | undefined;

  /** @param projector the thread of this process; undefined where projecting is not among its roles */
  constructor(
    stores: Stores,
    statuses: () => Promise<readonly ProjectionStatus[]>,
    projector: (() => ProjectorHealth) | undefined,
  ) {
    this.#stores = stores;
    this.#statuses = statuses;
    this.#projector = projector;
  }

  async readiness(): Promise<Readiness> {
    const checks = await Promise.all([
      check('event store', () => this.#stores.eventStore.head()),
      check('read models', () => this.#stores.readModels.reports()),
      check('projections', () => this.#refuseUnserved()),
      ...(this.#projector ? [check('projector', () => this.#refuseDown())] : []),
    ]);
    return { status: checks.every(({ ok }) => ok) ? 'ok' : 'failing', checks };
  }

  async #refuseUnserved(): Promise<void> {
    const statuses = await this.#statuses();
    const stopped = statuses.filter(({ state }) => state === 'stopped').map(({ name }) => name);
    if (stopped.length > 0) throw new Error(`stopped: ${stopped.join(', ')}`);
    const unbuilt = statuses.filter(({ generation }) => generation === undefined).map(({ name }) => name);
    if (unbuilt.length > 0) throw new Error(`being built for the first time: ${unbuilt.join(', ')}`);
  }

  async #refuseDown(): Promise<void> {
    const { running, restarts, lastError } = this.#projector!();
    if (!running) throw new Error(`ended ${restarts + 1} times, last: ${lastError ?? 'without an error'}`);
  }
}

async function check(name: string, work: () => Promise<unknown>): Promise<Check> {
  const late = new AbortController();
  try {
    await Promise.race([work(), tooLong(late.signal)]);
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  } finally {
    late.abort();
  }
}

async function tooLong(signal: AbortSignal): Promise<void> {
  try {
    await wait(LONGEST_CHECK, undefined, { signal });
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  throw new Error(`no answer within ${LONGEST_CHECK} ms`);
}
