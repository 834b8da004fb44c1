import type { Db } from 'mongodb';
import { DELETED, living, POSITION, storedNameOf } from './mongodb-documents.ts';
import { isServerError } from './mongodb-errors.ts';
import { projectionsOf, type ProjectionRecord } from './mongodb-registry.ts';

const NAMESPACE_EXISTS = 48;
const COMMAND_NOT_FOUND = 59;

/**
 * Points the plain views, one per published collection, at the generation that serves, and removes those of
 * collections it has not. Each view changes from one moment to the next, but not all of them at the same one.
 */
export async function pointViews(database: Db, projection: ProjectionRecord): Promise<void> {
  const { serving, previous } = projection;
  if (!serving) return;
  for (const { name } of serving.collections) await pointView(database, name, storedNameOf(serving, name));
  for (const { name } of previous?.collections ?? [])
    if (!serving.collections.some((collection) => collection.name === name)) await database.dropCollection(name);
  await projectionsOf(database).updateOne(
    { _id: projection._id, 'serving.id': serving.id },
    { $set: { views: serving.id } },
  );
}

async function pointView(database: Db, name: string, viewOn: string): Promise<void> {
  const pipeline = [{ $match: living }, { $unset: [POSITION, DELETED] }];
  try {
    await database.createCollection(name, { viewOn, pipeline });
  } catch (error) {
    if (!isServerError(error, NAMESPACE_EXISTS)) throw error;
    try {
      await database.command({ collMod: name, viewOn, pipeline });
    } catch (refused) {
      // MongoDB's embedded engine has no collMod: there the view is away for a moment.
      if (!isServerError(refused, COMMAND_NOT_FOUND)) throw refused;
      await database.dropCollection(name);
      await database.createCollection(name, { viewOn, pipeline });
    }
  }
}
