import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Collection, Document } from '../projections/projection.ts';
import { fieldsOf, isOf, type Field } from '../read-model-fields.ts';
import type { Placed } from '../read-model-store.ts';

/**
 * How one generation of a collection lies in SQLite: a table with a column for each scalar property, the position of
 * the document's last event in `_position`, and, where a column cannot say it all, JSON in `_rest`: the nested
 * properties, and the nulls of properties that may be null or absent.
 */
export interface Table {
  readonly name: string;
  readonly collection: Collection;
  readonly fields: ReadonlyMap<string, Field>;
  /** The scalar properties, one column each. */
  readonly columns: readonly Field[];
  /** The other properties, kept in `_rest`. */
  readonly nested: readonly string[];
  readonly hasRest: boolean;
  /** What every select of documents begins with; `placedFrom` reads its rows. */
  readonly select: string;
  /** Takes the values of `rowFrom`. */
  readonly upsert: string;
}

export function tableOf(name: string, collection: Collection): Table {
  const fields = fieldsOf(collection);
  const columns = [...fields.values()];
  const nested = Object.keys(collection.schema.properties).filter((property) => !fields.has(property));
  const hasRest = nested.length > 0 || columns.some(({ nullable, optional }) => nullable && optional);
  const listed = [...columns.map((column) => quoted(column.name)), '_position', ...(hasRest ? ['_rest'] : [])];
  const updates = listed.filter((column) => column !== '"id"').map((column) => `${column} = excluded.${column}`);
  return {
    name,
    collection,
    fields,
    columns,
    nested,
    hasRest,
    select: `SELECT ${listed.join(', ')} FROM ${quoted(name)}`,
    upsert: `INSERT INTO ${quoted(name)} (${listed.join(', ')}) VALUES (${listed.map(() => '?').join(', ')})
      ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')} WHERE excluded._position >= _position`,
  };
}

/** A name as it stands in SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const columnTypes = { text: 'TEXT', integer: 'INTEGER', number: 'REAL', boolean: 'INTEGER' } as const;

export function createTable({ name, columns, hasRest }: Table): string {
  const definitions = columns.map(({ name: column, kind }) =>
    column === 'id' ? 'id TEXT PRIMARY KEY NOT NULL' : `${quoted(column)} ${columnTypes[kind]}`,
  );
  const kept = hasRest ? ['_position TEXT NOT NULL', '_rest TEXT'] : ['_position TEXT NOT NULL'];
  // Not WITHOUT ROWID: measured half as fast where ids are random or documents exceed some 200 bytes.
  return `CREATE TABLE ${quoted(name)} (${[...definitions, ...kept].join(', ')}) STRICT`;
}

/** The secondary indexes, each ending in the id, so that a sort by them is total without sorting. */
export function createIndexes({ name, collection }: Table): readonly string[] {
  return collection.indexes.map((fields, number) => {
    const columns = fields.includes('id') ? fields : [...fields, 'id'];
    const index = quoted(`${name}:${number + 1}`);
    return `CREATE INDEX IF NOT EXISTS ${index} ON ${quoted(name)} (${columns.map(quoted).join(', ')})`;
  });
}

/** The view any SQL tool reads: the collection's name, a column for each property, nested ones as JSON. */
export function createView({ name, collection, fields }: Table): string {
  const columns = Object.keys(collection.schema.properties).map((property) =>
    fields.has(property) ? quoted(property) : `_rest ->> '$.${property}' AS ${quoted(property)}`,
  );
  return `CREATE VIEW ${quoted(collection.name)} AS SELECT ${columns.join(', ')} FROM ${quoted(name)}`;
}

/** The values of a table's upsert. Throws where the document has properties or types its schema has not. */
export function rowFrom(table: Table, document: Document, position: string): SQLInputValue[] {
  const { columns, nested, hasRest } = table;
  const properties = document as unknown as Readonly<Record<string, unknown>>;
  const row: SQLInputValue[] = [];
  let rest: Record<string, unknown> | undefined;
  let present = 0;
  for (const { name, kind, nullable, optional } of columns) {
    const value = properties[name];
    if (value === undefined && !optional) throw misfit(table, document, name);
    if (value !== undefined) present++;
    if (value === null) {
      if (!nullable) throw misfit(table, document, name);
      if (optional) (rest ??= {})[name] = null;
    } else if (value !== undefined && !isOf(kind, value)) throw misfit(table, document, name);
    row.push(typeof value === 'boolean' ? Number(value) : ((value ?? null) as SQLInputValue));
  }
  for (const name of nested) {
    if (properties[name] === undefined) continue;
    present++;
    (rest ??= {})[name] = properties[name];
  }
  if (Object.keys(properties).length !== present) refuseUnknown(table, document, properties);
  row.push(position);
  if (hasRest) row.push(rest ? JSON.stringify(rest) : null);
  return row;
}

export function placedFrom(table: Table, row: readonly SQLOutputValue[]): Placed {
  const document: Record<string, unknown> = {};
  let index = 0;
  for (const { name, kind, nullable, optional } of table.columns) {
    const value = row[index++];
    if (value !== null) document[name] = kind === 'boolean' ? value === 1 : value;
    else if (nullable && !optional) document[name] = null;
  }
  const position = row[index++] as string;
  const rest = table.hasRest ? row[index] : null;
  if (rest) Object.assign(document, JSON.parse(rest as string));
  return { document: document as unknown as Document, position };
}

function refuseUnknown(table: Table, document: Document, properties: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(properties))
    if (value !== undefined && !(name in table.collection.schema.properties)) throw misfit(table, document, name);
}

function misfit({ collection }: Table, { id }: Document, property: string): TypeError {
  return new TypeError(`${property} of ${id} does not fit the schema of ${collection.name}.`);
}
