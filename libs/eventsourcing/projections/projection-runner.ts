import { setTimeout as wait } from 'node:timers/promises';
import type { EventCatalogue } from '../catalogue.ts';
import { openPage, type OpenedEvent } from './due-events.ts';
import { GenerationRetired, LeaseLost, StoreUnavailable } from '../errors.ts';
import type { EventStore } from '../event-store.ts';
import { isRefusal, projectionFold, type ProjectionFold } from './projection-fold.ts';
import { takeLease } from './projection-lease.ts';
import { rebuildProjections } from './projection-rebuild.ts';
import type { Projection } from './projection.ts';
import type { Lease, ParkedEvent, ReadModelStore } from '../read-model-store.ts';

export interface RunnerOptions {
  readonly eventStore: EventStore;
  readonly readModels: ReadModelStore;
  readonly catalogue: EventCatalogue;
  readonly projections: readonly Projection[];
  /**
   * Names this process, unique among those that share the stores. Called `<host>:<pid>`, its leases are taken over at
   * once by another of the host when it was killed; otherwise when they expire.
   */
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told of every error that interrupts the work; the runner then goes on from the last checkpoint. */
  readonly onInterruption?: (error: unknown) => void;
  readonly leaseMilliseconds?: number;
}

const PAGE = 1_000;
/** While catching up, events folded in memory before a write. */
const WINDOW = 20_000;
const LEASE_MILLISECONDS = 10_000;
const SHORTEST_PAUSE = 50;
const LONGEST_PAUSE = 5_000;

interface Led {
  readonly fold: ProjectionFold;
  lease: Lease;
}

/**
 * Keeps read models up to date until the signal ends it: leads every projection whose lease it gets, feeds them all
 * from one subscription, writes each page with its checkpoint, builds what is missing or of another version. After any
 * error it starts again from the checkpoints, pausing longer each time; nothing in memory outlives an error.
 */
export async function runProjections(options: RunnerOptions, signal: AbortSignal): Promise<void> {
  const { readModels, owner, now } = options;
  const failures = new Map<string, string>();
  const builds: Builds = { running: new Map(), finished: () => undefined };
  const turns: Turns = { builds, failures, refused: new Set(), written: 0 };
  for (let pause = SHORTEST_PAUSE; !signal.aborted;) {
    const { written } = turns;
    try {
      await followLog(options, turns, signal);
      pause = SHORTEST_PAUSE;
    } catch (error) {
      if (signal.aborted) break;
      if (turns.written > written) pause = SHORTEST_PAUSE;
      // Both are how another place takes over: no fault, and to be looked at again at once.
      if (error instanceof LeaseLost || error instanceof GenerationRetired) continue;
      options.onInterruption?.(error);
      await reportStopped(error);
      await wait(pause * (0.5 + Math.random()), undefined, { signal }).catch(ignoreAbort);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }
  await Promise.all(builds.running.values());

  async function reportStopped(error: unknown): Promise<void> {
    const lastError = describe(error);
    try {
      for (const { name } of options.projections) {
        failures.set(name, lastError);
        const reportedAt = new Date(now()).toISOString();
        await readModels.report({
          projection: name,
          owner,
          state: 'stopped',
          eventsPerSecond: 0,
          reportedAt,
          lastError,
        });
      }
    } catch (second) {
      // The store itself may be what is away; the log then is the only place left to say so.
      options.onInterruption?.(second);
    }
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function ignoreAbort(error: unknown): void {
  if ((error as Partial<Error>).name !== 'AbortError') throw error;
}

/** Builds under way go on from turn to turn; a finished one ends the turn, so that its generation is led at once. */
interface Builds {
  readonly running: Map<string, Promise<void>>;
  finished: () => void;
}

/** What outlives a turn. */
interface Turns {
  readonly builds: Builds;
  /** The last error of each projection. */
  readonly failures: Map<string, string>;
  /** Projections of which the store has refused a batch. */
  readonly refused: Set<string>;
  /** Batches written so far. */
  written: number;
}

async function followLog(options: RunnerOptions, turns: Turns, signal: AbortSignal): Promise<void> {
  const { builds, failures, refused } = turns;
  const { eventStore, readModels, catalogue, owner, now } = options;
  const leaseMilliseconds = options.leaseMilliseconds ?? LEASE_MILLISECONDS;
  const led = new Map<string, Led>();
  const again = new AbortController();
  const turn = AbortSignal.any([signal, again.signal]);
  let failure: unknown;
  let queue: Promise<void> = Promise.resolve();
  let processed = 0;
  let measuredAt = now();

  builds.finished = () => again.abort();
  await lead();
  const ticker = tick();
  try {
    if (led.size === 0) await untilAborted(turn);
    const from = [...led.values()].map(({ fold }) => fold.position).reduce((a, b) => (a < b ? a : b), '\uffff');
    const pages = eventStore.subscribe(from === '\uffff' ? '' : from, {
      signal: turn,
      pageSize: PAGE,
      onInterruption: (error) => options.onInterruption?.(error),
    });
    for await (const page of pages) {
      await exclusively(async () => {
        const opened = openPage(catalogue, page);
        for (const one of led.values()) {
          await one.fold.absorb(opened);
          if (page.length < PAGE || one.fold.pending >= WINDOW) await write(one);
        }
        processed += page.length;
      });
    }
    if (!turn.aborted) throw new StoreUnavailable('The subscription to the log ended by itself.');
  } finally {
    again.abort();
    await ticker;
    if (signal.aborted) for (const { lease } of led.values()) await readModels.releaseLease(lease);
  }
  if (failure) throw failure;

  /** Takes the leases that are free and opens what serves; has the rest built. */
  async function lead(): Promise<void> {
    const unbuilt: Projection[] = [];
    for (const projection of options.projections) {
      const lease = await takeLease(readModels, `projection:${projection.name}`, owner, leaseMilliseconds);
      if (!('token' in lease)) {
        await report(projection.name, 'waiting', `led by ${lease.heldBy}`);
        continue;
      }
      const { serving: served, previous } = await readModels.generations(projection.name);
      let serving = served;
      if (serving?.version !== projection.version && previous?.version === projection.version) {
        // Older code is back after an upgrade: what it built then is still there.
        await readModels.rollback(projection.name, lease);
        ({ serving } = await readModels.generations(projection.name));
      }
      if (serving?.version === projection.version) {
        const checked = refused.has(projection.name);
        led.set(projection.name, {
          fold: await projectionFold(projection, serving, readModels, now, { checked }),
          lease,
        });
        await report(projection.name, 'running', failures.get(projection.name));
      } else if (!builds.running.has(projection.name)) {
        unbuilt.push(projection);
      }
    }
    if (unbuilt.length > 0) build(unbuilt, true);
  }

  /** A batch refused for what is in it would be refused for ever: the next turn looks for the events to park. */
  async function write({ fold, lease }: Led): Promise<void> {
    try {
      await readModels.commit(fold.take(lease));
      turns.written += 1;
    } catch (error) {
      if (isRefusal(error)) refused.add(fold.projection.name);
      throw error;
    }
  }

  /** Starts a build beside the work. One that fails is told and reported, and begun again by a later tick. */
  function build(projections: readonly Projection[], resume: boolean): void {
    const run = rebuildProjections(projections, { ...options, signal, resume })
      .then(
        () => {
          for (const { name } of projections) failures.delete(name);
          return builds.finished();
        },
        (error: unknown) => {
          // Where another place is building the same, there is nothing to tell.
          if (signal.aborted || error instanceof LeaseLost) return;
          for (const { name } of projections) failures.set(name, describe(error));
          options.onInterruption?.(error);
        },
      )
      .finally(() => {
        for (const { name } of projections) builds.running.delete(name);
      });
    for (const { name } of projections) builds.running.set(name, run);
  }

  /** Renews leases, looks for work that no event announces, reports; ends the turn where something must be led anew. */
  async function tick(): Promise<void> {
    while (!turn.aborted) {
      await wait(Math.min(1_000, leaseMilliseconds / 4), undefined, { signal: turn }).catch(ignoreAbort);
      if (turn.aborted) return;
      try {
        await exclusively(async () => {
          for (const projection of options.projections) await attend(projection);
        });
      } catch (error) {
        failure = error;
        again.abort();
      }
    }
  }

  async function attend(projection: Projection): Promise<void> {
    const { name } = projection;
    const lease = await takeLease(readModels, `projection:${name}`, owner, leaseMilliseconds);
    const mine = led.get(name);
    if (!('token' in lease)) {
      if (mine) throw new LeaseLost(name);
      return report(name, 'waiting', `led by ${lease.heldBy}`);
    }
    const { serving, building, rebuildRequested } = await readModels.generations(name);
    if (!mine) {
      if (!builds.running.has(name)) again.abort();
      return report(name, 'stopped', failures.get(name));
    }
    const wasCutOff = building?.version === projection.version;
    if ((rebuildRequested || wasCutOff) && !builds.running.has(name)) build([projection], !rebuildRequested);
    if (serving?.id !== mine.fold.generation.id || lease.token !== mine.lease.token) {
      again.abort();
      return;
    }
    // What is parked in memory only must be among what settling reads.
    if (mine.fold.pending > 0) await write(mine);
    if (await mine.fold.settleParked(readParked)) await write(mine);
    await report(name, 'running', failures.get(name));
  }

  async function report(
    projection: string,
    state: 'running' | 'waiting' | 'stopped',
    lastError?: string,
  ): Promise<void> {
    const at = now();
    const eventsPerSecond = Math.round((processed * 1000) / Math.max(1, at - measuredAt));
    if (at - measuredAt > 10_000) {
      processed = 0;
      measuredAt = at;
    }
    const reportedAt = new Date(at).toISOString();
    await readModels.report({
      projection,
      owner,
      state,
      eventsPerSecond,
      reportedAt,
      ...(lastError === undefined ? {} : { lastError }),
    });
  }

  async function readParked(parked: ParkedEvent): Promise<OpenedEvent | undefined> {
    const stored = (await eventStore.readStream(parked.stream, parked.revision)).slice(0, 1);
    return openPage(catalogue, stored)[0];
  }

  /** Pages and ticks change the same folds, so one waits for the other. After a failure no fold is used any more. */
  async function exclusively(work: () => Promise<void>): Promise<void> {
    const before = queue;
    let done = (): void => undefined;
    queue = new Promise((resolve) => (done = resolve));
    await before;
    try {
      if (!turn.aborted) await work();
    } catch (error) {
      again.abort();
      throw error;
    } finally {
      done();
    }
  }
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
