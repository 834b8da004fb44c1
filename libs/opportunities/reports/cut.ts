import type { Condition, Scalar, SumRow, Where } from '../../eventsourcing/read-model-store.ts';

/** What reports on deals can be narrowed to and split by. */
export const dimensions = [
  'owner',
  'team',
  'region',
  'product',
  'productLabel',
  'channel',
  'campaign',
  'customerId',
] as const;
export type Dimension = (typeof dimensions)[number];

/**
 * Which deals a report is about; null for a dimension means those without one, several values any of them. A field left
 * out narrows nothing.
 */
export interface Cut extends Readonly<Partial<Record<Dimension, string | null | readonly (string | null)[]>>> {
  /** `default` where left out. */
  readonly pipelineId?: string;
}

/** The part of a report for one value of a dimension; null for deals without one. */
export interface Slice<Report> {
  readonly value: string | null;
  readonly report: Report;
}

export function pipelineOf(cut: Cut): string {
  return cut.pipelineId ?? 'default';
}

/** The conditions of a cut, on opportunities and stage periods alike. */
export function whereOf(cut: Cut): Where {
  const conditions: Record<string, Condition> = { pipelineId: pipelineOf(cut) };
  for (const dimension of dimensions) {
    const value = cut[dimension];
    if (value !== undefined) conditions[dimension] = isSeveral(value) ? { in: value } : value;
  }
  return conditions;
}

function isSeveral(value: Scalar | readonly Scalar[]): value is readonly Scalar[] {
  return Array.isArray(value);
}

/** The fields a sum is grouped by, with the dimension a report is split by. */
export function by(groupBy: Dimension | undefined, ...fields: readonly string[]): readonly string[] {
  return groupBy && !fields.includes(groupBy) ? [groupBy, ...fields] : fields;
}

/** A report of all rows and, where it is split, one for each value of the dimension, in the order of the values. */
export function sliced<Report, Rows extends Readonly<Record<string, readonly SumRow[]>>>(
  rows: Rows,
  groupBy: Dimension | undefined,
  report: (rows: Rows) => Report,
): { readonly total: Report; readonly groups: readonly Slice<Report>[] } {
  const total = report(rows);
  if (!groupBy) return { total, groups: [] };
  const parts = new Map<string | null, Record<string, SumRow[]>>();
  const empty = () => Object.fromEntries(Object.keys(rows).map((name) => [name, [] as SumRow[]]));
  for (const [name, list] of Object.entries(rows))
    for (const row of list) {
      const value = row.group[groupBy] as string | null;
      const part = parts.get(value) ?? empty();
      parts.set(value, part);
      part[name]!.push(row);
    }
  const values = [...parts.keys()].toSorted(inOrder);
  return { total, groups: values.map((value) => ({ value, report: report(parts.get(value) as unknown as Rows) })) };
}

function inOrder(left: string | null, right: string | null): number {
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? -1 : 1;
  return left < right ? -1 : 1;
}
