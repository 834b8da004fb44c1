import gammaln from '@stdlib/math-base-special-gammaln';
import { digammaDifference, logGammaRatio } from '../numerics/gamma-ratio.ts';
import type { Slope } from '../numerics/minimise.ts';

/** A repeat buyer as the Gamma–Gamma model sees one: `frequency` repeat purchases of `meanValue` on average. */
export interface Buyer {
  readonly frequency: number;
  readonly meanValue: number;
}

/**
 * The negative log-likelihood of the Gamma–Gamma model and its gradient by (ln p, ln q, ln v); Fader and Hardie, "The
 * Gamma-Gamma Model of Monetary Value" (2013), equation (1a), summed over the buyers. Not finite where a
 * parameter overflows.
 *
 * For a buyer with x purchases of z on average, with the chain rule for the logarithms:
 *
 *     ln L = lnΓ(px + q) − lnΓ(px) − lnΓ(q) + q ln v + (px − 1) ln z + px ln x − (px + q) ln(v + xz)
 */
export function negativeLogLikelihood(buyers: readonly Buyer[], logarithms: readonly number[]): Slope {
  const [p, q, v] = logarithms.map(Math.exp) as [number, number, number];
  let [value, byP, byQ, byV] = [0, 0, 0, 0];
  for (const { frequency: x, meanValue: z } of buyers) {
    const px = p * x;
    const sum = v + x * z;
    const [lesser, greater] = px < q ? [px, q] : [q, px];
    // ln(xz / (v + xz)) and ln(v / (v + xz)), of which one is close to 0 in each limit and must keep its digits there.
    const logOwn = -Math.log1p(v / (x * z));
    const logOthers = -Math.log1p((x * z) / v);
    value += logGammaRatio(greater, lesser) - gammaln(lesser) + px * logOwn + q * logOthers - Math.log(z);
    byP += px * (digammaDifference(px, q) + logOwn);
    byQ += q * (digammaDifference(q, px) + logOthers);
    byV += (q * x * z - px * v) / sum;
  }
  return { value: -value, gradient: [-byP, -byQ, -byV] };
}
