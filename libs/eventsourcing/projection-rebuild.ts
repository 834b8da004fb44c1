import type { EventCatalogue } from './catalogue.ts';
import { GenerationBehind, LeaseLost } from './errors.ts';
import type { Position } from './event.ts';
import type { EventStore } from './event-store.ts';
import { openPage, projectionFold, type ProjectionFold } from './projection-fold.ts';
import { collectionsOf, type Projection } from './projection.ts';
import type { Generation, Lease, ReadModelStore } from './read-model-store.ts';

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
  /** Continue a build of the same version that was cut off, instead of beginning anew. */
  readonly resume?: boolean;
  /** Builds what the read models were when the log ended here; only for a store that serves nothing later. */
  readonly upTo?: Position;
}

/** Small enough that the live work of the same thread waits only for some milliseconds. */
const PAGE = 2_000;
/** Events folded in memory before a write: the more, the fewer documents are written twice; memory bounds it. */
const WINDOW = 40_000;
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
      const lease = await readModels.acquireLease(`rebuild:${name}`, owner, LEASE_MILLISECONDS);
      if (!('token' in lease)) throw new LeaseLost(`rebuild:${name}`);
      leases.set(name, lease);
    }
  }
  const startedAt = now();
  let leasedAt = startedAt;
  let reportedAt = 0;
  let events = 0;

  async function advance(folds: readonly ProjectionFold[]): Promise<boolean> {
    const from = folds.map((fold) => fold.position).reduce((a, b) => (a < b ? a : b));
    const read = await eventStore.readAll(from, PAGE);
    const page = upTo === undefined ? read : read.filter(({ position }) => position <= upTo);
    if (page.length === 0) return false;
    const opened = openPage(options.catalogue, page);
    for (const fold of folds) await fold.absorb(opened);
    events += page.length;
    return page.length === PAGE;
  }

  async function write(folds: readonly ProjectionFold[]): Promise<void> {
    if (now() - leasedAt > LEASE_MILLISECONDS / 3) {
      await holdLeases();
      leasedAt = now();
    }
    for (const fold of folds) await readModels.commit(fold.take(leases.get(fold.projection.name)!));
  }

  async function tell(folds: readonly ProjectionFold[], state: 'rebuilding' | 'rebuilt'): Promise<void> {
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
      await readModels.report({
        projection: projection.name,
        owner: `${owner}/rebuild`,
        state,
        eventsPerSecond: progress.eventsPerSecond,
        reportedAt: new Date(at).toISOString(),
        rebuild: progress,
      });
    }
  }

  await holdLeases();
  try {
    const folds: ProjectionFold[] = [];
    for (const projection of projections) {
      folds.push(await projectionFold(projection, await begin(projection, options), readModels, now));
    }
    for (let more = true; more;) {
      signal.throwIfAborted();
      more = await advance(folds);
      if (!more || folds[0]!.pending >= WINDOW) {
        await write(folds);
        await tell(folds, 'rebuilding');
      }
    }
    const comparisons: Comparison[] = [];
    for (const fold of folds) {
      comparisons.push(await compare(fold, readModels, signal));
      await takeOver(fold);
    }
    await tell(folds, 'rebuilt');
    return comparisons;

    async function takeOver(fold: ProjectionFold): Promise<void> {
      for (;;) {
        signal.throwIfAborted();
        while (await advance([fold])) signal.throwIfAborted();
        await write([fold]);
        try {
          return await readModels.activate(fold.generation, leases.get(fold.projection.name)!);
        } catch (error) {
          if (!(error instanceof GenerationBehind)) throw error;
        }
      }
    }
  } finally {
    for (const lease of leases.values()) await readModels.releaseLease(lease);
  }
}

async function begin(projection: Projection, { readModels, resume }: RebuildOptions): Promise<Generation> {
  const { building } = await readModels.generations(projection.name);
  if (resume && building?.version === projection.version) return building;
  return readModels.beginGeneration(projection.name, projection.version, collectionsOf(projection));
}

/** Walks both builds in the order of ids. Only documents that contain the same events in both can be compared. */
async function compare(fold: ProjectionFold, store: ReadModelStore, signal: AbortSignal): Promise<Comparison> {
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
    while (!left.done || !right.done) {
      signal.throwIfAborted();
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
  for await (const page of pages) yield* page;
  return undefined;
}
