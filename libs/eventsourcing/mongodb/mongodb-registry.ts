import type { ClientSession, Db } from 'mongodb';
import { GenerationRetired, NotFound } from '../errors.ts';
import type { Position } from '../event.ts';
import { fieldsOf, type Field } from '../read-model-fields.ts';
import type { Collection } from '../projections/projection.ts';
import type { Generation, ParkedEvent } from '../read-model-store.ts';

/** What readers must know of a collection of one generation. */
export interface CollectionRecord {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly indexes: readonly (readonly string[])[];
}

export interface GenerationRecord extends Generation {
  /** The main collection first. */
  readonly collections: readonly CollectionRecord[];
}

/** One document per projection; which generation serves changes in one write to it. */
export interface ProjectionRecord {
  readonly _id: string;
  /** How many builds of each version were begun. */
  readonly builds?: Readonly<Record<string, number>>;
  /** When somebody asked for a rebuild that has not begun. */
  readonly rebuildRequested?: string;
  /** A build whose collections are being created. */
  readonly beginning?: GenerationRecord;
  readonly building?: GenerationRecord;
  readonly serving?: GenerationRecord;
  readonly previous?: GenerationRecord;
  /** The generation that the plain views show. */
  readonly views?: string;
}

export interface CheckpointRecord {
  /** Id of the generation. */
  readonly _id: string;
  readonly position: Position;
  /** The lease of the last write, or a later one that fences it off. */
  readonly lease?: { readonly name: string; readonly token: number };
  /** The build that is to serve in its place, for which it stands still. */
  readonly yieldsTo?: string;
}

export type ParkedRecord = ParkedEvent & { readonly _id: string; readonly generation: string };

export const projectionsOf = (database: Db) => database.collection<ProjectionRecord>('_projections');
export const checkpointsOf = (database: Db) => database.collection<CheckpointRecord>('_checkpoints');
export const parkedOf = (database: Db) => database.collection<ParkedRecord>('_parked');

export function recordOf(generation: Generation, collections: readonly Collection[]): GenerationRecord {
  return {
    ...generation,
    collections: collections.map((collection) => ({
      name: collection.name,
      fields: [...fieldsOf(collection).values()],
      indexes: collection.indexes,
    })),
  };
}

export function generationOf({ id, projection, version }: GenerationRecord): Generation {
  return { id, projection, version };
}

/** A generation that is kept, whether it serves or not; throws `NotFound` where it was dropped or never was. */
export async function findGeneration(database: Db, generation: Generation): Promise<GenerationRecord> {
  const projection = await projectionsOf(database).findOne({ _id: generation.projection });
  const kept = [projection?.serving, projection?.building, projection?.previous];
  const record = kept.find((each) => each?.id === generation.id);
  if (!record) throw new NotFound('generation', generation.id);
  return record;
}

/** A generation that may be written: it serves or is being built. Throws `GenerationRetired` where it is neither. */
export async function findWritable(
  database: Db,
  generation: Generation,
  session?: ClientSession,
): Promise<{ readonly record: GenerationRecord; readonly serves: boolean }> {
  const projection = await projectionsOf(database).findOne({ _id: generation.projection }, inSession(session));
  const { serving, building } = projection ?? {};
  if (serving?.id === generation.id) return { record: serving, serves: true };
  if (building?.id === generation.id) return { record: building, serves: false };
  throw new GenerationRetired(generation.id);
}

/** An operation's options that make it part of a transaction, where there is one. */
export function inSession(session: ClientSession | undefined): { session?: ClientSession } {
  return session ? { session } : {};
}

/** The generation that serves a published collection at this moment. */
export async function findServing(
  database: Db,
  collection: string,
): Promise<{ readonly generation: GenerationRecord; readonly fields: ReadonlyMap<string, Field> }> {
  const projection = await projectionsOf(database).findOne({ 'serving.collections.name': collection });
  const record = projection?.serving?.collections.find(({ name }) => name === collection);
  if (!projection?.serving || !record) throw new NotFound('collection', collection);
  return { generation: projection.serving, fields: new Map(record.fields.map((field) => [field.name, field])) };
}

/** How far a generation is; throws `NotFound` where there is no such generation. */
export async function checkpointOf(database: Db, generation: Generation, session?: ClientSession): Promise<Position> {
  return (await findCheckpoint(database, generation, session)).position;
}

/** The checkpoint of a generation; throws `NotFound` where there is no such generation. */
export async function findCheckpoint(
  database: Db,
  generation: Generation,
  session?: ClientSession,
): Promise<CheckpointRecord> {
  const checkpoint = await checkpointsOf(database).findOne({ _id: generation.id }, inSession(session));
  if (!checkpoint) throw new NotFound('generation', generation.id);
  return checkpoint;
}
