import type { SQLInputValue } from 'node:sqlite';
import { comparisonsOf, type Comparison, type Field, type SortKey } from '../read-model-fields.ts';
import type { Find, Scalar, Sum, Where } from '../read-model-store.ts';
import { quoted, type Table } from './read-model-table.ts';

/** SQL with the values of its parameters. */
export interface Select {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

const comparators = { gt: '>', gte: '>=', lt: '<', lte: '<=', not: 'IS NOT' } as const;

/**
 * Counts and sums, grouped and ordered by the fields of `by`. Summed by `total`, which is as exact as `sum` within 64 bits,
 * but becomes the nearest number beyond 2^53 where `sum` cannot be read, or fails.
 */
export function selectSums({ name, fields }: Table, sum: Sum): Select {
  const { by, of = [] } = sum;
  const condition = whereOf(narrowingOf(fields, sum));
  const groups = by.map(quoted);
  const columns = [...groups, 'count(*)', ...of.map((field) => `total(${quoted(field)})`)];
  const grouping = groups.length > 0 ? ` GROUP BY ${groups.join(', ')} ORDER BY ${groups.join(', ')}` : '';
  return {
    sql: `SELECT ${columns.join(', ')} FROM ${quoted(name)}${condition.sql}${grouping}`,
    values: condition.values,
  };
}

/**
 * The selects whose rows, one select after the other, are the documents in order, behind the cursor where there is one.
 * A cursor over several fields makes several selects, each a range of one index: as one condition with OR it would
 * read everything before it. The last parameter of each is the limit.
 */
export function selectPages(
  table: Table,
  find: Pick<Find, 'where' | 'anyOf'>,
  order: readonly SortKey[],
  cursor: readonly Scalar[] | undefined,
): readonly Select[] {
  const conditions = narrowingOf(table.fields, find);
  const ranges = cursor ? rangesBehind(order, cursor) : [{ conditions: [], order }];
  return ranges.map((range) => {
    const condition = whereOf([...conditions, ...range.conditions]);
    const sorted = range.order.map(({ field, descending }) => quoted(field) + (descending ? ' DESC' : ''));
    const sql = `${table.select}${condition.sql} ORDER BY ${sorted.join(', ')} LIMIT ?`;
    return { sql, values: condition.values };
  });
}

interface Range {
  readonly conditions: readonly Select[];
  readonly order: readonly SortKey[];
}

function rangesBehind(order: readonly SortKey[], cursor: readonly Scalar[]): readonly Range[] {
  return order
    .map((key, depth) => {
      const same = order.slice(0, depth).map(({ field }, index) => equal(quoted(field), cursor[index]!));
      const behind = behindValue(key, cursor[depth]!);
      return behind.map((condition) => ({ conditions: [...same, condition], order: order.slice(depth) }));
    })
    .toReversed()
    .flat();
}

function behindValue({ field, descending }: SortKey, value: Scalar): readonly Select[] {
  const column = quoted(field);
  const none = { sql: `${column} IS NULL`, values: [] };
  if (value === null) return descending ? [] : [{ sql: `${column} IS NOT NULL`, values: [] }];
  const beyond = { sql: `${column} ${descending ? '<' : '>'} ?`, values: [bound(value)] };
  return descending && field !== 'id' ? [beyond, none] : [beyond];
}

function narrowingOf(fields: ReadonlyMap<string, Field>, { where = {}, anyOf }: Pick<Find, 'where' | 'anyOf'>) {
  const conditions = conditionsOf(fields, where);
  if (!anyOf) return conditions;
  const alternatives = anyOf.map((each) => joined(conditionsOf(fields, each), ' AND ', '1'));
  return [...conditions, joined(alternatives, ' OR ', '0')];
}

function conditionsOf(fields: ReadonlyMap<string, Field>, where: Where): readonly Select[] {
  return Object.entries(where).flatMap(([name, condition]) =>
    comparisonsOf(fields.get(name)!, condition).map((comparison) => conditionOf(quoted(name), comparison)),
  );
}

function conditionOf(column: string, { operator, value }: Comparison): Select {
  if (operator === 'equal') return equal(column, value);
  // No LIKE, which takes letters of ASCII alone for the same in both cases and some characters for others.
  if (operator === 'contains')
    return joined(
      value.map((part) => ({ sql: `instr(${column}, ?) > 0`, values: [part] })),
      ' AND ',
      `${column} IS NOT NULL`,
    );
  if (operator !== 'in') return { sql: `${column} ${comparators[operator]} ?`, values: [bound(value)] };
  if (value.length === 1) return equal(column, value[0]!);
  const values = [JSON.stringify(value.filter((each) => each !== null).map(bound))];
  const sql = `${column} IN (SELECT value FROM json_each(?))`;
  return { sql: value.includes(null) ? `(${sql} OR ${column} IS NULL)` : sql, values };
}

function equal(column: string, value: Scalar): Select {
  return value === null ? { sql: `${column} IS NULL`, values: [] } : { sql: `${column} = ?`, values: [bound(value)] };
}

function whereOf(conditions: readonly Select[]): Select {
  if (conditions.length === 0) return { sql: '', values: [] };
  const { sql, values } = joined(conditions, ' AND ', '1');
  return { sql: ` WHERE ${sql}`, values };
}

/** @param none what stands for no conditions at all */
function joined(conditions: readonly Select[], operator: ' AND ' | ' OR ', none: string): Select {
  if (conditions.length === 0) return { sql: none, values: [] };
  const sql = conditions.map((condition) => condition.sql).join(operator);
  return { sql: conditions.length === 1 ? sql : `(${sql})`, values: conditions.flatMap(({ values }) => values) };
}

function bound(value: Scalar): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value;
}
