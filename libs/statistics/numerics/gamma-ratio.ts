import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';

/** From here on the series below are exact to rounding. */
const LARGE = 16;
/** Bernoulli numbers B₂ … B₁₀ over k(k − 1) for lnΓ, and over k for ψ (Abramowitz and Stegun 6.1.40 and 6.3.18). */
const LOG_GAMMA_SERIES = [1 / 12, -1 / 360, 1 / 1_260, -1 / 1_680, 1 / 1_188];
const DIGAMMA_SERIES = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132];

/**
 * lnΓ(a + by) − lnΓ(a) for positive numbers, by Stirling's series where the two are large: taken apart they would share
 * most of their digits, and the difference be rounding. Not finite where an argument is none or overflows.
 */
export function logGammaRatio(a: number, by: number): number {
  if (a < LARGE) return gammaln(a + by) - gammaln(a);
  const sum = a + by;
  const corrections = series(LOG_GAMMA_SERIES, sum) * sum - series(LOG_GAMMA_SERIES, a) * a;
  return (a - 0.5) * Math.log1p(by / a) + by * (Math.log(sum) - 1) + corrections;
}

/** ψ(a + by) − ψ(a) for positive numbers, with the same care. */
export function digammaDifference(a: number, by: number): number {
  if (a < LARGE) return digamma(a + by) - digamma(a);
  const sum = a + by;
  return Math.log1p(by / a) + by / (2 * a * sum) - series(DIGAMMA_SERIES, sum) + series(DIGAMMA_SERIES, a);
}

/** c₁/x² + c₂/x⁴ + … */
function series(coefficients: readonly number[], x: number): number {
  const square = 1 / x ** 2;
  return coefficients.reduceRight((sum, coefficient) => (sum + coefficient) * square, 0);
}
