import { eventCatalogue } from '../libs/composition/event-catalogue.ts';
import { projections } from '../libs/composition/projections.ts';
import { rebuildProjections } from '../libs/eventsourcing/projections/projection-rebuild.ts';
import { openSqliteEventStore } from '../libs/eventsourcing/sqlite/sqlite-event-store.ts';
import { openSqliteReadModelStore } from '../libs/eventsourcing/sqlite/sqlite-read-model-store.ts';

export interface RebuildInput {
  readonly log: string;
  /** What is there already goes on serving meanwhile, and is compared with what is built. */
  readonly readModels: string;
}

/** Builds all read models from the whole log, up to the moment they serve; says in how many seconds. */
export async function run({ log, readModels: file }: RebuildInput): Promise<number> {
  const eventStore = await openSqliteEventStore({ file: log });
  const readModels = openSqliteReadModelStore({ file });
  const startedAt = performance.now();
  const comparisons = await rebuildProjections(projections, {
    eventStore,
    readModels,
    catalogue: eventCatalogue,
    owner: 'bench',
    now: Date.now,
    signal: new AbortController().signal,
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const differing = comparisons.filter(({ differences }) => differences > 0);
  if (differing.length > 0) throw new Error(`The rebuild differs from what served: ${JSON.stringify(differing)}`);
  await readModels.close();
  await eventStore.close();
  return seconds;
}
