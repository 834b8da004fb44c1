import quantile from '@stdlib/stats-base-dists-normal-quantile';
import { requireNumber, requireSome, StatisticsError } from '../statistics-error.ts';

export interface Correlation {
  /** Pearson's, from −1 to 1; null where either side is the same throughout. */
  readonly coefficient: number | null;
  /** 95 % interval; null where there is no coefficient, or with less than four pairs. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly pairs: number;
}

const CONFIDENCE = quantile(0.975, 0, 1);

/**
 * Pearson's correlation of two lists of equal length, entry by entry, with its 95 % interval by Fisher's transformation
 * (Fisher 1921), whose standard error 1/√(n − 3) is that of normal data: with a few very large values it is too narrow.
 * Throws StatisticsError: `empty`, `unequal_lengths`, `not_finite`.
 */
export function correlation(left: readonly number[], right: readonly number[]): Correlation {
  requireSome('left', left);
  if (left.length !== right.length) {
    throw new StatisticsError(
      'unequal_lengths',
      'right',
      `right must have as many entries as left, ${left.length}, not ${right.length}.`,
    );
  }
  left.forEach((value, index) => requireNumber(`left[${index}]`, value));
  right.forEach((value, index) => requireNumber(`right[${index}]`, value));
  const [x, y] = [standardised(left), standardised(right)];
  const pairs = left.length;
  if (x === null || y === null) return { coefficient: null, interval: null, pairs };
  const sum = x.reduce((total, part, index) => total + part * y[index]!, 0);
  const coefficient = Math.max(-1, Math.min(1, sum));
  return { coefficient, interval: pairs < 4 ? null : intervalOf(coefficient, pairs), pairs };
}

/** Distances from the mean, with squares that sum to 1; null where all are the same but for rounding. */
function standardised(values: readonly number[]): number[] | null {
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (size === 0) return null;
  const shares = values.map((value) => value / size);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const distances = shares.map((share) => share - mean);
  const widest = distances.reduce((most, distance) => Math.max(most, Math.abs(distance)), 0);
  if (widest <= 1e-12) return null;
  const length = widest * Math.sqrt(distances.reduce((sum, distance) => sum + (distance / widest) ** 2, 0));
  return distances.map((distance) => distance / length);
}

function intervalOf(coefficient: number, pairs: number): readonly [number, number] {
  const half = CONFIDENCE / Math.sqrt(pairs - 3);
  return [Math.tanh(Math.atanh(coefficient) - half), Math.tanh(Math.atanh(coefficient) + half)];
}
