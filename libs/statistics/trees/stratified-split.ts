import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { ResponseRow } from './attribute-values.ts';
import { attributeOf } from './attribute-values.ts';

export interface StratifiedSplit {
  readonly training: readonly ResponseRow[];
  readonly holdOut: readonly ResponseRow[];
}

/**
 * Holds out a share of those who responded and of those who did not, chosen by the seed. Rows are first put in the order
 * of their contents, so the choice does not depend on the order they come in. `names` are the attributes that count.
 */
export function stratifiedSplit(
  rows: readonly ResponseRow[],
  names: readonly string[],
  share: number,
  seed: number,
): StratifiedSplit {
  const random = xoroshiro128plus(seed);
  const ordered = rows
    .map((row) => ({ row, contents: JSON.stringify(names.map((name) => attributeOf(row.attributes, name) ?? null)) }))
    .toSorted((left, right) => (left.contents < right.contents ? -1 : Number(left.contents > right.contents)))
    .map(({ row }) => row);
  const training: ResponseRow[] = [];
  const holdOut: ResponseRow[] = [];
  for (const answer of [false, true]) {
    const stratum = ordered.filter(({ responded }) => responded === answer);
    for (let last = stratum.length - 1; last > 0; last -= 1) {
      const other = uniformInt(random, 0, last);
      [stratum[last], stratum[other]] = [stratum[other]!, stratum[last]!];
    }
    const held = Math.round(stratum.length * share);
    holdOut.push(...stratum.slice(0, held));
    training.push(...stratum.slice(held));
  }
  return { training, holdOut };
}
