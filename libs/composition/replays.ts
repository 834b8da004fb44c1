import { pipelineDifference, type PipelineDifference } from '../audit/audit-diff.ts';
import { replayTo, type Replay, type ReplayOptions } from '../audit/audit-replay.ts';
import type { Moment } from '../audit/moment.ts';
import type { ReadModelStore } from '../eventsourcing/read-model-store.ts';
import { eventCatalogue } from './event-catalogue.ts';
import { projections } from './projections.ts';
import { openReadModels } from './stores.ts';

/** Builds every read model of the system as it stood at a moment, in an embedded store. See `replayTo`. */
export function replayOf(
  moment: Moment,
  options: Pick<ReplayOptions, 'eventStore' | 'cache' | 'out' | 'signal' | 'onProgress'>,
): Promise<Replay> {
  const open = (data: string): Promise<ReadModelStore> => openReadModels({ data });
  return replayTo(moment, { ...options, catalogue: eventCatalogue, projections, open, now: Date.now });
}

/** Gives the work the read models of a replay, and closes them after it. */
export async function withReplay<Result>(
  { directory }: Replay,
  work: (readModels: ReadModelStore) => Promise<Result>,
): Promise<Result> {
  const readModels = await openReadModels({ data: directory });
  try {
    return await work(readModels);
  } finally {
    await readModels.close();
  }
}

/** What became of the deals between two replays, with the moments they are of. See `pipelineDifference`. */
export async function compareReplays(
  before: Replay,
  after: Replay,
  limit: number,
): Promise<PipelineDifference & Record<'before' | 'after', Omit<Moment, 'hash'>>> {
  const difference = await withReplay(before, (old) =>
    withReplay(after, (fresh) => pipelineDifference(old, fresh, limit)),
  );
  return { before: momentOf(before), after: momentOf(after), ...difference };
}

/** What people are told of a moment. */
export function momentOf({ position, at, events }: Moment): Omit<Moment, 'hash'> {
  return { position, at, events };
}
