import { requireNumber, requireSome } from './statistics-error.ts';

/** Beyond this a difference of two may not be a number. */
const LARGEST = 1e307;

/** How often each value was seen; values in any order, a value may come more than once. */
export type Tally = readonly (readonly [value: number, count: number])[];

/** A description of a sample. Of an empty one, everything but `n` is null. */
export interface Distribution {
  readonly n: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p25: number | null;
  readonly p75: number | null;
  readonly p90: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Standard deviation of a sample (n − 1); null for less than two values. */
  readonly standardDeviation: number | null;
}

/**
 * Describes whole numbers counted in groups. Quantiles interpolate linearly (R type 7); they, the mean and the standard
 * deviation are exact sums divided once.
 */
export function distributionOf(tally: Tally): Distribution {
  const sorted = merged(tally);
  const n = countOf(sorted);
  if (n === 0)
    return {
      n,
      mean: null,
      median: null,
      p25: null,
      p75: null,
      p90: null,
      min: null,
      max: null,
      standardDeviation: null,
    };
  const sum = sorted.reduce((total, [value, count]) => total + BigInt(value) * BigInt(count), 0n);
  const squares = sorted.reduce((total, [value, count]) => total + BigInt(value) ** 2n * BigInt(count), 0n);
  const size = BigInt(n);
  return {
    n,
    mean: Number(sum) / n,
    median: quantileOf(sorted, n, 0.5),
    p25: quantileOf(sorted, n, 0.25),
    p75: quantileOf(sorted, n, 0.75),
    p90: quantileOf(sorted, n, 0.9),
    min: sorted[0]![0],
    max: sorted.at(-1)![0],
    standardDeviation: n < 2 ? null : Math.sqrt(Number(size * squares - sum ** 2n) / Number(size * (size - 1n))),
  };
}

/** One quantile (R type 7) of whole numbers counted in groups, at a whole percentage; null where there are none. */
export function quantile(tally: Tally, share: number): number | null {
  const sorted = merged(tally);
  const n = countOf(sorted);
  return n === 0 ? null : quantileOf(sorted, n, share);
}

/**
 * One quantile (R type 7, linear between neighbours) of plain numbers in any order, whole or not. `share` is 0.5 for the
 * median. Throws `StatisticsError` where there are none, one is not finite or beyond 10³⁰⁷, or the share is not between 0
 * and 1.
 */
export function quantileOfValues(values: ArrayLike<number>, share: number): number {
  requireSome('values', values);
  requireNumber('share', share, { atLeast: 0, atMost: 1 });
  const sorted = new Float64Array(values);
  const fault = sorted.findIndex((value) => !(Math.abs(value) <= LARGEST));
  if (fault >= 0) requireNumber(`values[${fault}]`, sorted[fault]!, { atLeast: -LARGEST, atMost: LARGEST });
  sorted.sort();
  const rank = (sorted.length - 1) * share;
  const below = Math.floor(rank);
  const lower = sorted[below]!;
  return rank === below ? lower : lower + (rank - below) * (sorted[below + 1]! - lower);
}

function merged(tally: Tally): [number, number][] {
  const counts = new Map<number, number>();
  for (const [value, count] of tally) counts.set(value, (counts.get(value) ?? 0) + count);
  return [...counts].toSorted(([left], [right]) => left - right);
}

function countOf(tally: Tally): number {
  return tally.reduce((total, [, count]) => total + count, 0);
}

/** In whole hundredths, which add up exactly, and divided once: so no digit shows that is not in the data. */
function quantileOf(sorted: Tally, n: number, share: number): number {
  const hundredths = (n - 1) * Math.round(share * 100);
  const [rank, beyond] = [Math.floor(hundredths / 100), hundredths % 100];
  const lower = valueAt(sorted, rank);
  if (beyond === 0) return lower;
  return (lower * (100 - beyond) + valueAt(sorted, rank + 1) * beyond) / 100;
}

function valueAt(sorted: Tally, rank: number): number {
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (rank < seen) return value;
  }
  return sorted.at(-1)![0];
}
