import { setImmediate as breathe } from 'node:timers/promises';
import type { EventCatalogue } from '../catalogue.ts';
import { openPage } from './due-events.ts';
import { GenerationBehind, LeaseLost } from '../errors.ts';
import type { Position } from '../event.ts';
import type { EventStore } from '../event-store.ts';
import { parkedBefore } from './parked-before.ts';
import { isRefusal, projectionFold, type ProjectionFold } from './projection-fold.ts';
import { takeLease } from './projection-lease.ts';
import { collectionsOf, type Projection } from './projection.ts';
import type { Generation, Lease, ReadModelStore } from '../read-model-store.ts';

/** How far a rebuild is. `done` and `total` are events, or bytes of the log where the store counts those. */
export interface RebuildProgress {
  readonly done: number;
  readonly total: number;
  readonly eventsPerSecond: number;
  readonly startedAt: string;
}

/** How the new build differs from the one that served, document by document; documents changed meanwhile are left out. */
export interface Comparison {
  readonly projection: string;
  readonly compared: number;
  /** The first ids, at most 20, of documents that differ or are in one build only. */
  readonly different: readonly string[];
  readonly differences: number;
}

export interface RebuildOptions {
  readonly eventStore: EventStore;
  readonly readModels: ReadModelStore;
  readonly catalogue: EventCatalogue;
  readonly owner: string;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: RebuildProgress) => void;
  /** Continue builds of the same version that were cut off instead of beginning anew; what needs no build gets none. */
  readonly resume?: boolean;
  /** Who asked for it and why, to be told with the last rebuild. */
  readonly asked?: { readonly actor: string; readonly reason?: string };
  /** Builds what the read models were when the log ended here; only for a store that serves nothing later. */
  readonly upTo?: Position;
}

/** Small enough that the live work of the same thread waits only for some milliseconds. */
const PAGE = 1_000;
/** Events folded between two checkpoints, which is what a rebuild that is cut off does again at most. */
const WINDOW = 1_000_000;
/** Documents written at once, where all are. */
const PORTION = 2_000;
const LEASE_MILLISECONDS = 30_000;

/**
 * Builds new generations of projections from the beginning of the log in one read pass, beside those that serve,
 * compares and swaps them. Readers and writers never wait. Throws `LeaseLost` where another place is rebuilding one
 * of them; a rebuild given up by `signal` leaves what it built, to be resumed or dropped by the next.
 */
export async function rebuildProjections(
  projections: readonly Projection[],
  options: RebuildOptions,
): Promise<readonly Comparison[]> {
  const { eventStore, readModels, owner, now, signal, upTo } = options;
  const leases = new Map<string, Lease>();
  async function holdLeases(): Promise<void> {
    for (const { name } of projections) {
      const lease = await takeLease(readModels, `rebuild:${name}`, owner, LEASE_MILLISECONDS);
      if (!('token' in lease)) throw new LeaseLost(`rebuild:${name}`);
      leases.set(name, lease);
    }
    leasedAt = now();
  }
  async function giveLeasesBack(): Promise<void> {
    for (const lease of leases.values()) await readModels.releaseLease(lease);
    leases.clear();
  }
  const startedAt = now();
  let leasedAt = startedAt;
  let reportedAt = 0;
  let events = 0;
  const underWay = new Map<ProjectionFold, Promise<{ readonly error?: unknown }>>();

  async function advance(folds: ProjectionFold[]): Promise<boolean> {
    const from = folds.map((fold) => fold.position).reduce((a, b) => (a < b ? a : b));
    const read = await eventStore.readAll(from, PAGE);
    const page = upTo === undefined ? read : read.filter(({ position }) => position <= upTo);
    if (page.length === 0) return false;
    const opened = openPage(options.catalogue, page);
    for (const fold of folds) {
      await fold.absorb(opened);
      if (fold.crowded) await write(folds, fold, 'spill');
    }
    events += page.length;
    // An embedded store waits for nothing, so without this neither timers nor signals would be heard until the end.
    await breathe();
    return page.length === PAGE;
  }

  async function keepLeases(): Promise<void> {
    if (now() - leasedAt > LEASE_MILLISECONDS / 3) await holdLeases();
  }

  /** Hands a fold's documents to the store, and goes on folding while they are written. */
  async function write(folds: ProjectionFold[], fold: ProjectionFold, what: 'take' | 'spill'): Promise<void> {
    await keepLeases();
    if (!(await written(folds, fold))) return;
    const batch = fold[what](leases.get(fold.projection.name)!);
    const ending = readModels.commit(batch).then(
      () => ({}),
      (error: unknown) => ({ error }),
    );
    underWay.set(fold, ending);
  }

  /** Writes all of a fold, in portions, so that others who write to the store get their turn. */
  async function writeAll(folds: ProjectionFold[], fold: ProjectionFold): Promise<void> {
    while (fold.unwritten > PORTION && folds.includes(fold)) {
      await write(folds, fold, 'spill');
      await breathe();
    }
    if (folds.includes(fold)) await write(folds, fold, 'take');
  }

  /**
   * Waits for a fold's last write; false where it has to begin again from its checkpoint: where the store refuses what
   * is in the documents, to park the events that lead to them.
   */
  async function written(folds: ProjectionFold[], fold: ProjectionFold): Promise<boolean> {
    const { error } = (await underWay.get(fold)) ?? {};
    underWay.delete(fold);
    if (error === undefined) return true;
    if (fold.checked || !isRefusal(error)) throw error;
    const known = await parkedBefore(readModels, fold.projection.name);
    const again = { resumed: true, checked: true, parkedBefore: known };
    folds[folds.indexOf(fold)] = await projectionFold(fold.projection, fold.generation, readModels, now, again);
    return false;
  }

  async function tell(
    folds: readonly ProjectionFold[],
    state: 'rebuilding' | 'rebuilt',
    comparisons: readonly Comparison[] = [],
  ): Promise<void> {
    const at = now();
    if (state === 'rebuilding' && at - reportedAt < 500) return;
    reportedAt = at;
    const progress: RebuildProgress = {
      done: eventStore.ordinal(folds[0]!.position),
      total: eventStore.ordinal(upTo ?? (await eventStore.head())),
      eventsPerSecond: Math.round((events * 1000) / Math.max(1, at - startedAt)),
      startedAt: new Date(startedAt).toISOString(),
    };
    options.onProgress?.(progress);
    for (const { projection } of folds) {
      const comparison = comparisons.find((one) => one.projection === projection.name);
      await readModels.report({
        projection: projection.name,
        owner: `${owner}/rebuild`,
        state,
        eventsPerSecond: progress.eventsPerSecond,
        reportedAt: new Date(at).toISOString(),
        rebuild: {
          ...progress,
          ...(options.asked && { asked: options.asked }),
          ...(comparison && { compared: comparison.compared, differences: comparison.differences }),
        },
      });
    }
  }

  try {
    await holdLeases();
    const folds: ProjectionFold[] = [];
    for (const projection of projections) {
      const begun = await begin(projection, options);
      if (!begun) continue;
      const { generation, resumed } = begun;
      const known = await parkedBefore(readModels, projection.name);
      folds.push(await projectionFold(projection, generation, readModels, now, { resumed, parkedBefore: known }));
    }
    if (folds.length === 0) return [];
    for (let more = true; more;) {
      signal.throwIfAborted();
      more = await advance(folds);
      if (!more || folds.some(({ pending }) => pending >= WINDOW)) {
        const before = [...folds];
        for (const fold of before) await writeAll(folds, fold);
        for (const fold of before) await written(folds, fold);
        more ||= folds.some((fold) => !before.includes(fold));
      }
      await tell(folds, 'rebuilding');
    }
    const comparisons: Comparison[] = [];
    for (const fold of folds) {
      comparisons.push(await compare(fold, readModels, beat));
      await takeOver(fold);
    }
    // Who hears that it is done may do the next thing at once.
    await giveLeasesBack();
    await tell(folds, 'rebuilt', comparisons);
    return comparisons;

    async function beat(): Promise<void> {
      signal.throwIfAborted();
      await keepLeases();
      await tell(folds, 'rebuilding');
    }

    async function takeOver(fold: ProjectionFold): Promise<void> {
      for (const alone = [fold]; ;) {
        signal.throwIfAborted();
        while (await advance(alone)) signal.throwIfAborted();
        const [caughtUp] = alone;
        await writeAll(alone, caughtUp!);
        await written(alone, caughtUp!);
        if (alone[0] !== caughtUp) continue;
        try {
          return await readModels.activate(fold.generation, leases.get(fold.projection.name)!);
        } catch (error) {
          if (!(error instanceof GenerationBehind)) throw error;
        }
      }
    }
  } finally {
    await Promise.all(underWay.values());
    await giveLeasesBack();
  }
}

async function begin(
  projection: Projection,
  { readModels, resume = false }: RebuildOptions,
): Promise<{ generation: Generation; resumed: boolean } | undefined> {
  const { name, version } = projection;
  const { serving, building } = await readModels.generations(name);
  if (resume && building?.version === version) return { generation: building, resumed: true };
  if (resume && serving?.version === version) return undefined;
  return { generation: await readModels.beginGeneration(name, version, collectionsOf(projection)), resumed: false };
}

/** Walks both builds in the order of ids. Only documents that contain the same events in both can be compared. */
async function compare(fold: ProjectionFold, store: ReadModelStore, beat: () => Promise<void>): Promise<Comparison> {
  const { projection, generation } = fold;
  const { serving } = await store.generations(projection.name);
  const different: string[] = [];
  let differences = 0;
  let compared = 0;
  if (serving?.version === generation.version) {
    const old = documents(store.scan(serving, projection.collection.name));
    const fresh = documents(store.scan(generation, projection.collection.name));
    let left = await old.next();
    let right = await fresh.next();
    for (let steps = 1; !left.done || !right.done; steps += 1) {
      if (steps % 1_000 === 0) await beat();
      const leftId = left.done ? undefined : left.value.document.id;
      const rightId = right.done ? undefined : right.value.document.id;
      const order =
        leftId === undefined ? 1 : rightId === undefined ? -1 : leftId < rightId ? -1 : leftId > rightId ? 1 : 0;
      if (order === 0) {
        compared += 1;
        const same = JSON.stringify(left.value!.document) === JSON.stringify(right.value!.document);
        if (!same && left.value!.position === right.value!.position) note(rightId!);
      } else if (
        order > 0 ? right.value!.position <= (await store.checkpoint(serving)) : left.value!.position <= fold.position
      ) {
        note((order > 0 ? rightId : leftId)!);
      }
      if (order <= 0) left = await old.next();
      if (order >= 0) right = await fresh.next();
    }
  }
  return { projection: projection.name, compared, different, differences };

  function note(id: string): void {
    differences += 1;
    if (different.length < 20) different.push(id);
  }
}

async function* documents<Item>(pages: AsyncIterable<readonly Item[]>): AsyncGenerator<Item, undefined> {
  for await (const page of pages) {
    yield* page;
    await breathe();
  }
  return undefined;
}
