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
 * Gamma-Gamma Model of Monetary Value" (2013), equation (1a), summed over the buyers, in an order of its own. Not finite
 * where a parameter overflows.
 *
 * For a buyer with x purchases of z on average, with the chain rule for the logarithms:
 *
 *     ln L = lnΓ(px + q) − lnΓ(px) − lnΓ(q) + q ln v + (px − 1) ln z + px ln x − (px + q) ln(v + xz)
 */
export function negativeLogLikelihood(buyers: readonly Buyer[]): (logarithms: readonly number[]) => Slope {
  const groups = groupedByFrequency(buyers);
  const logValues = groups.reduce((all, { logarithms }) => logarithms.reduce((sum, each) => sum + each, all), 0);

  return (logarithms) => {
    const [p, q, v] = logarithms.map(Math.exp) as [number, number, number];
    let [value, byP, byQ, byV] = [-logValues, 0, 0, 0];
    for (const { frequency: x, values, logarithms: logZ } of groups) {
      const px = p * x;
      const logUnit = Math.log(x) - logarithms[2]!;
      let [own, others, slope] = [0, 0, 0];
      for (let index = 0; index < values.length; index += 1) {
        // ln(xz / (v + xz)) and ln(v / (v + xz)), of which one is close to 0 in each limit and must keep its digits there;
        // the other is that one and the logarithm of their ratio.
        const ratio = (x / v) * values[index]!;
        const logRatio = logUnit + logZ[index]!;
        const small = -Math.log1p(ratio < 1 ? ratio : 1 / ratio);
        own += ratio < 1 ? small + logRatio : small;
        others += ratio < 1 ? small : small - logRatio;
        slope += (q * ratio - px) / (1 + ratio);
      }
      const [lesser, greater] = px < q ? [px, q] : [q, px];
      value += values.length * (logGammaRatio(greater, lesser) - gammaln(lesser)) + px * own + q * others;
      byP += px * (values.length * digammaDifference(px, q) + own);
      byQ += q * (values.length * digammaDifference(q, px) + others);
      byV += slope;
    }
    return { value: -value, gradient: [-byP, -byQ, -byV] };
  };
}

/** Gamma functions depend on the frequency alone, so that buyers of the same share them. */
function groupedByFrequency(buyers: readonly Buyer[]) {
  return [...Map.groupBy(buyers, ({ frequency }) => frequency)]
    .toSorted(([one], [other]) => one - other)
    .map(([frequency, members]) => {
      const values = Float64Array.from(members, ({ meanValue }) => meanValue).toSorted();
      return { frequency, values, logarithms: values.map(Math.log) };
    });
}
