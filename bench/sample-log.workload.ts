import { eventCatalogue } from '../libs/composition/event-catalogue.ts';
import { openSqliteEventStore } from '../libs/eventsourcing/sqlite/sqlite-event-store.ts';
import { fillWithSample } from '../libs/sample/sample.ts';

/** Fills a new log with a sample. */
export async function run(input: { file: string; deals: number; seed: number; until: string }): Promise<void> {
  const eventStore = await openSqliteEventStore({ file: input.file });
  await fillWithSample(eventStore, eventCatalogue, input);
  await eventStore.close();
}
