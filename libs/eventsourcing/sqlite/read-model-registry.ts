import { NotFound } from '../errors.ts';
import type { Position } from '../event.ts';
import type { Collection } from '../projections/projection.ts';
import type { Generation, Generations } from '../read-model-store.ts';
import type { Connection } from './read-model-connection.ts';
import { tableOf, type Table } from './read-model-table.ts';

/** What the store keeps beside the documents. A generation that is `dropped` waits for its tables to go. */
export const REGISTRY = `
  CREATE TABLE IF NOT EXISTS read_model_generations (
    id TEXT PRIMARY KEY NOT NULL,
    projection TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('building', 'serving', 'previous', 'dropped')),
    checkpoint TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS read_model_generation_states
    ON read_model_generations (projection, state) WHERE state <> 'dropped';
  CREATE TABLE IF NOT EXISTS read_model_builds (
    projection TEXT NOT NULL,
    version INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (projection, version)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS read_model_rebuild_requests (
    projection TEXT PRIMARY KEY NOT NULL,
    requested_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS read_model_collections (
    name TEXT NOT NULL COLLATE NOCASE,
    generation TEXT NOT NULL,
    table_name TEXT NOT NULL,
    definition TEXT NOT NULL,
    PRIMARY KEY (name, generation)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS read_model_leases (
    name TEXT PRIMARY KEY NOT NULL,
    owner TEXT,
    token INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS read_model_parked (
    generation TEXT NOT NULL,
    position TEXT NOT NULL,
    key TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (generation, position, key)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS read_model_reports (
    projection TEXT NOT NULL,
    owner TEXT NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (projection, owner)
  ) STRICT;
`;

export type GenerationState = 'building' | 'serving' | 'previous' | 'dropped';

export interface RegisteredGeneration extends Generation {
  readonly state: GenerationState;
  readonly checkpoint: Position;
}

const COLUMNS = 'id, projection, version, state, checkpoint';

export function generationOf(connection: Connection, id: string): RegisteredGeneration | undefined {
  const row = connection.statement(`SELECT ${COLUMNS} FROM read_model_generations WHERE id = ?`).get(id);
  return row && registered(row as unknown as readonly unknown[]);
}

/** The generations of a projection by state. */
export function generationsOf(
  connection: Connection,
  projection: string,
): Partial<Record<GenerationState, RegisteredGeneration>> {
  const sql = `SELECT ${COLUMNS} FROM read_model_generations WHERE projection = ? AND state <> 'dropped'`;
  const rows = connection.statement(sql).all(projection) as unknown as (readonly unknown[])[];
  return Object.fromEntries(rows.map(registered).map((generation) => [generation.state, generation]));
}

/** The same as the port gives it out, with the rebuild that is asked for. */
export function publicGenerations(connection: Connection, name: string): Generations {
  const generations = Object.values(generationsOf(connection, name));
  const byState = generations.map(({ id, projection, version, state }) => [state, { id, projection, version }]);
  const request = connection
    .statement('SELECT requested_at FROM read_model_rebuild_requests WHERE projection = ?')
    .get(name) as unknown as [string] | undefined;
  return { ...Object.fromEntries(byState), ...(request && { rebuildRequested: request[0] }) };
}

function registered(row: readonly unknown[]): RegisteredGeneration {
  const [id, projection, version, state, checkpoint] = row as [string, string, number, GenerationState, string];
  return { id, projection, version, state, checkpoint };
}

export function setState(connection: Connection, id: string, state: GenerationState): void {
  connection.statement('UPDATE read_model_generations SET state = ? WHERE id = ?').run(state, id);
}

/** The id of the generation that serves a collection; throws `NotFound` where none does. */
export function servingGenerationOf(connection: Connection, collection: string): string {
  const row = connection
    .statement(
      `SELECT collection.generation FROM read_model_collections collection
       JOIN read_model_generations generation ON generation.id = collection.generation
       WHERE collection.name = ? AND generation.state = 'serving' AND collection.name = ? COLLATE BINARY`,
    )
    .get(collection, collection) as unknown as [string] | undefined;
  if (!row) throw new NotFound('read model', collection);
  return row[0];
}

/** The tables of a generation by collection; none where there is no such generation. */
export function tablesOf(connection: Connection, generation: string): ReadonlyMap<string, Table> {
  const sql = 'SELECT name, table_name, definition FROM read_model_collections WHERE generation = ?';
  const rows = connection.statement(sql).all(generation) as unknown as [string, string, string][];
  return new Map(rows.map(([name, table, definition]) => [name, tableOf(table, JSON.parse(definition) as Collection)]));
}
