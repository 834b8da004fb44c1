import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import type { Slope } from '../numerics/minimise.ts';

/** A repeat buyer as the Gamma–Gamma model sees one: `frequency` purchases of `meanValue` on average. */
export interface Buyer {
  readonly frequency: number;
  readonly meanValue: number;
}

/**
 * Beyond these sizes of its logarithms a parameter is in one of the model's limits, and differences of lnΓ are rounding
 * and nothing else. A search that wants to go there is told that nothing is defined there.
 */
const EDGES = [12, 12, 30];

/**
 * The negative log-likelihood of the Gamma–Gamma model and its gradient by (ln p, ln q, ln v); Fader and Hardie, "The
 * Gamma-Gamma Model of Monetary Value" (2013), equation (1a), summed over the buyers. The value is not
 * finite where p or q is beyond e^±12.
 *
 * For a buyer with x purchases of z on average, with the chain rule for the logarithms:
 *
 *     ln L = lnΓ(px + q) − lnΓ(px) − lnΓ(q) + q ln v + (px − 1) ln z + px ln x − (px + q) ln(v + xz)
 */
export function negativeLogLikelihood(buyers: readonly Buyer[], logarithms: readonly number[]): Slope {
  if (logarithms.some((logarithm, index) => Math.abs(logarithm) > EDGES[index]!)) {
    return { value: Number.NaN, gradient: [0, 0, 0] };
  }
  const [p, q, v] = logarithms.map(Math.exp) as [number, number, number];
  const logV = logarithms[2]!;
  const [gammaLnQ, digammaQ] = [gammaln(q), digamma(q)];
  let [value, byP, byQ, byV] = [0, 0, 0, 0];
  for (const { frequency: x, meanValue: z } of buyers) {
    const px = p * x;
    const [logZ, logX, logRate] = [Math.log(z), Math.log(x), Math.log(v + x * z)];
    const digammaSum = digamma(px + q);
    value +=
      gammaln(px + q) - gammaln(px) - gammaLnQ + q * (logV - logRate) + px * (logZ + logX - logRate) - logZ;
    byP += x * (digammaSum - digamma(px) + logZ + logX - logRate);
    byQ += digammaSum - digammaQ + logV - logRate;
    byV += q / v - (px + q) / (v + x * z);
  }
  return { value: -value, gradient: [-p * byP, -q * byQ, -v * byV] };
}
