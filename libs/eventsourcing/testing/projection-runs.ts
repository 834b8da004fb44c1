import { randomUUID } from 'node:crypto';
import type { EventCatalogue } from '../catalogue.ts';
import type { EventStore } from '../event-store.ts';
import { rebuildProjections } from '../projections/projection-rebuild.ts';
import { runProjections, type RunnerOptions } from '../projections/projection-runner.ts';
import { collectionsOf, type Projection } from '../projections/projection.ts';
import type { ReadModelStore } from '../read-model-store.ts';
import { orderCatalogue } from './projection-orders.ts';
import { eventually } from './eventually.ts';

/** What a test says of a runner; the rest is usual. */
export type RunnerSettings = Pick<RunnerOptions, 'eventStore' | 'readModels' | 'projections'> & Partial<RunnerOptions>;

/** A runner under way. */
export interface Run {
  readonly interruptions: unknown[];
  /** Ends it and waits until it has. */
  stop(): Promise<void>;
}

const underWay = new Set<AbortController>();

/** Ends the runners that a test has left, without waiting for them: some were made to hang. */
export function abandonRunners(): void {
  for (const ending of underWay) ending.abort();
  underWay.clear();
}

/** Starts a runner whose ticks come quickly, as its leases are short. */
export function startRunner(settings: RunnerSettings): Run {
  const ending = new AbortController();
  underWay.add(ending);
  const interruptions: unknown[] = [];
  const onInterruption = (error: unknown) => interruptions.push(error);
  const usual = {
    catalogue: orderCatalogue,
    owner: randomUUID(),
    now: Date.now,
    leaseMilliseconds: 400,
    onInterruption,
  };
  const running = runProjections({ ...usual, ...settings }, ending.signal);
  return {
    interruptions,
    async stop() {
      ending.abort();
      await running;
    },
  };
}

/** Waits until every projection contains the whole log. */
export async function untilCaughtUp(
  { eventStore, readModels }: { readonly eventStore: EventStore; readonly readModels: ReadModelStore },
  projections: readonly Projection[],
): Promise<void> {
  const head = await eventStore.head();
  await eventually(async () => {
    for (const { name, version } of projections) {
      const { serving } = await readModels.generations(name);
      if (serving?.version !== version || (await readModels.checkpoint(serving)) < head) return false;
    }
    return true;
  });
}

/** Everything that serves: documents of every collection as JSON in the order of ids, and what is parked. */
export async function contents(readModels: ReadModelStore, projections: readonly Projection[]) {
  const found: Record<string, readonly string[]> = {};
  for (const projection of projections) {
    const { serving } = await readModels.generations(projection.name);
    if (!serving) throw new Error(`Nothing serves ${projection.name}.`);
    for (const { name } of collectionsOf(projection)) {
      const documents: string[] = [];
      for await (const page of readModels.scan(serving, name)) {
        for (const { document } of page) documents.push(JSON.stringify(document));
      }
      found[name] = documents;
    }
    found[`parked of ${projection.name}`] = (await readModels.parked(serving)).map(
      ({ key, position, stream, revision, type, error, discarded }) =>
        JSON.stringify({ key, position, stream, revision, type, error, reason: discarded?.reason }),
    );
  }
  return found;
}

/** Builds all projections from the whole log in a store that was empty before, and gives back what came of it. */
export async function rebuiltContents(
  eventStore: EventStore,
  scratch: ReadModelStore,
  projections: readonly Projection[],
  catalogue: EventCatalogue = orderCatalogue,
) {
  const options = { eventStore, readModels: scratch, catalogue, owner: randomUUID(), now: Date.now };
  await rebuildProjections(projections, { ...options, signal: new AbortController().signal });
  return contents(scratch, projections);
}

/** The same object with some methods put in the place of its own. */
export function decorated<Target extends object>(target: Target, methods: Partial<Target>): Target {
  return new Proxy(target, {
    get(_, name) {
      const value: unknown = Reflect.get(methods, name) ?? Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
