import { requirePairs, requireVariation, ranksOf } from './series.ts';
import { twoSidedQuantile, type Interval } from './wilson-interval.ts';

export interface Correlation {
  /** Between −1 and 1. */
  readonly coefficient: number;
  readonly interval: Interval;
  readonly level: number;
  readonly pairs: number;
}

/**
 * Pearson's correlation of pairs, how closely they lie to a straight line, with Fisher's interval. The interval takes
 * the pairs to be roughly normal; on a perfect line it is the single point.
 *
 * Throws `StatisticsError` for less than 4 pairs, lengths that differ, values that are not finite numbers up to 10¹⁵⁰, or
 * (`no_variation`) where all values of a side are the same.
 *
 * Source: Fisher 1921, Metron 1, 3–32: atanh(r) ± z ÷ √(n − 3).
 */
export function pearsonCorrelation(xs: readonly number[], ys: readonly number[], level = 0.95): Correlation {
  requireSides(xs, ys);
  const coefficient = coefficientOf(xs, ys);
  return { coefficient, interval: intervalOf(coefficient, xs.length, 1, level), level, pairs: xs.length };
}

/**
 * Spearman's correlation of pairs, how closely one rises with the other along any curve: Pearson's of the ranks, equal
 * values sharing their mean rank. The interval widens Fisher's by Bonett and Wright's √(1 + r² ÷ 2).
 *
 * Throws as `pearsonCorrelation`.
 *
 * Source: Spearman 1904, American Journal of Psychology 15; Bonett and Wright 2000, Psychometrika 65(1), 23–28.
 */
export function spearmanCorrelation(xs: readonly number[], ys: readonly number[], level = 0.95): Correlation {
  requireSides(xs, ys);
  const coefficient = coefficientOf(ranksOf(xs), ranksOf(ys));
  const widening = Math.sqrt(1 + coefficient ** 2 / 2);
  return { coefficient, interval: intervalOf(coefficient, xs.length, widening, level), level, pairs: xs.length };
}

function requireSides(xs: readonly number[], ys: readonly number[]): void {
  requirePairs(['xs', xs], ['ys', ys], 4);
  requireVariation('xs', xs);
  requireVariation('ys', ys);
}

function coefficientOf(xs: readonly number[], ys: readonly number[]): number {
  const [left, right] = [deviationsOf(xs), deviationsOf(ys)];
  const product = left.reduce((sum, deviation, index) => sum + deviation * right[index]!, 0);
  return Math.min(1, Math.max(-1, product / Math.sqrt(squareOf(left) * squareOf(right))));
}

/** Differences from the mean, as parts of the largest, so that their squares neither vanish nor overflow. */
function deviationsOf(values: readonly number[]): readonly number[] {
  const first = values[0]!;
  const shifted = values.map((value) => value - first);
  const mean = shifted.reduce((sum, value) => sum + value / shifted.length, 0);
  const deviations = shifted.map((value) => value - mean);
  const largest = deviations.reduce((most, deviation) => Math.max(most, Math.abs(deviation)), 0);
  return deviations.map((deviation) => deviation / largest);
}

function squareOf(deviations: readonly number[]): number {
  return deviations.reduce((sum, deviation) => sum + deviation ** 2, 0);
}

function intervalOf(coefficient: number, pairs: number, widening: number, level: number): Interval {
  const halfWidth = (twoSidedQuantile(level) * widening) / Math.sqrt(pairs - 3);
  const center = Math.atanh(coefficient);
  return {
    lower: Math.min(coefficient, Math.tanh(center - halfWidth)),
    upper: Math.max(coefficient, Math.tanh(center + halfWidth)),
  };
}
