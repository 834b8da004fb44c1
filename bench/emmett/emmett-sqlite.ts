import { createRequire } from 'node:module';

/** What is used of @event-driven-io/emmett-sqlite, which is there only where the comparison was asked for. */
export interface EmmettSqlite {
  sqliteConnection(options: { fileName: string }): Connection;
  createEventStoreSchema(connection: Connection): Promise<void>;
  readStream(connection: Connection, stream: string): Promise<{ currentStreamVersion: bigint; events: ReadEvent[] }>;
  appendToStream(
    connection: Connection,
    stream: string,
    streamType: string,
    events: readonly EmmettEvent[],
    options: { expectedStreamVersion: bigint },
  ): Promise<{ success: boolean }>;
  getSQLiteEventStore(options: { fileName: string; schema: { autoMigration: 'None' } }): {
    consumer(options: { pulling: { batchSize: number; pullingFrequencyInMs: number } }): Consumer;
  };
}

export interface Connection {
  command(sql: string, values?: readonly unknown[]): Promise<unknown>;
  querySingle<Row>(sql: string, values?: readonly unknown[]): Promise<Row | null>;
  withTransaction<Result>(work: () => Promise<Result>): Promise<Result>;
  close(): void;
}

export interface EmmettEvent {
  readonly type: string;
  readonly data: object;
  readonly metadata: object;
}

export interface ReadEvent extends EmmettEvent {
  readonly metadata: {
    readonly occurredAt: string;
    readonly streamName: string;
    readonly streamPosition: bigint;
    readonly globalPosition: bigint;
  };
}

export interface Consumer {
  processor(options: {
    processorId: string;
    startFrom: 'BEGINNING';
    eachMessage(event: ReadEvent, context: { connection: Connection }): Promise<void>;
    stopAfter(event: ReadEvent): boolean;
  }): unknown;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Loads the package. Throws where it is not installed. */
export async function loadEmmettSqlite(): Promise<EmmettSqlite> {
  const path = createRequire(import.meta.url).resolve('@event-driven-io/emmett-sqlite');
  const { default: loaded } = (await import(path)) as { default: EmmettSqlite };
  return loaded;
}

/** One connection as safe as ours: every commit is on the disk when it returns. */
export async function openConnection({ sqliteConnection }: EmmettSqlite, fileName: string): Promise<Connection> {
  const connection = sqliteConnection({ fileName });
  await connection.command('PRAGMA synchronous = FULL');
  await connection.command('PRAGMA cache_size = -65536');
  await connection.command('PRAGMA wal_autocheckpoint = 4000');
  return connection;
}
