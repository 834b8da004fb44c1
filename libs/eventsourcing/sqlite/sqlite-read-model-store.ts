import type { SQLOutputValue } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { CheckpointBehind, GenerationRetired, NotFound } from '../errors.ts';
import { BEGINNING, type Position } from '../event.ts';
import type { Collection, Document } from '../projections/projection.ts';
import { checkCollections, checkFind, checkSum, cursorBehind, orderOf, valuesOfCursor } from '../read-model-fields.ts';
import {
  ReadModelStore,
  type Batch,
  type Find,
  type Found,
  type Generation,
  type Generations,
  type Lease,
  type ParkedEvent,
  type Placed,
  type ProjectionReport,
  type Scalar,
  type Sum,
  type SumRow,
} from '../read-model-store.ts';
import { openConnection, unlessUnavailable, type Connection } from './read-model-connection.ts';
import {
  beginGeneration,
  checkActivation,
  dropGeneration,
  removeDropped,
  rollbackGeneration,
  serveGeneration,
} from './read-model-generations.ts';
import { acquireLease, checkLease, releaseLease } from './read-model-leases.ts';
import { parkedOf, requestParked, writeParked } from './read-model-parked.ts';
import {
  REGISTRY,
  generationOf,
  generationsOf,
  publicGenerations,
  servingGenerationOf,
  tablesOf,
} from './read-model-registry.ts';
import { selectPages, selectSums } from './read-model-select.ts';
import { createIndexes, placedFrom, quoted, rowFrom, type Table } from './read-model-table.ts';

const SCAN_PAGE = 1_000;

/**
 * Opens the read models in a SQLite file, creating it where it is missing. Several processes may have it open; one
 * writes at a time, readers never wait.
 */
export function openSqliteReadModelStore({ file }: { readonly file: string }): SqliteReadModelStore {
  const writing = openConnection(file, 'writing');
  // NORMAL: after a loss of power the last writes may be missing, documents and checkpoint together, and are folded again
  // from the log. Pages of 8 KiB, written back every 32 MiB, were measured a quarter faster for documents above 1 KiB.
  // Building an index sorts in as much memory as the cache may take, so twice the cache was no faster, at 50 MiB more.
  const settings = `PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16384`;
  unlessUnavailable(() => writing.database.exec(settings));
  writing.transaction(() => writing.database.exec(REGISTRY));
  const reading = openConnection(file, 'reading');
  reading.database.exec('PRAGMA cache_size = -32768');
  return new SqliteReadModelStore(writing, reading);
}

/**
 * Read models in one SQLite file. Documents, checkpoint and parked events of a batch are one transaction. Each
 * collection is a view under its own name on the table of the serving generation, for any SQL tool to read. Calls run
 * in the calling thread, so a batch, an index built by `activate` and a table dropped take that thread while they last.
 */
export class SqliteReadModelStore extends ReadModelStore {
  readonly #writing: Connection;
  readonly #reading: Connection;
  /** Of generations seen; their tables never change, and their ids are never used again. */
  readonly #tables = new Map<string, ReadonlyMap<string, Table>>();

  constructor(writing: Connection, reading: Connection) {
    super();
    this.#writing = writing;
    this.#reading = reading;
  }

  override async get<Main extends Document>(collection: string, id: string): Promise<Main | undefined> {
    return this.#serving(collection, (table) => this.#placed(table, id)?.document as Main | undefined);
  }

  override async getMany<Main extends Document>(collection: string, ids: readonly string[]): Promise<readonly Main[]> {
    return this.#serving(collection, (table) =>
      ids
        .map((id) => this.#placed(table, id)?.document as Main | undefined)
        .filter((document) => document !== undefined),
    );
  }

  override async find<Main extends Document>(collection: string, find: Find): Promise<Found<Main>> {
    return this.#serving(collection, (table) => {
      checkFind(collection, table.fields, find);
      const order = orderOf(find);
      const cursor = find.after === undefined ? undefined : valuesOfCursor(find.after, order, table.fields);
      const limit = find.limit ?? Infinity;
      const documents: Main[] = [];
      for (const { sql, values } of selectPages(table, find, order, cursor)) {
        // One more than asked for tells whether more follow.
        const wanted = limit === Infinity ? -1 : limit + 1 - documents.length;
        const rows = this.#reading.statement(sql).all(...values, wanted) as unknown as SQLOutputValue[][];
        for (const row of rows) documents.push(placedFrom(table, row).document as Main);
        if (documents.length > limit) break;
      }
      if (documents.length <= limit) return { documents };
      documents.length = limit;
      return { documents, next: cursorBehind(documents.at(-1)!, order) };
    });
  }

  override async sum(collection: string, sum: Sum): Promise<readonly SumRow[]> {
    return this.#serving(collection, (table) => {
      checkSum(collection, table.fields, sum);
      const { sql, values } = selectSums(table, sum);
      const rows = this.#reading.statement(sql).all(...values) as unknown as Scalar[][];
      const kinds = sum.by.map((field) => table.fields.get(field)?.kind);
      const groupValue = (value: Scalar, index: number) =>
        kinds[index] === 'boolean' && value !== null ? value === 1 : value;
      return rows.map((row) => ({
        group: Object.fromEntries(sum.by.map((field, index) => [field, groupValue(row[index]!, index)])),
        count: row[sum.by.length] as number,
        sums: Object.fromEntries(
          (sum.of ?? []).map((field, index) => [field, row[sum.by.length + 1 + index] as number]),
        ),
      }));
    });
  }

  override async servingCheckpoint(projection: string): Promise<Position> {
    return this.#read(() => generationsOf(this.#reading, projection).serving?.checkpoint ?? BEGINNING);
  }

  override async generations(projection: string): Promise<Generations> {
    return this.#read(() => publicGenerations(this.#reading, projection));
  }

  override async requestRebuild(projection: string, at: string): Promise<void> {
    const sql = 'INSERT OR REPLACE INTO read_model_rebuild_requests VALUES (?, ?)';
    this.#write(({ statement }) => statement(sql).run(projection, at));
  }

  override async beginGeneration(
    projection: string,
    version: number,
    collections: readonly Collection[],
  ): Promise<Generation> {
    checkCollections(collections);
    return this.#write((connection) => beginGeneration(connection, projection, version, collections));
  }

  override async activate(generation: Generation, lease: Lease): Promise<void> {
    const tables = this.#write((connection) => {
      if (checkActivation(connection, generation, lease) === 'serving') return [];
      return [...tablesOf(connection, generation.id).values()];
    });
    // One by one, so that writers of other projections get in between; readers go on beside.
    for (const sql of tables.flatMap(createIndexes)) {
      this.#write((connection) => {
        checkActivation(connection, generation, lease);
        connection.database.exec(sql);
      });
      await setImmediate();
    }
    this.#write((connection) => {
      if (checkActivation(connection, generation, lease) === 'building') serveGeneration(connection, generation);
    });
    this.#write(removeDropped);
  }

  override async rollback(projection: string, lease: Lease): Promise<void> {
    this.#write((connection) => {
      checkLease(connection, lease);
      rollbackGeneration(connection, projection);
    });
  }

  override async dropGeneration(generation: Generation): Promise<void> {
    this.#write((connection) => dropGeneration(connection, generation));
  }

  override async checkpoint(generation: Generation): Promise<Position> {
    return this.#read(() => {
      const registered = generationOf(this.#reading, generation.id);
      if (!registered) throw new NotFound('generation', generation.id);
      return registered.checkpoint;
    });
  }

  override async load(
    generation: Generation,
    collection: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Placed>> {
    return this.#read(() => {
      const table = this.#tableOf(generation, collection);
      const found = new Map<string, Placed>();
      for (const id of ids) {
        const placed = this.#placed(table, id);
        if (placed) found.set(id, placed);
      }
      return found;
    });
  }

  override async *scan(generation: Generation, collection: string): AsyncIterable<readonly Placed[]> {
    let page: readonly Placed[] = [];
    do {
      const last = page.at(-1)?.document.id ?? null;
      page = this.#read(() => {
        const table = this.#tableOf(generation, collection);
        const behind = last === null ? '' : ' WHERE id > ?';
        const statement = this.#reading.statement(`${table.select}${behind} ORDER BY id LIMIT ${SCAN_PAGE}`);
        const rows = (last === null ? statement.all() : statement.all(last)) as unknown as SQLOutputValue[][];
        return rows.map((row) => placedFrom(table, row));
      });
      if (page.length > 0) yield page;
    } while (page.length === SCAN_PAGE);
  }

  override async commit(batch: Batch): Promise<void> {
    const { generation, lease, checkpoint, changes } = batch;
    this.#write((connection) => {
      checkLease(connection, lease);
      const registered = generationOf(connection, generation.id);
      if (registered?.state !== 'serving' && registered?.state !== 'building')
        throw new GenerationRetired(generation.id);
      if (checkpoint < registered.checkpoint)
        throw new CheckpointBehind(generation.id, registered.checkpoint, checkpoint);
      const tables = this.#tablesOf(generation.id, connection);
      for (const { collection, upserts, deletes } of changes) {
        const table = tables.get(collection);
        if (!table) throw new NotFound('collection', collection);
        const upsert = connection.statement(table.upsert);
        for (const { document, position } of upserts) upsert.run(...rowFrom(table, document, position));
        const remove = connection.statement(`DELETE FROM ${quoted(table.name)} WHERE id = ? AND _position <= ?`);
        for (const { id, position } of deletes) remove.run(id, position);
      }
      writeParked(connection, batch);
      const advance = connection.statement('UPDATE read_model_generations SET checkpoint = ? WHERE id = ?');
      advance.run(checkpoint, generation.id);
    });
  }

  override async acquireLease(
    name: string,
    owner: string,
    milliseconds: number,
  ): Promise<Lease | { readonly heldBy: string }> {
    return this.#write((connection) => acquireLease(connection, name, owner, milliseconds));
  }

  override async releaseLease(lease: Lease): Promise<void> {
    this.#write((connection) => releaseLease(connection, lease));
  }

  override async parked(generation: Generation): Promise<readonly ParkedEvent[]> {
    return this.#read(() => parkedOf(this.#reading, generation.id));
  }

  override async requestParked(
    generation: Generation,
    position: Position,
    request: NonNullable<ParkedEvent['request']>,
  ): Promise<void> {
    this.#write((connection) => requestParked(connection, generation.id, position, request));
  }

  override async report(report: ProjectionReport): Promise<void> {
    this.#write(({ statement }) =>
      statement('INSERT OR REPLACE INTO read_model_reports VALUES (?, ?, ?)').run(
        report.projection,
        report.owner,
        JSON.stringify(report),
      ),
    );
  }

  override async reports(): Promise<readonly ProjectionReport[]> {
    return this.#read(() => {
      const sql = 'SELECT report FROM read_model_reports ORDER BY projection, owner';
      const rows = this.#reading.statement(sql).all() as unknown as [string][];
      return rows.map(([report]) => JSON.parse(report) as ProjectionReport);
    });
  }

  override async close(): Promise<void> {
    for (const { database } of [this.#reading, this.#writing]) if (database.isOpen) database.close();
  }

  #read<Result>(work: () => Result): Result {
    return this.#reading.transaction(work);
  }

  #write<Result>(work: (connection: Connection) => Result): Result {
    return this.#writing.transaction(() => work(this.#writing));
  }

  /** Reads from the table that serves a collection; which one and what is in it are of one moment. */
  #serving<Result>(collection: string, work: (table: Table) => Result): Result {
    return this.#read(() => {
      const generation = servingGenerationOf(this.#reading, collection);
      return work(this.#tablesOf(generation, this.#reading).get(collection)!);
    });
  }

  #tableOf(generation: Generation, collection: string): Table {
    if (!generationOf(this.#reading, generation.id)) throw new NotFound('generation', generation.id);
    const table = this.#tablesOf(generation.id, this.#reading).get(collection);
    if (!table) throw new NotFound('collection', collection);
    return table;
  }

  #tablesOf(generation: string, connection: Connection): ReadonlyMap<string, Table> {
    let tables = this.#tables.get(generation);
    if (!tables) {
      tables = tablesOf(connection, generation);
      if (tables.size > 0) this.#tables.set(generation, tables);
    }
    return tables;
  }

  #placed(table: Table, id: string): Placed | undefined {
    const row = this.#reading.statement(`${table.select} WHERE id = ?`).get(id);
    return row && placedFrom(table, row as unknown as SQLOutputValue[]);
  }
}
