import { StatisticsError, requireNumber, requireSome } from '../statistics-error.ts';

/** Beyond this a square is no longer a number. */
const LARGEST = 1e150;

/** Throws `StatisticsError` unless both are of one length, which is at least `fewest`, and of finite numbers up to 10¹⁵⁰. */
export function requirePairs(
  left: readonly [field: string, values: readonly number[]],
  right: readonly [field: string, values: readonly number[]],
  fewest: number,
): void {
  const [field, values] = left;
  requireSome(field, values);
  if (values.length !== right[1].length) {
    const lengths = `${right[1].length} and ${values.length}`;
    throw new StatisticsError('unequal_lengths', right[0], `${right[0]} must be as many as ${field}, not ${lengths}.`);
  }
  if (values.length < fewest)
    throw new StatisticsError('too_few', field, `${field} must be at least ${fewest}, not ${values.length}.`);
  for (const [name, all] of [left, right]) {
    const fault = all.findIndex((value) => !(Math.abs(value) <= LARGEST));
    if (fault >= 0) requireNumber(`${name}[${fault}]`, all[fault]!, { atLeast: -LARGEST, atMost: LARGEST });
  }
}

/** Throws `no_variation` where all values are the same. */
export function requireVariation(field: string, values: readonly number[]): void {
  if (values.every((value) => value === values[0]))
    throw new StatisticsError('no_variation', field, `${field} must not all be the same.`);
}

/** How often each value comes that comes more than once. */
export function tiesOf(values: readonly number[]): readonly number[] {
  return [...Map.groupBy(values, (value) => value).values()].map(({ length }) => length).filter((length) => length > 1);
}

/** The place of each value in order, from 1; equal values share the mean of their places. */
export function ranksOf(values: readonly number[]): readonly number[] {
  const ranks = new Map<number, number>();
  let before = 0;
  for (const [value, { length }] of [...Map.groupBy(values, (each) => each)].toSorted(
    ([left], [right]) => left - right,
  )) {
    ranks.set(value, before + (length + 1) / 2);
    before += length;
  }
  return values.map((value) => ranks.get(value)!);
}
