import { requireNumber } from '../statistics-error.ts';

/** Terms are rescaled before they overflow. */
const LARGE = 1e280;
const LOG_LARGE = Math.log(LARGE);

/**
 * Logarithm of the Gauss hypergeometric function ₂F₁(a, b; c; z), which itself overflows for heavy buyers long before
 * what it is multiplied with becomes too small.
 *
 * For positive a, b, c every term of the series is positive, so the sum is as good as its terms. Where a and b are large
 * and c is near both, Euler's transformation ₂F₁(a, b; c; z) = (1 − z)^(c − a − b) ₂F₁(c − a, c − b; c; z) (Abramowitz
 * and Stegun 15.3.3) makes them small beside c. Then terms of either sign shrink fourfold from the first on, so that
 * nothing cancels, and a few are enough instead of tens of thousands.
 * @param a positive, or small beside c as `isSmallBeside` tells; so is b
 * @param z from 0 to less than 1. The number of terms may grow as 1/(1 − z), to some 40 million at 1 − 1e-6.
 * Throws StatisticsError where c is not positive, or a, b or z out of its range.
 */
export function logGaussHypergeometric(a: number, b: number, c: number, z: number): number {
  requireNumber('c', c, { above: 0 });
  requireNumber('z', z, { atLeast: 0, below: 1 });
  if (isSmallBeside(c, a, b)) return logSeries(a, b, c, z);
  requireNumber('a', a, { above: 0 });
  requireNumber('b', b, { above: 0 });
  const [left, right] = [c - a, c - b];
  if (!isSmallBeside(c, left, right)) return logSeries(a, b, c, z);
  return (left - b) * Math.log1p(-z) + logSeries(left, right, c, z);
}

/** Whether the terms of ₂F₁(a, b; c; z) shrink fourfold from the first on, for any z below 1. */
export function isSmallBeside(c: number, a: number, b: number): boolean {
  return 4 * (Math.abs(a) + 1) * (Math.abs(b) + 1) <= c;
}

/** Logarithm of the sum over n of (a)ₙ (b)ₙ / (c)ₙ / n! · zⁿ, which is to be positive. */
function logSeries(a: number, b: number, c: number, z: number): number {
  let sum = 1;
  let term = 1;
  let scale = 0;
  for (let n = 0; term !== 0; n += 1) {
    term *= ((a + n) / (c + n)) * ((b + n) / (n + 1)) * z;
    sum += term;
    if (sum > LARGE) {
      sum /= LARGE;
      term /= LARGE;
      scale += LOG_LARGE;
    }
    // No later ratio of terms exceeds this, as each factor tends to 1 from one side: the rest is a geometric series.
    const bound = z * Math.max(1, (Math.abs(a) + n) / (c + n)) * Math.max(1, (Math.abs(b) + n) / (n + 1));
    if (bound < 1 && Math.abs(term) * bound < Number.EPSILON * 0.1 * sum * (1 - bound)) break;
  }
  return scale + Math.log(sum);
}
