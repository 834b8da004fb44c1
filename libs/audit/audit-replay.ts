import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EventCatalogue } from '../eventsourcing/catalogue.ts';
import { RuleViolation } from '../eventsourcing/errors.ts';
import type { EventStore } from '../eventsourcing/event-store.ts';
import { rebuildProjections, type RebuildProgress } from '../eventsourcing/projections/projection-rebuild.ts';
import { collectionsOf, type Projection } from '../eventsourcing/projections/projection.ts';
import type { ReadModelStore } from '../eventsourcing/read-model-store.ts';
import type { Moment } from './moment.ts';

/** Read models as they stood at a recorded moment. */
export interface Replay extends Moment {
  readonly directory: string;
  /** They were built before and only found again. */
  readonly cached: boolean;
}

export interface ReplayOptions {
  readonly eventStore: EventStore;
  readonly catalogue: EventCatalogue;
  readonly projections: readonly Projection[];
  /** Opens, and makes where there is none, the scratch store of a directory. */
  readonly open: (directory: string) => Promise<ReadModelStore>;
  /** Where replays are kept for the next time. */
  readonly cache: string;
  /** Goes here instead of into the cache. */
  readonly out?: string;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: RebuildProgress) => void;
}

const DESCRIPTION = 'replay.json';

/**
 * Builds every read model as it stood at a moment, in a store of its own. The same moment of the same log is built once
 * for the cache. Throws `RuleViolation` with code `directory_taken` where `out` holds anything but this replay.
 */
export async function replayTo(moment: Moment, options: ReplayOptions): Promise<Replay> {
  const { eventStore, catalogue, projections, now, signal, onProgress } = options;
  const fingerprint = fingerprintOf(moment, projections);
  const name = `${moment.position.replaceAll('/', '-') || 'beginning'}-${fingerprint.slice(0, 12)}`;
  const directory = options.out ?? join(options.cache, name);
  if (await holds(directory, fingerprint)) return { ...moment, directory, cached: true };
  if (existsSync(directory) && (await readdir(directory)).length > 0) {
    throw new RuleViolation('directory_taken', `${directory} holds something else than this replay.`);
  }

  await mkdir(dirname(directory), { recursive: true });
  const unfinished = await mkdtemp(`${directory}.unfinished-`);
  try {
    const readModels = await options.open(unfinished);
    try {
      await rebuildProjections(projections, {
        eventStore,
        readModels,
        catalogue,
        owner: 'replay',
        now,
        signal,
        upTo: moment.position,
        ...(onProgress ? { onProgress } : {}),
      });
    } finally {
      await readModels.close();
    }
    await writeFile(join(unfinished, DESCRIPTION), JSON.stringify({ ...moment, fingerprint }));
    // Only a finished replay gets the name, so one that was cut off is never taken for it.
    await rename(unfinished, directory);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Somebody else may have finished the same replay first.
    if (!(await holds(directory, fingerprint))) throw error;
  }
  return { ...moment, directory, cached: false };
}

/** The moment that the replay in a directory is of. Throws `RuleViolation` with code `no_replay` where there is none. */
export async function replayIn(directory: string): Promise<Moment> {
  const file = join(directory, DESCRIPTION);
  if (!existsSync(file)) throw new RuleViolation('no_replay', `${directory} holds no replay.`);
  const { position, at, events, hash } = JSON.parse(await readFile(file, 'utf8')) as Moment;
  return { position, at, events, hash };
}

async function holds(directory: string, fingerprint: string): Promise<boolean> {
  const file = join(directory, DESCRIPTION);
  return (
    existsSync(file) &&
    (JSON.parse(await readFile(file, 'utf8')) as { fingerprint: string }).fingerprint === fingerprint
  );
}

/** The same moment of another log, or read models of other versions, are another replay. */
function fingerprintOf({ position, at, hash }: Moment, projections: readonly Projection[]): string {
  const versions = projections.map(({ name, version }) => [name, version]);
  return createHash('sha256')
    .update(JSON.stringify([position, at, hash, versions]))
    .digest('hex');
}

/** How many documents each read model has, and what stands in each stage. */
export interface ReplaySummary {
  readonly documents: Readonly<Record<string, number>>;
  readonly stages: readonly StageTotal[];
}

/** Deals of one stage, status and currency. */
export interface StageTotal {
  readonly pipelineId: string;
  readonly stageId: string;
  readonly status: string;
  /** Null for deals without an amount. */
  readonly currency: string | null;
  readonly count: number;
  /** Minor units of the currency. */
  readonly amount: number;
}

export async function summaryOf(store: ReadModelStore, projections: readonly Projection[]): Promise<ReplaySummary> {
  const documents: Record<string, number> = {};
  for (const { name } of projections.flatMap(collectionsOf)) {
    documents[name] = (await store.sum(name, { by: [] }))[0]!.count;
  }
  return { documents, stages: await stageTotals(store) };
}

export async function stageTotals(store: ReadModelStore): Promise<readonly StageTotal[]> {
  const rows = await store.sum('opportunities', {
    by: ['pipelineId', 'stageId', 'status', 'currency'],
    of: ['amount'],
  });
  return rows.map(({ group, count, sums }) => ({
    ...(group as Pick<StageTotal, 'pipelineId' | 'stageId' | 'status' | 'currency'>),
    count,
    amount: sums['amount'] ?? 0,
  }));
}
