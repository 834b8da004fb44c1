import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { StatisticsError, requireNumber, requireSome } from '../statistics-error.ts';

/** A variant's weight is its part of the sum of all weights; 50 and 50 say the same as 1 and 1. */
export interface WeightedVariant {
  readonly name: string;
  readonly weight: number;
}

/**
 * The variant a subject sees in an experiment, named by its `name`. The same subject always gets the same one, whoever
 * else takes part; over many subjects the shares are as the weights; two experiments do not go together. The order of
 * the variants does not matter.
 *
 * Where the plan changes, no more subjects move than must: raising a weight or adding a variant moves subjects only into
 * it, lowering a weight or removing a variant only out of it. A variant of weight 0 gets nobody. A subject that has seen
 * a variant may so be given another later: what was seen is worth recording.
 *
 * Names are compared as they are written: `A` and `a` are two subjects.
 *
 * Throws `StatisticsError`: `empty` without variants or for an empty name, `not_unique` for a name that comes twice,
 * `out_of_range` for a negative weight or where all are 0.
 *
 * Source: rendezvous hashing with weights (Thaler and Ravishankar 1998, IEEE/ACM Transactions on Networking 6(1);
 * Schindelhauer and Schomaker 2005, SPAA) over SHA-256.
 */
export function assignVariant(experiment: string, subject: string, variants: readonly WeightedVariant[]): string {
  requireSome('experiment', experiment);
  requireSome('subject', subject);
  requireVariants(variants);
  let best = { name: '', score: Number.POSITIVE_INFINITY };
  for (const { name, weight } of variants) {
    if (weight === 0) continue;
    // The first of several exponential waiting times: each variant comes first as often as its rate, the weight, says.
    const score = -Math.log(uniform(experiment, subject, name)) / weight;
    if (score < best.score || (score === best.score && name < best.name)) best = { name, score };
  }
  return best.name;
}

function requireVariants(variants: readonly WeightedVariant[]): void {
  requireSome('variants', variants);
  const names = new Set<string>();
  for (const [index, { name, weight }] of variants.entries()) {
    requireSome(`variants[${index}].name`, name);
    requireNumber(`variants[${index}].weight`, weight, { atLeast: 0, atMost: 1e9 });
    if (weight > 0) requireNumber(`variants[${index}].weight`, weight, { atLeast: 1e-9 });
    if (names.has(name))
      throw new StatisticsError('not_unique', `variants[${index}].name`, `variants[${index}].name comes twice.`);
    names.add(name);
  }
  if (variants.every(({ weight }) => weight === 0))
    throw new StatisticsError('out_of_range', 'variants', 'variants must have a weight above 0 among them.');
}

/** A number between 0 and 1, neither included, from the first 52 bits of the hash. */
function uniform(experiment: string, subject: string, variant: string): number {
  const hash = sha256(utf8ToBytes(JSON.stringify([experiment, subject, variant])));
  const view = new DataView(hash.buffer, hash.byteOffset);
  return (view.getUint32(0) * 2 ** 20 + (view.getUint32(4) >>> 12) + 0.5) / 2 ** 52;
}
