import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { replayIn } from '../../libs/audit/audit-replay.ts';
import { eventCatalogue } from '../../libs/composition/event-catalogue.ts';
import { projections } from '../../libs/composition/projections.ts';
import { hasEventStore, openReadModels, openStores, type Stores } from '../../libs/composition/stores.ts';
import { NotFound, ProjectionBehind } from '../../libs/eventsourcing/errors.ts';
import type { Position } from '../../libs/eventsourcing/event.ts';
import { runProjections } from '../../libs/eventsourcing/projections/projection-runner.ts';
import { projectionStatuses } from '../../libs/eventsourcing/projections/projection-status.ts';
import type { ReadModelStore } from '../../libs/eventsourcing/read-model-store.ts';
import { configOf, type SharedOptions } from './command-line.ts';
import { interruption } from './interruption.ts';
import { progressBar } from './progress.ts';

/** What commands that read read models can be given beside. */
export interface ReadingOptions extends SharedOptions {
  /** Directory of a replay, as `audit replay` told it: asked in place of the present. */
  readonly replayed?: string;
}

/** How long read models may stand still before a command gives up waiting for them. */
const PATIENCE_MILLISECONDS = 60_000;

/**
 * Opens the stores that the command line and the environment name, and closes them after the work. Throws `NotFound`
 * where there are none, unless they may be made: a mistyped directory must not look like an empty store.
 */
export async function withStores<Result>(
  options: SharedOptions,
  work: (stores: Stores) => Promise<Result>,
  { make = false }: { readonly make?: boolean } = {},
): Promise<Result> {
  const config = configOf(options);
  if (!make && !hasEventStore(config)) throw new NotFound('store in', config.data);
  const stores = await openStores(config);
  try {
    return await work(stores);
  } finally {
    await stores.close();
  }
}

/**
 * Gives the work read models that contain every event there was when it was called, or those of a replay, with the
 * moment they are of.
 */
export async function withReadModels<Result>(
  options: ReadingOptions,
  work: (readModels: ReadModelStore, now: string) => Promise<Result>,
): Promise<Result> {
  if (options.replayed === undefined) {
    return withStores(options, async (stores) => {
      await catchUp(stores);
      return work(stores.readModels, new Date().toISOString());
    });
  }
  const { at } = await replayIn(options.replayed);
  const readModels = await openReadModels({ data: options.replayed });
  try {
    return await work(readModels, at || new Date().toISOString());
  } finally {
    await readModels.close();
  }
}

/**
 * Brings read models up to date: folds in this process what no other process leads, and waits for what one does.
 * Throws `ProjectionBehind` where nothing moves for a minute.
 */
export async function catchUp({ eventStore, readModels }: Stores): Promise<void> {
  const head = await eventStore.head();
  if (await contains(readModels, head)) return;
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, interruption()]);
  let failure: unknown;
  const owner = `${hostname()}:${process.pid}/cli`;
  const onInterruption = (error: unknown): void => {
    failure = error;
  };
  const running = runProjections(
    { eventStore, readModels, catalogue: eventCatalogue, projections, owner, now: Date.now, onInterruption },
    signal,
  );
  const bar = progressBar('Read models', eventStore.ordinalUnit);
  try {
    let movedAt = performance.now();
    let last = '';
    for (let pause = 10; !(await contains(readModels, head)); pause = Math.min(pause * 1.5, 250)) {
      interruption().throwIfAborted();
      const statuses = await projectionStatuses(projections, eventStore, readModels, Date.now());
      const done = statuses.map(({ rebuild, position }) => rebuild?.done ?? eventStore.ordinal(position));
      bar.show(Math.min(...done), eventStore.ordinal(head));
      if (done.join() !== last) movedAt = performance.now();
      last = done.join();
      if (performance.now() - movedAt > PATIENCE_MILLISECONDS) {
        const behind = statuses.find(({ position }) => position < head) ?? statuses[0]!;
        const error = new ProjectionBehind(behind.name, head);
        error.cause = failure;
        throw error;
      }
      await wait(pause);
    }
    bar.show(eventStore.ordinal(head), eventStore.ordinal(head));
  } finally {
    bar.stop();
    ending.abort();
    await running;
  }
}

async function contains(readModels: ReadModelStore, head: Position): Promise<boolean> {
  for (const { name, version } of projections) {
    const { serving } = await readModels.generations(name);
    if (serving?.version !== version || (await readModels.checkpoint(serving)) < head) return false;
  }
  return true;
}
