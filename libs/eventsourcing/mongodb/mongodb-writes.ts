import { MongoBulkWriteError, type AnyBulkWriteOperation, type ClientSession, type Db } from 'mongodb';
import { CheckpointBehind, GenerationRetired, LeaseLost, NotFound } from '../errors.ts';
import type { Batch, CollectionChange, Generation } from '../read-model-store.ts';
import { DELETED, documentsOf, POSITION, toStored, type StoredDocument } from './mongodb-documents.ts';
import { duplicatesIn } from './mongodb-errors.ts';
import { settleSwap } from './mongodb-generations.ts';
import { checkLease } from './mongodb-leases.ts';
import {
  checkpointOf,
  checkpointsOf,
  findCheckpoint,
  findWritable,
  inSession,
  parkedOf,
  type ParkedRecord,
} from './mongodb-registry.ts';

/** Below this many documents, asking first which are there already costs more than it saves. */
const WORTH_LOOKING = 20;

/**
 * Writes a batch in an order in which being cut off anywhere does no harm: what is parked, details, main documents,
 * what is no longer parked, and the checkpoint. With a session in a transaction, all of it at once.
 */
export async function writeBatch(database: Db, batch: Batch, session?: ClientSession): Promise<void> {
  const { generation, changes, park = [], unpark = [] } = batch;
  const { record } = await findWritable(database, generation, session);
  const names = record.collections.map(({ name }) => name);
  for (const { collection } of changes) if (!names.includes(collection)) throw new NotFound('collection', collection);
  await checkLease(database, batch.lease, session);
  const position = await checkpointOf(database, generation, session);
  if (batch.checkpoint < position) throw new CheckpointBehind(generation.id, position, batch.checkpoint);

  await writeParked(
    database,
    park.map((event) => ({ ...event, ...parkedKey(generation, event) })),
    session,
  );
  const detailsFirst = changes.toSorted(
    (one, other) => names.indexOf(other.collection) - names.indexOf(one.collection),
  );
  for (const change of detailsFirst) await writeDocuments(database, generation, change, session);
  if (unpark.length > 0) {
    const ids = unpark.map((event) => parkedKey(generation, event)._id);
    await parkedOf(database).deleteMany({ _id: { $in: ids } }, inSession(session));
  }
  await writeCheckpoint(database, batch, session);
}

function parkedKey(generation: Generation, { position, key }: { position: string; key: string }) {
  return { _id: `${generation.id}/${position}/${key}`, generation: generation.id };
}

async function writeParked(database: Db, parked: readonly ParkedRecord[], session?: ClientSession): Promise<void> {
  if (parked.length === 0) return;
  await parkedOf(database).bulkWrite(
    parked.map((record) => ({ replaceOne: { filter: { _id: record._id }, replacement: record, upsert: true } })),
    inSession(session),
  );
}

async function writeDocuments(
  database: Db,
  generation: Generation,
  { collection, upserts, deletes }: CollectionChange,
  session?: ClientSession,
): Promise<void> {
  const documents: StoredDocument[] = [
    ...upserts.map(({ document, position }) => toStored(document, position)),
    ...deletes.map(({ id, position }) => ({ _id: id, [POSITION]: position, [DELETED]: true as const })),
  ];
  if (documents.length === 0) return;
  const target = documentsOf(database, generation, collection);
  const write = async (operations: AnyBulkWriteOperation<StoredDocument>[]) => {
    try {
      await target.bulkWrite(operations, { ordered: false, ...inSession(session) });
    } catch (error) {
      throw refusalOf(error, collection, documents);
    }
  };

  if (documents.length < WORTH_LOOKING) return write(documents.map(replaceOlder));
  const ids = documents.map(({ _id }) => _id);
  const known = target.find(
    { _id: { $in: ids } },
    { projection: { _id: 1 }, batchSize: ids.length, ...inSession(session) },
  );
  const there = new Set((await known.toArray()).map(({ _id }) => _id));
  try {
    await target.bulkWrite(
      documents.map((document) => (there.has(document._id) ? replaceOlder(document) : { insertOne: { document } })),
      { ordered: false, ...inSession(session) },
    );
  } catch (error) {
    // Somebody else inserted it since: which of the two is newer is for the guarded write to say.
    const inserted = session ? undefined : duplicatesIn(error);
    if (!inserted) throw refusalOf(error, collection, documents);
    await write(inserted.map((index) => replaceOlder(documents[index]!)));
  }
}

/**
 * Writes a document unless one of a later position is there. The position is compared within the write, and the filter
 * is the id alone: that makes MongoDB itself do an upsert again which lost a race, and takes its quickest path.
 */
function replaceOlder(document: StoredDocument): AnyBulkWriteOperation<StoredDocument> {
  const newerIsThere = { $gt: [`$${POSITION}`, { $literal: document[POSITION] }] };
  return {
    updateOne: {
      filter: { _id: document._id },
      update: [{ $replaceWith: { $cond: [newerIsThere, '$$ROOT', { $literal: document }] } }],
      upsert: true,
    },
  };
}

/** Names the document where the database refused one, for the driver's own message does not. */
function refusalOf(error: unknown, collection: string, documents: readonly StoredDocument[]): unknown {
  if (!(error instanceof MongoBulkWriteError)) return error;
  const [first] = [error.writeErrors].flat();
  if (!first) return error;
  const id = documents[first.index]?._id;
  return new Error(`MongoDB refused ${JSON.stringify(id)} of ${collection}: ${first.errmsg}`, { cause: error });
}

/** Moves the checkpoint forward, in one write that looks at the lease's token as well. */
async function writeCheckpoint(database: Db, batch: Batch, session?: ClientSession): Promise<void> {
  const { generation, lease, checkpoint } = batch;
  const mine = [{ 'lease.name': { $ne: lease.name } }, { 'lease.token': { $lte: lease.token } }];
  const { matchedCount } = await checkpointsOf(database).updateOne(
    { _id: generation.id, position: { $lte: checkpoint }, yieldsTo: { $exists: false }, $or: mine },
    { $set: { position: checkpoint, lease: { name: lease.name, token: lease.token } } },
    inSession(session),
  );
  if (matchedCount > 0) return;
  const { position, yieldsTo } = await findCheckpoint(database, generation, session);
  if (yieldsTo !== undefined) {
    await settleSwap(database, generation, yieldsTo);
    throw new GenerationRetired(generation.id);
  }
  if (checkpoint < position) throw new CheckpointBehind(generation.id, position, checkpoint);
  throw new LeaseLost(lease.name);
}
