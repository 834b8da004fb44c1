import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { StatisticsError } from '../statistics-error.ts';
import { requireArm, type Arm } from './arm.ts';

export interface ZTest {
  /** The difference (variant − control) in standard errors. */
  readonly z: number;
  /** Two-sided: the chance of a difference at least as large if both arms had the same true rate. */
  readonly pValue: number;
}

/**
 * The two-proportion z test, with the pooled rate and without continuity correction; its square is Pearson's chi-square.
 * For counts that `smallestExpectedCount` puts below 5, use `fisherExactTest`.
 *
 * Throws `StatisticsError` for counts that cannot be, and `no_variation` where none or all of the subjects of both arms
 * converted: z then has no value.
 *
 * Source: Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, 3rd ed., equation 3.5.
 */
export function twoProportionZTest(control: Arm, variant: Arm): ZTest {
  const difference = requireArm('variant', variant) - requireArm('control', control);
  const pooled = (control.conversions + variant.conversions) / (control.subjects + variant.subjects);
  if (pooled === 0 || pooled === 1) {
    const extent = pooled === 0 ? 'none' : 'all';
    throw new StatisticsError('no_variation', 'conversions', `conversions must vary, but ${extent} converted.`);
  }
  const z = difference / Math.sqrt(pooled * (1 - pooled) * (1 / control.subjects + 1 / variant.subjects));
  return { z, pValue: Math.min(1, 2 * normalCdf(-Math.abs(z), 0, 1)) };
}

/**
 * The smallest of the four counts (converted or not, in either arm) that equal rates would lead to expect. The normal
 * approximation of the z test is trusted from 5 on (Cochran 1954, Biometrics 10, 417–451).
 */
export function smallestExpectedCount(control: Arm, variant: Arm): number {
  requireArm('control', control);
  requireArm('variant', variant);
  const subjects = control.subjects + variant.subjects;
  const conversions = control.conversions + variant.conversions;
  const rarer = Math.min(conversions, subjects - conversions);
  return (rarer * Math.min(control.subjects, variant.subjects)) / subjects;
}
