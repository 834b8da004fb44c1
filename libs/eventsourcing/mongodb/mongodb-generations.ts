import type { Db, IndexDescription } from 'mongodb';
import { GenerationBehind, GenerationRetired, NotFound, RuleViolation } from '../errors.ts';
import { BEGINNING } from '../event.ts';
import type { Collection } from '../projections/projection.ts';
import { checkCollections } from '../read-model-fields.ts';
import type { Generation, Generations, Lease } from '../read-model-store.ts';
import { documentsOf, storedNameOf } from './mongodb-documents.ts';
import { checkLease } from './mongodb-leases.ts';
import { storedFieldOf } from './mongodb-queries.ts';
import {
  checkpointOf,
  checkpointsOf,
  findWritable,
  generationOf,
  parkedOf,
  projectionsOf,
  recordOf,
  type GenerationRecord,
} from './mongodb-registry.ts';
import { validatorOf } from './mongodb-validator.ts';
import { pointViews } from './mongodb-views.ts';

export async function generationsOf(database: Db, projection: string): Promise<Generations> {
  const record = await projectionsOf(database).findOne({ _id: projection });
  if (!record) return {};
  const { serving, building, previous, rebuildRequested, views } = record;
  // A swap that was cut off after its one decisive write is completed here.
  if (serving && views !== serving.id) await pointViews(database, record);
  return {
    ...(serving && { serving: generationOf(serving) }),
    ...(building && { building: generationOf(building) }),
    ...(previous && { previous: generationOf(previous) }),
    ...(rebuildRequested !== undefined && { rebuildRequested }),
  };
}

export async function requestRebuild(database: Db, projection: string, at: string): Promise<void> {
  const rebuildRequested = { $set: { rebuildRequested: at } };
  await projectionsOf(database).updateOne({ _id: projection }, rebuildRequested, { upsert: true });
}

export async function beginGeneration(
  database: Db,
  projection: string,
  version: number,
  collections: readonly Collection[],
): Promise<Generation> {
  checkCollections(collections);
  await refuseTaken(database, projection, collections);
  const projections = projectionsOf(database);
  const counted = await projections.findOneAndUpdate(
    { _id: projection },
    { $inc: { [`builds.${version}`]: 1 } },
    { upsert: true, returnDocument: 'after' },
  );
  const generation = { id: `${projection}@${version}.${counted?.builds?.[version]}`, projection, version };
  const record = recordOf(generation, collections);
  await projections.updateOne({ _id: projection }, { $set: { beginning: record } });
  for (const collection of collections)
    await database.createCollection(storedNameOf(generation, collection.name), { validator: validatorOf(collection) });
  await checkpointsOf(database).insertOne({ _id: generation.id, position: BEGINNING });
  const before = await projections.findOneAndUpdate({ _id: projection, 'beginning.id': generation.id }, [
    { $set: { building: '$beginning' } },
    { $unset: ['beginning', 'rebuildRequested'] },
  ]);
  if (!before) {
    await removeGeneration(database, record);
    throw new GenerationRetired(generation.id);
  }
  if (before.building) await removeGeneration(database, before.building);
  await sweep(database, [record, before.serving, before.previous], collections);
  return generation;
}

async function refuseTaken(database: Db, projection: string, collections: readonly Collection[]): Promise<void> {
  for (const { name } of collections) {
    const holders = ['serving', 'building', 'beginning', 'previous'].map((state) => ({
      [`${state}.collections.name`]: name,
    }));
    const other = await projectionsOf(database).findOne({ _id: { $ne: projection }, $or: holders });
    if (other) throw new RuleViolation('collection_taken', `${name} is a collection of ${other._id}.`, name);
  }
}

/** Removes what a process that ended in the middle of a build, or wrote to a dropped one, has left. */
async function sweep(
  database: Db,
  kept: readonly (GenerationRecord | undefined)[],
  collections: readonly Collection[],
): Promise<void> {
  const keptNames = kept.flatMap((record) => record?.collections.map(({ name }) => storedNameOf(record, name)) ?? []);
  for (const { name: published } of collections) {
    const found = await database.listCollections({ name: new RegExp(`^${published}@`) }, { nameOnly: true }).toArray();
    for (const { name } of found) if (!keptNames.includes(name)) await database.dropCollection(name);
  }
}

export async function activate(database: Db, generation: Generation, lease: Lease): Promise<void> {
  await checkLease(database, lease);
  const { record, serves } = await findWritable(database, generation);
  if (!serves) await swap(database, record, lease);
  const projection = await projectionsOf(database).findOne({ _id: generation.projection });
  if (projection?.serving?.id === generation.id) await pointViews(database, projection);
}

async function swap(database: Db, record: GenerationRecord, lease: Lease): Promise<void> {
  for (const { name, indexes } of record.collections) {
    const wanted = indexes.map(indexOf).filter(({ key }) => Object.keys(key).join() !== '_id');
    if (wanted.length > 0) await documentsOf(database, record, name).createIndexes(wanted);
  }
  // Indexes may have taken long enough for somebody else to have come.
  await checkLease(database, lease);
  const served = (await projectionsOf(database).findOne({ _id: record.projection }))?.serving;
  if (served) {
    // What serves stands still from here on, or readers could see it go ahead of what is to follow.
    const position = { $lte: await checkpointOf(database, record) };
    const { matchedCount } = await checkpointsOf(database).updateOne(
      { _id: served.id, position },
      { $set: { yieldsTo: record.id } },
    );
    if (matchedCount === 0) throw new GenerationBehind(record.id);
  }
  if (await completeSwap(database, record)) return;
  const after = await projectionsOf(database).findOne({ _id: record.projection });
  if (after?.serving?.id !== record.id) throw new GenerationRetired(record.id);
}

async function completeSwap(database: Db, { id, projection }: Pick<Generation, 'id' | 'projection'>): Promise<boolean> {
  const before = await projectionsOf(database).findOneAndUpdate({ _id: projection, 'building.id': id }, [
    { $set: { previous: '$serving', serving: '$building' } },
    { $unset: 'building' },
  ]);
  if (before?.previous) await removeGeneration(database, before.previous);
  return before !== null;
}

/**
 * Ends the standing still of a generation: completes its swap, for who began it may be gone, or lets it go on where it is
 * the build that is gone.
 */
export async function settleSwap(database: Db, { id, projection }: Generation, yieldsTo: string): Promise<void> {
  if (await completeSwap(database, { id: yieldsTo, projection })) return;
  await goOn(database, id, yieldsTo);
}

async function goOn(database: Db, id: string, yieldsTo: string): Promise<void> {
  await checkpointsOf(database).updateOne({ _id: id, yieldsTo }, { $unset: { yieldsTo: '' } });
}

/** The id at the end makes the order of a find's pages that of the index. */
function indexOf(fields: readonly string[]): IndexDescription {
  return { key: Object.fromEntries([...fields.map(storedFieldOf), '_id'].map((field) => [field, 1])) };
}

export async function rollback(database: Db, projection: string, lease: Lease): Promise<void> {
  await checkLease(database, lease);
  const after = await projectionsOf(database).findOneAndUpdate(
    { _id: projection, previous: { $exists: true } },
    [{ $set: { previous: '$serving', serving: '$previous' } }],
    { returnDocument: 'after' },
  );
  if (!after) throw new NotFound('previous generation of', projection);
  await goOn(database, after.serving!.id, after.previous!.id);
  await pointViews(database, after);
}

export async function dropGeneration(database: Db, generation: Generation): Promise<void> {
  const projection = await projectionsOf(database).findOne({ _id: generation.projection });
  if (projection?.serving?.id === generation.id)
    throw new RuleViolation('generation_serving', `${generation.id} serves and cannot be dropped.`);
  for (const state of ['building', 'previous'] as const) {
    const record = projection?.[state];
    if (record?.id !== generation.id) continue;
    await projectionsOf(database).updateOne(
      { _id: generation.projection, [`${state}.id`]: generation.id },
      { $unset: { [state]: '' } },
    );
    await removeGeneration(database, record);
  }
}

/** The checkpoint goes first: from there on no write to the generation can succeed. */
async function removeGeneration(database: Db, record: GenerationRecord): Promise<void> {
  await checkpointsOf(database).deleteOne({ _id: record.id });
  await parkedOf(database).deleteMany({ generation: record.id });
  for (const { name } of record.collections) await database.dropCollection(storedNameOf(record, name));
}
