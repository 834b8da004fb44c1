import { GenerationBehind, GenerationRetired, NotFound, RuleViolation } from '../errors.ts';
import { BEGINNING } from '../event.ts';
import type { Collection } from '../projections/projection.ts';
import type { Generation, Lease } from '../read-model-store.ts';
import type { Connection } from './read-model-connection.ts';
import { checkLease } from './read-model-leases.ts';
import { generationOf, generationsOf, setState, tablesOf } from './read-model-registry.ts';
import { createTable, createView, quoted, tableOf } from './read-model-table.ts';

/** Each of these runs inside a transaction of the caller. */
export function beginGeneration(
  connection: Connection,
  projection: string,
  version: number,
  collections: readonly Collection[],
): Generation {
  const { statement, database } = connection;
  for (const { name } of collections) checkFree(connection, projection, name);
  const unfinished = generationsOf(connection, projection).building;
  if (unfinished) setState(connection, unfinished.id, 'dropped');
  removeDropped(connection);
  const [build] = statement(
    `INSERT INTO read_model_builds VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last`,
  ).get(projection, version) as unknown as [number];
  const id = `${projection}@${version}.${build}`;
  statement(`INSERT INTO read_model_generations VALUES (?, ?, ?, 'building', ?)`).run(
    id,
    projection,
    version,
    BEGINNING,
  );
  for (const collection of collections) {
    const table = tableOf(`${collection.name}@${version}.${build}`, collection);
    database.exec(createTable(table));
    statement('INSERT INTO read_model_collections VALUES (?, ?, ?, ?)').run(
      collection.name,
      id,
      table.name,
      JSON.stringify(collection),
    );
  }
  statement('DELETE FROM read_model_rebuild_requests WHERE projection = ?').run(projection);
  return { id, projection, version };
}

/** The state of a generation that may be activated or serves already; throws for any other, and for a lost lease. */
export function checkActivation(
  connection: Connection,
  { id, projection }: Generation,
  lease: Lease,
): 'serving' | 'building' {
  checkLease(connection, lease);
  const generation = generationOf(connection, id);
  if (generation?.state === 'serving') return 'serving';
  if (generation?.state !== 'building') throw new GenerationRetired(id);
  const { serving } = generationsOf(connection, projection);
  if (serving && generation.checkpoint < serving.checkpoint) throw new GenerationBehind(id);
  return 'building';
}

/** Makes a generation the serving one; the one that served becomes the previous one, the one before that is dropped. */
export function serveGeneration(connection: Connection, { id, projection }: Generation): void {
  const { serving, previous } = generationsOf(connection, projection);
  if (previous) setState(connection, previous.id, 'dropped');
  if (serving) {
    setState(connection, serving.id, 'previous');
    for (const name of tablesOf(connection, serving.id).keys()) connection.database.exec(`DROP VIEW ${quoted(name)}`);
  }
  setState(connection, id, 'serving');
  for (const table of tablesOf(connection, id).values()) connection.database.exec(createView(table));
}

export function rollbackGeneration(connection: Connection, projection: string): void {
  const { serving, previous } = generationsOf(connection, projection);
  if (!serving || !previous) throw new NotFound('previous generation', projection);
  serveGeneration(connection, previous);
}

export function dropGeneration(connection: Connection, { id }: Generation): void {
  const state = generationOf(connection, id)?.state;
  if (state === 'serving') throw new RuleViolation('generation_serving', `${id} serves queries now.`);
  if (state) setState(connection, id, 'dropped');
  removeDropped(connection);
}

/** Takes the tables of dropped generations away, with everything else that belongs to them. */
export function removeDropped(connection: Connection): void {
  const { statement, database } = connection;
  const dropped = statement(`SELECT id FROM read_model_generations WHERE state = 'dropped'`).all();
  for (const [id] of dropped as unknown as [string][]) {
    for (const { name } of tablesOf(connection, id).values()) database.exec(`DROP TABLE ${quoted(name)}`);
    statement('DELETE FROM read_model_collections WHERE generation = ?').run(id);
    statement('DELETE FROM read_model_parked WHERE generation = ?').run(id);
    statement('DELETE FROM read_model_generations WHERE id = ?').run(id);
  }
}

function checkFree({ statement }: Connection, projection: string, name: string): void {
  if (/^(read_model|sqlite)_/i.test(name))
    throw new RuleViolation('invalid_name', `${name} is a name this store uses itself.`, name);
  const taken = statement(
    `SELECT generation.projection FROM read_model_collections collection
     JOIN read_model_generations generation ON generation.id = collection.generation
     WHERE collection.name = ? AND generation.projection <> ?`,
  ).get(name, projection) as unknown as [string] | undefined;
  if (taken) throw new RuleViolation('collection_taken', `${name} is a read model of ${taken[0]} already.`, name);
}
