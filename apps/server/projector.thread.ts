/** Keeps read models up to date in a thread of its own, with its own connections, so that HTTP never waits for folding. */
import { parentPort, workerData } from 'node:worker_threads';
import { eventCatalogue } from '../../libs/composition/event-catalogue.ts';
import { projections } from '../../libs/composition/projections.ts';
import { openStores, type StoreLocations } from '../../libs/composition/stores.ts';
import { rebuildProjections, type RebuildOptions } from '../../libs/eventsourcing/projections/projection-rebuild.ts';
import { runProjections } from '../../libs/eventsourcing/projections/projection-runner.ts';

/** What the thread is started with. */
export interface ProjectorTask {
  readonly locations: StoreLocations;
  /** Unique among all places that share the stores. */
  readonly owner: string;
  /** Rebuild these and end; unset: follow the log until told to stop. */
  readonly rebuild?: readonly string[];
  /** Who asked for the rebuild, and why. */
  readonly asked?: NonNullable<RebuildOptions['asked']>;
}

/** What the thread says. */
export type ProjectorMessage =
  { readonly interruption: string } | { readonly differences: Readonly<Record<string, number>> };

const { locations, owner, rebuild, asked } = workerData as ProjectorTask;
const stopping = new AbortController();
const { signal } = stopping;
parentPort!.once('message', () => stopping.abort());

function say(message: ProjectorMessage): void {
  parentPort!.postMessage(message);
}

const stores = await openStores(locations);
const { eventStore, readModels } = stores;
const shared = { eventStore, readModels, catalogue: eventCatalogue, owner, now: Date.now };
try {
  if (rebuild) {
    const wanted = projections.filter(({ name }) => rebuild.includes(name));
    const comparisons = await rebuildProjections(wanted, { ...shared, signal, ...(asked && { asked }) });
    say({
      differences: Object.fromEntries(comparisons.map(({ projection, differences }) => [projection, differences])),
    });
  } else {
    const onInterruption = (error: unknown): void =>
      say({ interruption: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
    await runProjections({ ...shared, projections, onInterruption }, signal);
  }
} finally {
  await stores.close();
  parentPort!.close();
}
