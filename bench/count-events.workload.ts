import { openSqliteEventStore } from '../libs/eventsourcing/sqlite/sqlite-event-store.ts';

/** How many events a log has; leaves all of it in the one file, fit to be copied. */
export async function run({ file }: { file: string }): Promise<number> {
  const eventStore = await openSqliteEventStore({ file });
  const events = eventStore.ordinal(await eventStore.head());
  await eventStore.close();
  return events;
}
