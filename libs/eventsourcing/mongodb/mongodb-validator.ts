import type { Collection } from '../projections/projection.ts';
import type { TSchema } from '../schema.ts';
import { DELETED, POSITION } from './mongodb-documents.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const copied = [
  ...['title', 'description', 'enum', 'required', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ...['multipleOf', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
];
const nested = ['items', 'additionalItems', 'additionalProperties', 'not'];
const nestedByName = ['properties', 'patternProperties'];
const nestedLists = ['anyOf', 'allOf', 'oneOf', 'items'];
const annotations = ['type', 'const', 'exclusiveMinimum', 'exclusiveMaximum', '$id', 'format', 'default', 'examples'];
const known = new Set([...copied, ...nested, ...nestedByName, ...nestedLists, ...annotations]);

/** What MongoDB checks of every write to a collection: its published schema, or the mark of a deleted document. */
export function validatorOf(collection: Collection): Record<string, unknown> {
  const schema = toMongoDbSchema(collection.schema);
  const properties = { ...(schema['properties'] as object), _id: { bsonType: 'string' }, [POSITION]: {} };
  const $jsonSchema = { ...schema, description: collection.description, properties };
  return { $or: [{ [DELETED]: true }, { $jsonSchema }] };
}

/**
 * JSON Schema in MongoDB's dialect, which is draft 4 without `integer`, `const` and references: numbers are of several
 * BSON types there, and a whole number may be stored as any of them. Throws on a keyword it cannot carry over.
 */
export function toMongoDbSchema(schema: TSchema | JsonSchema): JsonSchema {
  const source = schema as JsonSchema;
  const target: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(source)) {
    if (!known.has(keyword)) throw new Error(`MongoDB’s validator knows no ${keyword}.`);
    if (copied.includes(keyword)) target[keyword] = value;
    else if (nestedLists.includes(keyword) && Array.isArray(value)) target[keyword] = value.map(toMongoDbSchema);
    else if (nested.includes(keyword))
      target[keyword] = typeof value === 'boolean' ? value : toMongoDbSchema(value as JsonSchema);
    else if (nestedByName.includes(keyword))
      target[keyword] = Object.fromEntries(
        Object.entries(value as object).map(([name, each]) => [name, toMongoDbSchema(each)]),
      );
  }
  if (Array.isArray(target['required']) && target['required'].length === 0) delete target['required'];
  if ('const' in source) return { ...target, enum: [source['const']] };
  if (source['type'] === 'integer') {
    target['bsonType'] = ['int', 'long', 'double'];
    target['multipleOf'] ??= 1;
  } else if (source['type'] !== undefined) target['type'] = source['type'];
  for (const [exclusive, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const)
    if (source[exclusive] !== undefined) {
      target[bound] = source[exclusive];
      target[exclusive] = true;
    }
  return target;
}
