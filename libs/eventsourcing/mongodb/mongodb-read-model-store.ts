import {
  MongoClient,
  ReadConcern,
  WriteConcern,
  type ClientSession,
  type Db,
  type DbOptions,
  type TransactionOptions,
} from 'mongodb';
import { NotFound } from '../errors.ts';
import { BEGINNING, type Position } from '../event.ts';
import type { Collection, Document } from '../projections/projection.ts';
import { checkFind, checkSum } from '../read-model-fields.ts';
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
  type Sum,
  type SumRow,
} from '../read-model-store.ts';
import { documentsOf, living, toPlaced } from './mongodb-documents.ts';
import { reaching } from './mongodb-errors.ts';
import {
  activate,
  beginGeneration,
  dropGeneration,
  generationsOf,
  requestRebuild,
  rollback,
} from './mongodb-generations.ts';
import { acquireLease, releaseLease } from './mongodb-leases.ts';
import { foundOf, pageQueryOf, sumPipelineOf, sumRowsOf } from './mongodb-queries.ts';
import { checkpointOf, findGeneration, findServing, parkedOf, projectionsOf } from './mongodb-registry.ts';
import { writeBatch } from './mongodb-writes.ts';

const SCAN_PAGE = 1000;
const DEFAULT_DATABASE = 'dealtrail';
/** How long a query may take on the server, and how long a deployment may be away before a call fails, in ms. */
const LONGEST_QUERY = 30_000;
const LONGEST_ABSENCE = 3_000;

// A runner that has seen a write succeed never does it again, so what succeeded must outlive the server's process. A
// server by itself does not wait for its journal where a majority is asked for.
const ON_ONE_SERVER: DbOptions = { writeConcern: new WriteConcern(1, undefined, true) };
const ON_A_CLUSTER: DbOptions = {
  writeConcern: new WriteConcern('majority', undefined, true),
  readConcern: new ReadConcern('majority'),
};
const TRANSACTION: TransactionOptions = { ...ON_A_CLUSTER, readConcern: new ReadConcern('snapshot') };

/** Kept with each report to find it again; no part of it. */
type StoredReport = ProjectionReport & { readonly _id: string };

/**
 * Opens the read models in the database that the URL's path names, `dealtrail` where it names none. Throws
 * `StoreUnavailable` where there is no MongoDB, as does every later call while it is away; the connection mends itself.
 */
export async function openMongoDbReadModelStore({ url }: { readonly url: string }): Promise<ReadModelStore> {
  const client = new MongoClient(url, {
    appName: 'dealtrail',
    ignoreUndefined: true,
    serverSelectionTimeoutMS: LONGEST_ABSENCE,
    connectTimeoutMS: LONGEST_ABSENCE,
    heartbeatFrequencyMS: LONGEST_ABSENCE,
  });
  try {
    const named = /^[^/]+:\/\/[^/]*\/([^?]+)/.exec(url)?.[1];
    const name = named === undefined ? DEFAULT_DATABASE : decodeURIComponent(named);
    const hello = await reaching(() => client.db(name).command({ hello: 1 }));
    const clustered = typeof hello['setName'] === 'string' || hello['msg'] === 'isdbgrid';
    const database = client.db(name, clustered ? ON_A_CLUSTER : ON_ONE_SERVER);
    await reaching(() => parkedOf(database).createIndex({ generation: 1, position: 1 }));
    return new MongoDbReadModelStore(client, database, clustered);
  } catch (error) {
    await client.close();
    throw error;
  }
}

/**
 * Read models in MongoDB: one collection per generation, `board@3.2`, behind a plain view, `board`, for any other
 * reader. Every collection refuses documents that do not follow its published schema. A deleted document leaves its id
 * and position behind until the next build, so that a write that was held up cannot bring it back.
 *
 * On a replica set or sharded cluster a batch is one transaction. On a single server without one:
 * - a reader may see a detail before its main document, or one document of a batch before another, for as long as the
 *   write takes; and until it is done again, where it was cut off. Each document is whole and consistent by itself;
 * - documents appear before their checkpoint, so around a swap a reader may see an older document than just before;
 * - a holder that lost its lease during a write may still have written documents. They contain the same events the new
 *   holder folds into them, never older ones over newer ones; the checkpoint moves by the new holder's hand alone.
 *
 * In both, a find and its next page are two queries: between them documents may change, and a swap may come.
 * Numbers are doubles or whole numbers up to 2^53; a sum beyond that is not exact.
 */
class MongoDbReadModelStore extends ReadModelStore {
  readonly #client: MongoClient;
  readonly #database: Db;
  readonly #transactions: boolean;

  constructor(client: MongoClient, database: Db, transactions: boolean) {
    super();
    this.#client = client;
    this.#database = database;
    this.#transactions = transactions;
  }

  override get<Main extends Document>(collection: string, id: string): Promise<Main | undefined> {
    return this.getMany<Main>(collection, [id]).then(([document]) => document);
  }

  override getMany<Main extends Document>(collection: string, ids: readonly string[]): Promise<readonly Main[]> {
    return reaching(async () => {
      const { generation } = await findServing(this.#database, collection);
      const found = await this.#load(generation, collection, ids);
      return ids.flatMap((id) => (found.get(id)?.document as Main | undefined) ?? []);
    });
  }

  override find<Main extends Document>(collection: string, find: Find): Promise<Found<Main>> {
    return reaching(async () => {
      const { generation, fields } = await findServing(this.#database, collection);
      checkFind(collection, fields, find);
      const { filter, sort, limit } = pageQueryOf(fields, find);
      const options = { sort, limit, ...(limit > 0 && { batchSize: limit }), maxTimeMS: LONGEST_QUERY };
      const stored = await documentsOf(this.#database, generation, collection).find(filter, options).toArray();
      return foundOf(
        find,
        stored.map((each) => toPlaced(each).document as Main),
      );
    });
  }

  override sum(collection: string, sum: Sum): Promise<readonly SumRow[]> {
    return reaching(async () => {
      const { generation, fields } = await findServing(this.#database, collection);
      checkSum(collection, fields, sum);
      const rows = documentsOf(this.#database, generation, collection).aggregate(sumPipelineOf(fields, sum), {
        maxTimeMS: LONGEST_QUERY,
      });
      return sumRowsOf(sum, await rows.toArray());
    });
  }

  override servingCheckpoint(projection: string): Promise<Position> {
    return reaching(async () => {
      const record = await projectionsOf(this.#database).findOne({ _id: projection });
      return record?.serving ? checkpointOf(this.#database, record.serving) : BEGINNING;
    });
  }

  override generations(projection: string): Promise<Generations> {
    return reaching(() => generationsOf(this.#database, projection));
  }

  override requestRebuild(projection: string, at: string): Promise<void> {
    return reaching(() => requestRebuild(this.#database, projection, at));
  }

  override beginGeneration(
    projection: string,
    version: number,
    collections: readonly Collection[],
  ): Promise<Generation> {
    return reaching(() => beginGeneration(this.#database, projection, version, collections));
  }

  override activate(generation: Generation, lease: Lease): Promise<void> {
    return reaching(() => activate(this.#database, generation, lease));
  }

  override rollback(projection: string, lease: Lease): Promise<void> {
    return reaching(() => rollback(this.#database, projection, lease));
  }

  override dropGeneration(generation: Generation): Promise<void> {
    return reaching(() => dropGeneration(this.#database, generation));
  }

  override checkpoint(generation: Generation): Promise<Position> {
    return reaching(() => checkpointOf(this.#database, generation));
  }

  override load(
    generation: Generation,
    collection: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Placed>> {
    return reaching(async () => {
      await this.#checkCollection(generation, collection);
      return this.#load(generation, collection, ids);
    });
  }

  override async *scan(generation: Generation, collection: string): AsyncIterable<readonly Placed[]> {
    await reaching(() => this.#checkCollection(generation, collection));
    const documents = documentsOf(this.#database, generation, collection);
    const options = { sort: { _id: 1 }, limit: SCAN_PAGE, batchSize: SCAN_PAGE } as const;
    let filter: object = living;
    while (true) {
      const page = await reaching(() => documents.find(filter, options).toArray());
      if (page.length > 0) yield page.map(toPlaced);
      if (page.length < SCAN_PAGE) return;
      filter = { _id: { $gt: page.at(-1)!._id }, ...living };
    }
  }

  override commit(batch: Batch): Promise<void> {
    return reaching(() =>
      this.#transactions
        ? this.#client.withSession((session) => session.withTransaction(() => this.#write(batch, session), TRANSACTION))
        : this.#write(batch),
    );
  }

  override acquireLease(
    name: string,
    owner: string,
    milliseconds: number,
  ): Promise<Lease | { readonly heldBy: string }> {
    return reaching(() => acquireLease(this.#database, name, owner, milliseconds));
  }

  override releaseLease(lease: Lease): Promise<void> {
    return reaching(() => releaseLease(this.#database, lease));
  }

  override parked(generation: Generation): Promise<readonly ParkedEvent[]> {
    return reaching(() =>
      parkedOf(this.#database)
        .find({ generation: generation.id }, { sort: { position: 1 }, projection: { _id: 0, generation: 0 } })
        .toArray(),
    );
  }

  override requestParked(
    generation: Generation,
    position: Position,
    request: NonNullable<ParkedEvent['request']>,
  ): Promise<void> {
    return reaching(async () => {
      const here = { generation: generation.id, position };
      const { matchedCount } = await parkedOf(this.#database).updateOne(here, { $set: { request } });
      if (matchedCount === 0) throw new NotFound('parked event', position);
    });
  }

  override report(report: ProjectionReport): Promise<void> {
    const _id = `${report.projection}/${report.owner}`;
    return reaching(async () => {
      await this.#reports().replaceOne({ _id }, report, { upsert: true });
    });
  }

  override reports(): Promise<readonly ProjectionReport[]> {
    const sort = { projection: 1, owner: 1 } as const;
    return reaching(() =>
      this.#reports()
        .find({}, { sort, projection: { _id: 0 } })
        .toArray(),
    );
  }

  override async close(): Promise<void> {
    await this.#client.close();
  }

  #reports() {
    return this.#database.collection<StoredReport>('_reports');
  }

  #write(batch: Batch, session?: ClientSession): Promise<void> {
    return writeBatch(this.#database, batch, session);
  }

  async #checkCollection(generation: Generation, collection: string): Promise<void> {
    const record = await findGeneration(this.#database, generation);
    if (!record.collections.some(({ name }) => name === collection)) throw new NotFound('collection', collection);
  }

  async #load(
    generation: Generation,
    collection: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Placed>> {
    if (ids.length === 0) return new Map();
    const documents = documentsOf(this.#database, generation, collection);
    const found = documents.find({ _id: { $in: ids }, ...living }, { batchSize: ids.length, maxTimeMS: LONGEST_QUERY });
    return new Map((await found.toArray()).map((stored) => [stored._id, toPlaced(stored)]));
  }
}
