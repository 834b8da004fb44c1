import type { Document as Bson, Filter } from 'mongodb';
import type { Document } from '../projections/projection.ts';
import {
  comparisonsOf,
  cursorBehind,
  orderOf,
  valuesOfCursor,
  type Comparison,
  type Field,
  type SortKey,
} from '../read-model-fields.ts';
import type { Find, Found, Scalar, Sum, SumRow, Where } from '../read-model-store.ts';
import { living, type StoredDocument } from './mongodb-documents.ts';

type Fields = ReadonlyMap<string, Field>;
type Conditions = Filter<StoredDocument>;

/** The id is MongoDB's own key, so that its index serves queries too. */
export function storedFieldOf(field: string): string {
  return field === 'id' ? '_id' : field;
}

export function filterOf(fields: Fields, { where = {}, anyOf }: Pick<Find, 'where' | 'anyOf'>): Conditions {
  const conditions = conditionsOf(fields, where);
  // MongoDB takes no empty list of alternatives; that none holds is said by an `$in` of nothing.
  const alternatives = anyOf?.map((each) => ({ $and: [{}, ...conditionsOf(fields, each)] }));
  if (alternatives) conditions.push(alternatives.length > 0 ? { $or: alternatives } : { _id: { $in: [] } });
  return { ...living, ...(conditions.length > 0 && { $and: conditions }) };
}

function conditionsOf(fields: Fields, where: Where): Bson[] {
  return Object.entries(where).flatMap(([name, condition]) =>
    comparisonsOf(fields.get(name)!, condition).map((comparison) => compare(storedFieldOf(name), comparison)),
  );
}

function compare(field: string, { operator, value }: Comparison): Bson {
  if (operator === 'contains')
    return {
      $and: [{ [field]: { $ne: null } }, ...value.map((part) => ({ [field]: { $regex: literal(part) } }))],
    };
  const operators = { equal: '$eq', not: '$ne', in: '$in', gt: '$gt', gte: '$gte', lt: '$lt', lte: '$lte' } as const;
  return { [field]: { [operators[operator]]: value } };
}

/** A pattern that matches these very characters. */
function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

export interface PageQuery {
  readonly filter: Conditions;
  readonly sort: Readonly<Record<string, 1 | -1>>;
  /** One more than a page, to know whether another follows; 0 for all. */
  readonly limit: number;
}

export function pageQueryOf(fields: Fields, find: Find): PageQuery {
  const order = orderOf(find);
  const filter = filterOf(fields, find);
  const after = find.after === undefined ? undefined : beyond(order, valuesOfCursor(find.after, order, fields));
  return {
    filter: after ? { $and: [filter, after] } : filter,
    sort: Object.fromEntries(order.map(({ field, descending }) => [storedFieldOf(field), descending ? -1 : 1])),
    limit: find.limit === undefined ? 0 : find.limit + 1,
  };
}

export function foundOf<Main extends Document>(find: Find, documents: readonly Main[]): Found<Main> {
  if (find.limit === undefined || documents.length <= find.limit) return { documents };
  const page = documents.slice(0, find.limit);
  return { documents: page, next: cursorBehind(page.at(-1)!, orderOf(find)) };
}

/** What comes later in an order than these values: beyond the first, or at the first and beyond the second, … */
function beyond(order: readonly SortKey[], values: readonly Scalar[]): Conditions {
  const [first] = order;
  const alternatives = order.flatMap((key, index) => {
    const further = furtherThan(key, values[index]!);
    if (further === undefined) return [];
    const same = order
      .slice(0, index)
      .map(({ field }, before) => ({ [storedFieldOf(field)]: { $eq: values[before] } }));
    return [{ $and: [...same, further] }];
  });
  // Says no more than the alternatives do, but gives an index on the first field a bound.
  const bound =
    first && values[0] !== null && !first.descending ? { [storedFieldOf(first.field)]: { $gte: values[0] } } : {};
  return { ...bound, $or: alternatives };
}

/** Null sorts before everything else; comparisons with `$lt` and `$gt` leave it out. */
function furtherThan({ field, descending }: SortKey, value: Scalar): Bson | undefined {
  const name = storedFieldOf(field);
  if (value === null) return descending ? undefined : { [name]: { $ne: null } };
  return descending ? { $or: [{ [name]: { $lt: value } }, { [name]: null }] } : { [name]: { $gt: value } };
}

export function sumPipelineOf(fields: Fields, sum: Sum): Bson[] {
  const { by, of = [] } = sum;
  // Fields are numbered, so that none meets a name of the pipeline's own.
  const group = Object.fromEntries(by.map((field, index) => [`g${index}`, { $ifNull: [`$${field}`, null] }]));
  const sums = Object.fromEntries(of.map((field, index) => [`s${index}`, { $sum: `$${field}` }]));
  const order = Object.fromEntries(by.map((_, index) => [`_id.g${index}`, 1]));
  return [
    { $match: filterOf(fields, sum) },
    { $group: { _id: by.length > 0 ? group : null, count: { $sum: 1 }, ...sums } },
    ...(by.length > 0 ? [{ $sort: order }] : []),
  ];
}

export function sumRowsOf({ by, of = [] }: Sum, rows: readonly Bson[]): readonly SumRow[] {
  if (by.length === 0 && rows.length === 0)
    return [{ group: {}, count: 0, sums: Object.fromEntries(of.map((field) => [field, 0])) }];
  return rows.map((row) => ({
    group: Object.fromEntries(by.map((field, index) => [field, row['_id'][`g${index}`]])),
    count: Number(row['count']),
    sums: Object.fromEntries(of.map((field, index) => [field, Number(row[`s${index}`])])),
  }));
}
