import gammaIncomplete from '@stdlib/math-base-special-gammainc';
import { StatisticsError, requireNumber, requireWhole } from '../statistics-error.ts';

/** A variant with the subjects counted in it and its weight in the plan; 50 and 50 say the same as 1 and 1. */
export interface Allocation {
  readonly subjects: number;
  readonly weight: number;
}

export interface SampleRatio {
  readonly verdict: 'as_planned' | 'broken' | 'not_enough_data';
  /** How many subjects the plan would have put into each variant. */
  readonly expected: readonly number[];
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  /** The chance of a split at least as far from the plan if the assignment worked. */
  readonly pValue: number;
  /** The p-value below which the verdict is `broken`. */
  readonly threshold: number;
}

/**
 * Whether the subjects fell into the variants as planned. Where not, the assignment or the counting is at fault and the
 * experiment's result means nothing, however clear it looks. The threshold is 0.001 where left out: the check is made
 * often, and a planned split is rarely that unlucky. Where the plan expects less than 5 subjects in a variant, the
 * verdict is `not_enough_data`.
 *
 * Throws `StatisticsError` for less than two variants, no subjects at all, or a weight that is not above 0.
 *
 * Source: Pearson's chi-square of fit; Fabijan et al. 2019, KDD, Diagnosing Sample Ratio Mismatch.
 */
export function sampleRatioMismatch(variants: readonly Allocation[], threshold = 0.001): SampleRatio {
  requireNumber('threshold', threshold, { above: 0, below: 1 });
  if (variants.length < 2) throw new StatisticsError('too_few', 'variants', 'variants must be at least two.');
  variants.forEach(({ subjects, weight }, index) => {
    requireWhole(`variants[${index}].subjects`, subjects, { atLeast: 0 });
    requireNumber(`variants[${index}].weight`, weight, { atLeast: 1e-9, atMost: 1e9 });
  });
  const total = variants.reduce((sum, { subjects }) => sum + subjects, 0);
  requireWhole('subjects', total, { atLeast: 1 });
  const weights = variants.reduce((sum, { weight }) => sum + weight, 0);
  const expected = variants.map(({ weight }) => (total * weight) / weights);
  const chiSquare = variants.reduce((sum, { subjects }, index) => {
    return sum + (subjects - expected[index]!) ** 2 / expected[index]!;
  }, 0);
  const degreesOfFreedom = variants.length - 1;
  // The upper tail itself: 1 − the lower one would lose what makes a small p-value.
  const pValue = gammaIncomplete(chiSquare / 2, degreesOfFreedom / 2, true, true);
  const trusted = Math.min(...expected) >= 5;
  const verdict = trusted ? (pValue < threshold ? 'broken' : 'as_planned') : 'not_enough_data';
  return { verdict, expected, chiSquare, degreesOfFreedom, pValue: Math.min(1, Math.max(0, pValue)), threshold };
}
