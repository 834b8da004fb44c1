import pMap from 'p-map';
import { commandsWith } from '../libs/composition/commands.ts';
import { eventCatalogue } from '../libs/composition/event-catalogue.ts';
import { commandHandler } from '../libs/eventsourcing/command-handler.ts';
import { openSqliteEventStore } from '../libs/eventsourcing/sqlite/sqlite-event-store.ts';
import { dealsToCarryOut, type DealToCarryOut } from './deals-to-carry-out.ts';
import { percentiles } from './figures.ts';

export interface AppendInput {
  readonly file: string;
  /** Tells the deals of one run from those of another. */
  readonly run: number;
  readonly commands: number;
  readonly atOnce: number;
}

export interface AppendResult {
  readonly commands: number;
  readonly seconds: number;
  /** Position before the first timed event, and of the last one. */
  readonly after: number;
  readonly to: number;
  readonly latency: ReturnType<typeof percentiles>;
}

/** Carries out commands on new deals of a log, so many deals at once, each command after the one before it. */
export async function run({ file, run: number, commands, atOnce }: AppendInput): Promise<AppendResult> {
  const eventStore = await openSqliteEventStore({ file });
  const { opportunities } = commandsWith(commandHandler(eventStore, eventCatalogue, Date.now));
  const latencies: number[] = [];

  async function carryOut(deals: readonly DealToCarryOut[]): Promise<void> {
    await pMap(
      deals,
      async ({ id, steps }) => {
        for (const { command, context } of steps) {
          const startedAt = performance.now();
          await opportunities(id, command, context);
          latencies.push(performance.now() - startedAt);
        }
      },
      { concurrency: atOnce },
    );
  }

  await carryOut(dealsToCarryOut(`warm-${number}`, Math.min(1_000, commands / 4)));
  const deals = dealsToCarryOut(`run-${number}`, commands);
  const after = eventStore.ordinal(await eventStore.head());
  latencies.length = 0;
  const startedAt = performance.now();
  await carryOut(deals);
  const seconds = (performance.now() - startedAt) / 1_000;
  const to = eventStore.ordinal(await eventStore.head());
  await eventStore.close();
  return {
    commands: latencies.length,
    seconds,
    after,
    to,
    latency: percentiles(latencies),
  };
}
