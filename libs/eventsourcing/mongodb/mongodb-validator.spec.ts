import { describe, expect, test } from '@jest/globals';
import { Money, Timestamp, Type, type TSchema } from '../schema.ts';
import { toMongoDbSchema, validatorOf } from './mongodb-validator.ts';

const whole = { bsonType: ['int', 'long', 'double'], multipleOf: 1 };

describe('MongoDB’s dialect of JSON Schema', () => {
  test.each<[string, TSchema, object]>([
    ['a text', Type.String({ minLength: 1, maxLength: 5 }), { type: 'string', minLength: 1, maxLength: 5 }],
    ['a pattern', Timestamp, { type: 'string', pattern: Timestamp.pattern }],
    ['a whole number as any type that can hold one', Type.Integer({ minimum: 0 }), { ...whole, minimum: 0 }],
    ['a multiple', Type.Integer({ multipleOf: 5 }), { ...whole, multipleOf: 5 }],
    ['a number', Type.Number(), { type: 'number' }],
    [
      'bounds that are not included',
      Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }),
      { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: true },
    ],
    ['a literal', Type.Literal('won'), { enum: ['won'] }],
    ['a choice', Type.Union([Type.Integer(), Type.Null()]), { anyOf: [whole, { type: 'null' }] }],
    ['a list', Type.Array(Type.Integer(), { minItems: 1 }), { type: 'array', items: whole, minItems: 1 }],
    ['anything', Type.Unknown(), {}],
    ['no property at all', Type.Object({}), { type: 'object', properties: {} }],
    ['an annotation as nothing', Type.String({ $id: 'x', format: 'email', default: '' }), { type: 'string' }],
    ['a map', Type.Record(Type.String(), Type.Integer()), { type: 'object', patternProperties: { '^(.*)$': whole } }],
    [
      'an object, whose optional properties are not required',
      Type.Object({ a: Type.Integer(), b: Type.Optional(Type.Literal(1)) }, { additionalProperties: false }),
      { type: 'object', properties: { a: whole, b: { enum: [1] } }, required: ['a'], additionalProperties: false },
    ],
  ])('carries over %s', (_, schema, expected) => {
    expect(toMongoDbSchema(schema)).toEqual(expected);
  });

  test('refuses a keyword it does not know rather than leave it unchecked', () => {
    expect(() => toMongoDbSchema(Type.Object({ a: Type.Ref('elsewhere') }))).toThrow(/knows no \$ref/);
  });

  test('admits the store’s own fields beside a closed schema, and what is left of a deleted document', () => {
    const schema = Type.Object({ id: Type.String(), value: Money }, { additionalProperties: false });
    const validator = validatorOf({ name: 'values', description: 'What it is', schema, indexes: [] });
    expect(validator).toMatchObject({
      $or: [
        { _deleted: true },
        { $jsonSchema: { description: 'What it is', additionalProperties: false, required: ['id', 'value'] } },
      ],
    });
    const [, live] = validator['$or'] as [unknown, { $jsonSchema: { properties: object } }];
    expect(Object.keys(live.$jsonSchema.properties)).toEqual(['id', 'value', '_id', '_position']);
  });
});
