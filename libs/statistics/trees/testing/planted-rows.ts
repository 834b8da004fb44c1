import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Attributes, ResponseRow } from '../attribute-values.ts';

const TOWNS = ['Ghent', 'Lyon', 'Turin', 'Porto'];

/** Customers with made-up attributes, some of them missing, who respond as likely as a rule says. */
export function plantedRows(
  count: number,
  seed: number,
  chance: (attributes: Attributes & { readonly age: number | null; readonly town: string }) => number,
): readonly ResponseRow[] {
  const random = xoroshiro128plus(seed);
  return Array.from({ length: count }, () => {
    const attributes = {
      age: uniformFloat64(random) < 0.1 ? null : uniformInt(random, 18, 90),
      town: TOWNS[uniformInt(random, 0, TOWNS.length - 1)]!,
      member: uniformFloat64(random) < 0.5,
      shoeSize: uniformInt(random, 36, 46),
    };
    return { attributes, responded: uniformFloat64(random) < chance(attributes) };
  });
}
