import { StatisticsError, requireNumber, requireSome } from '../statistics-error.ts';
import { requireArm, type Arm } from './arm.ts';

/** All that was counted up to a moment. */
export interface Look {
  readonly control: Arm;
  readonly variant: Arm;
}

export interface SequentialTest {
  /** The p-value after each look. It never rises. */
  readonly pValues: readonly number[];
  /** The one after the last look. */
  readonly pValue: number;
  readonly mixingVariance: number;
}

const FEWEST_OF_A_KIND = 5;

/**
 * A p-value that may be looked at as often as one likes, and the experiment ended whenever it is small enough: the
 * mixture sequential probability ratio test of equal rates. At the same size it takes more subjects than a test with one
 * look.
 *
 * `mixingVariance` is τ², the variance of the differences one expects to meet, as shares; 0.0001 where left out, which
 * is a standard deviation of one percentage point. Any value keeps the promise; near the square of the true difference
 * the test is fastest. It must be chosen before the first look.
 *
 * The looks are in order of time, each with all subjects so far. As the normal approximation needs it, looks with less
 * than 5 conversions or less than 5 subjects without one, in either arm, are passed over and leave the p-value as it
 * was, at first 1.
 *
 * Throws `StatisticsError` where there is no look, counts cannot be, or shrink from one look to the next.
 *
 * Source: Johari, Koomen, Pekelis and Walsh 2017, Peeking at A/B Tests, KDD, and 2022, Always Valid Inference,
 * Operations Research 70(3), 1806–1821, the mixture likelihood ratio for two streams, with the arms' own variances.
 */
export function sequentialTest(looks: readonly Look[], mixingVariance = 0.0001): SequentialTest {
  requireNumber('mixingVariance', mixingVariance, { atLeast: 1e-12, atMost: 1 });
  requireSome('looks', looks);
  let pValue = 1;
  const pValues = looks.map((look, index) => {
    requireLook(`looks[${index}]`, look, looks[index - 1]);
    pValue = Math.min(pValue, 1 / Math.max(1, likelihoodRatio(look, mixingVariance)));
    return pValue;
  });
  return { pValues, pValue, mixingVariance };
}

function requireLook(field: string, look: Look, before: Look | undefined): void {
  for (const arm of ['control', 'variant'] as const) {
    requireArm(`${field}.${arm}`, look[arm]);
    const subjects = look[arm].subjects - (before?.[arm].subjects ?? 0);
    const conversions = look[arm].conversions - (before?.[arm].conversions ?? 0);
    if (subjects < 0 || conversions < 0 || conversions > subjects)
      throw new StatisticsError('not_sorted', `${field}.${arm}`, `${field}.${arm} must add to the look before it.`);
  }
}

/** How much better a mixture of differences around 0 explains the counts than no difference; 0 where it cannot be told. */
function likelihoodRatio({ control, variant }: Look, mixingVariance: number): number {
  const rarest = Math.min(...[control, variant].flatMap((arm) => [arm.conversions, arm.subjects - arm.conversions]));
  if (rarest < FEWEST_OF_A_KIND) return 0;
  const difference = variant.conversions / variant.subjects - control.conversions / control.subjects;
  const variance = varianceOf(control) + varianceOf(variant);
  const both = variance + mixingVariance;
  return Math.sqrt(variance / both) * Math.exp((mixingVariance * difference ** 2) / (2 * variance * both));
}

function varianceOf({ subjects, conversions }: Arm): number {
  const rate = conversions / subjects;
  return (rate * (1 - rate)) / subjects;
}
