import { projections } from '../../libs/composition/projections.ts';
import type { RecordedEvent } from '../../libs/eventsourcing/event.ts';
import { positionOf } from '../../libs/eventsourcing/sqlite/event-position.ts';
import { collectionsOf, type Document, type Projection } from '../../libs/eventsourcing/projections/projection.ts';
import { loadEmmettSqlite, openConnection, type Connection, type ReadEvent } from './emmett-sqlite.ts';

/** As many as were fastest of 100, 1,000, 5,000 and 20,000. */
const BATCH = 5_000;

/** Builds the same read models by the same projections with emmett's consumer. Says in how many seconds. */
export async function run({ file, events }: { file: string; events: number }): Promise<number> {
  const emmett = await loadEmmettSqlite();
  const tables = await openConnection(emmett, file);
  for (const { name } of projections.flatMap(collectionsOf)) {
    await tables.command(`DROP TABLE IF EXISTS ${name}`);
    await tables.command(`CREATE TABLE ${name} (id TEXT PRIMARY KEY NOT NULL, document TEXT NOT NULL)`);
  }
  await tables.command('DELETE FROM emt_subscriptions');
  tables.close();
  const store = emmett.getSQLiteEventStore({ fileName: file, schema: { autoMigration: 'None' } });
  const consumer = store.consumer({ pulling: { batchSize: BATCH, pullingFrequencyInMs: 0 } });
  for (const projection of projections) {
    consumer.processor({
      processorId: projection.name,
      startFrom: 'BEGINNING',
      eachMessage: (event, { connection }) => project(projection, event, connection),
      stopAfter: ({ metadata }) => metadata.globalPosition === BigInt(events),
    });
  }
  const startedAt = performance.now();
  await consumer.start();
  const seconds = (performance.now() - startedAt) / 1_000;
  await consumer.close();
  return seconds;
}

async function project(projection: Projection, read: ReadEvent, connection: Connection): Promise<void> {
  if (!projection.handles.includes(read.type)) return;
  const event = recorded(read);
  const id = projection.key(event);
  if (id === undefined) return;
  const { collection, details } = projection;
  const select = `SELECT document FROM ${collection.name} WHERE id = ?`;
  const row = await connection.querySingle<{ document: string }>(select, [id]);
  const before = row ? (JSON.parse(row.document) as Document) : undefined;
  const after = projection.evolve(before, event);
  await upsert(connection, collection.name, after);
  if (!details) return;
  const known = new Map((before ? details.of(before) : []).map((detail) => [detail.id, JSON.stringify(detail)]));
  for (const detail of details.of(after)) {
    if (known.get(detail.id) !== JSON.stringify(detail)) await upsert(connection, details.collection.name, detail);
    known.delete(detail.id);
  }
  for (const gone of known.keys()) {
    await connection.command(`DELETE FROM ${details.collection.name} WHERE id = ?`, [gone]);
  }
}

async function upsert(connection: Connection, table: string, document: Document): Promise<void> {
  await connection.command(`INSERT OR REPLACE INTO ${table} VALUES (?, ?)`, [document.id, JSON.stringify(document)]);
}

function recorded({ type, data, metadata }: ReadEvent): RecordedEvent {
  const { streamName: stream, streamPosition, globalPosition, occurredAt } = metadata;
  const revision = Number(streamPosition) - 1;
  const position = positionOf(Number(globalPosition));
  return { type, data, stream, revision, position, occurredAt, metadata } as unknown as RecordedEvent;
}
