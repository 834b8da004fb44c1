import { RuleViolation } from './errors.ts';
import type { Collection, Document } from './projections/projection.ts';
import type { Condition, Find, Scalar, Sum } from './read-model-store.ts';
import type { TSchema } from './schema.ts';

export type FieldKind = 'text' | 'integer' | 'number' | 'boolean';

/** A top-level property of scalar type, which queries may filter, sort and group by. */
export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  /** Whether null may be stored, as distinct from nothing. */
  readonly nullable: boolean;
  /** Whether the property may be absent. */
  readonly optional: boolean;
}

const kinds: Readonly<Record<string, FieldKind>> = {
  string: 'text',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
};

/** The scalar properties of a collection by name, in the order of its schema. */
export function fieldsOf(collection: Collection): ReadonlyMap<string, Field> {
  const required = new Set(collection.schema.required ?? []);
  const fields = new Map<string, Field>();
  for (const [name, schema] of Object.entries(collection.schema.properties)) {
    const alternatives = alternativesOf(schema);
    const values = alternatives.filter(({ type }) => type !== 'null');
    const [kind, ...others] = new Set(values.map(({ type }) => kinds[type]));
    if (kind && others.length === 0)
      fields.set(name, { name, kind, nullable: values.length < alternatives.length, optional: !required.has(name) });
  }
  return fields;
}

/** The schemas a value may fit, unions of unions included. */
function alternativesOf(schema: TSchema): readonly TSchema[] {
  const union = schema['anyOf'] as readonly TSchema[] | undefined;
  return union ? union.flatMap(alternativesOf) : [schema];
}

/**
 * Refuses collections whose names or properties' names are not plain (a letter, then letters, digits, underscores; at
 * most 60), that have no text `id`, properties that differ in case alone, or indexes on anything but scalar properties.
 */
export function checkCollections(collections: readonly Collection[]): void {
  for (const collection of collections) {
    const properties = Object.keys(collection.schema.properties);
    for (const name of [collection.name, ...properties])
      if (!/^[A-Za-z][A-Za-z0-9_]{0,59}$/.test(name))
        throw new RuleViolation('invalid_name', `${JSON.stringify(name)} cannot name a collection or property.`, name);
    if (new Set(properties.map((name) => name.toLowerCase())).size < properties.length)
      throw new RuleViolation('invalid_name', `Properties of ${collection.name} differ in case alone.`);
    const fields = fieldsOf(collection);
    if (fields.get('id')?.kind !== 'text') throw unknownField(collection.name, 'id');
    for (const name of collection.indexes.flat()) if (!fields.has(name)) throw unknownField(collection.name, name);
  }
}

export function unknownField(collection: string, name: string): RuleViolation {
  const message = `${JSON.stringify(name)} is not a property of ${collection} that this can be asked of.`;
  return new RuleViolation('unknown_field', message, name);
}

type Fields = ReadonlyMap<string, Field>;

/** Refuses a query by fields the collection does not have or values that are not of their fields' types. */
export function checkFind(collection: string, fields: Fields, find: Find): void {
  checkConditions(collection, fields, find);
  for (const [name] of find.sort ?? []) if (!fields.has(name)) throw unknownField(collection, name);
  if (find.limit !== undefined && !(Number.isSafeInteger(find.limit) && find.limit > 0))
    throw new RuleViolation('invalid_value', 'A limit is a whole number from 1 on.', 'limit');
}

/** Refuses sums of fields that are not numbers, or by fields the collection does not have. */
export function checkSum(collection: string, fields: Fields, sum: Sum): void {
  checkConditions(collection, fields, sum);
  for (const name of sum.by) if (!fields.has(name)) throw unknownField(collection, name);
  for (const name of sum.of ?? []) {
    const kind = fields.get(name)?.kind;
    if (kind !== 'integer' && kind !== 'number') throw unknownField(collection, name);
  }
}

function checkConditions(
  collection: string,
  fields: Fields,
  { where = {}, anyOf = [] }: Pick<Find, 'where' | 'anyOf'>,
) {
  for (const conditions of [where, ...anyOf]) checkWhere(collection, fields, conditions);
}

function checkWhere(collection: string, fields: Fields, where: Readonly<Record<string, Condition>>): void {
  for (const [name, condition] of Object.entries(where)) {
    const field = fields.get(name);
    if (!field) throw unknownField(collection, name);
    for (const { operator, value } of comparisonsOf(field, condition)) {
      const values = operator === 'in' || operator === 'contains' ? value : [value];
      const bounds = operator !== 'equal' && operator !== 'not' && operator !== 'in';
      if (operator === 'contains' && field.kind !== 'text') throw invalidValue(field);
      if (!values.every((each) => (each === null && !bounds) || isOf(field.kind, each))) throw invalidValue(field);
    }
  }
}

/** One operator and its value; `in` and `contains` have several. */
export type Comparison =
  | { readonly operator: 'equal' | 'not' | 'gt' | 'gte' | 'lt' | 'lte'; readonly value: Scalar }
  | { readonly operator: 'in'; readonly value: readonly Scalar[] }
  | { readonly operator: 'contains'; readonly value: readonly string[] };

const operators = new Set(['in', 'contains', 'not', 'gt', 'gte', 'lt', 'lte']);

/** A condition taken apart: all of its comparisons hold. */
export function comparisonsOf(field: Field, condition: Condition): readonly Comparison[] {
  if (condition === null || typeof condition !== 'object') return [{ operator: 'equal', value: condition }];
  return Object.entries(condition).map(([operator, value]) => {
    if (!operators.has(operator) || (operator === 'in' || operator === 'contains') !== Array.isArray(value))
      throw invalidValue(field);
    return { operator, value } as Comparison;
  });
}

function invalidValue(field: Field): RuleViolation {
  return new RuleViolation(
    'invalid_value',
    `${field.name} cannot be compared with that; it is ${field.kind}.`,
    field.name,
  );
}

/** Whether a value is of a field's kind; null is of none. */
export function isOf(kind: FieldKind, value: unknown): boolean {
  if (kind === 'text') return typeof value === 'string';
  if (kind === 'boolean') return typeof value === 'boolean';
  return kind === 'integer' ? Number.isSafeInteger(value) : Number.isFinite(value);
}

/** A field and direction of a total order. */
export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
}

/** The total order a find asks for: its fields up to the id, which is added last in the direction before it. */
export function orderOf(find: Find): readonly SortKey[] {
  const keys: SortKey[] = [];
  for (const [field, direction] of find.sort ?? [])
    if (!keys.some((key) => key.field === field || key.field === 'id'))
      keys.push({ field, descending: direction === 'descending' });
  return keys.some(({ field }) => field === 'id')
    ? keys
    : [...keys, { field: 'id', descending: keys.at(-1)?.descending ?? false }];
}

/** The cursor behind a document: its values in the order, with the order itself, so that no other order takes it. */
export function cursorBehind(document: Document, order: readonly SortKey[]): string {
  const values = order.map(({ field }) => (document as unknown as Record<string, Scalar | undefined>)[field] ?? null);
  return Buffer.from(JSON.stringify([nameOf(order), ...values])).toString('base64url');
}

/** The values of a cursor, one for each key of the order. Refuses one that is not of this order. */
export function valuesOfCursor(cursor: string, order: readonly SortKey[], fields: Fields): readonly Scalar[] {
  const refused = new RuleViolation('invalid_cursor', 'The cursor is not one of this query.', 'after');
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw refused;
  }
  if (!Array.isArray(parsed) || parsed.length !== order.length + 1 || parsed[0] !== nameOf(order)) throw refused;
  const values: unknown[] = parsed.slice(1);
  const fits = order.every(({ field }, index) => {
    const value = values[index];
    return (value === null && field !== 'id') || isOf(fields.get(field)!.kind, value);
  });
  if (!fits) throw refused;
  return values as Scalar[];
}

function nameOf(order: readonly SortKey[]): string {
  return order.map(({ field, descending }) => (descending ? `-${field}` : field)).join();
}
