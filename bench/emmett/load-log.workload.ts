import { eventCatalogue } from '../../libs/composition/event-catalogue.ts';
import { openSqliteEventStore } from '../../libs/eventsourcing/sqlite/sqlite-event-store.ts';
import { loadEmmettSqlite, openConnection } from './emmett-sqlite.ts';

const PAGE = 5_000;

/** Copies a log into a file of emmett's, event by event in the same order. */
export async function run({ log, file }: { log: string; file: string }): Promise<void> {
  const emmett = await loadEmmettSqlite();
  const connection = await openConnection(emmett, file);
  await emmett.createEventStoreSchema(connection);
  const eventStore = await openSqliteEventStore({ file: log });
  let after = '';
  for (let more = true; more;) {
    const page = await eventStore.readAll(after, PAGE);
    await connection.withTransaction(async () => {
      for (const stored of page) {
        const { stream, revision, position } = stored;
        const { type, data, occurredAt, recordedAt, metadata } = eventCatalogue.open(stored);
        const event = { type, data, metadata: { ...metadata, occurredAt, recordedAt } };
        const expectedStreamVersion = BigInt(revision);
        const kind = stream.slice(0, stream.indexOf('-'));
        await emmett.appendToStream(connection, stream, kind, [event], { expectedStreamVersion });
        after = position;
      }
    });
    more = page.length === PAGE;
  }
  await eventStore.close();
  connection.close();
}
