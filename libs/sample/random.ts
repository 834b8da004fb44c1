import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Draws that repeat themselves for the same seed. */
export interface Random {
  /** Whether an event of this probability happens. */
  chance(probability: number): boolean;
  /** A whole number between two bounds, both included. */
  whole(low: number, high: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** One of the items, each as likely as its weight. */
  weighted<Item>(items: readonly (readonly [item: Item, weight: number])[]): Item;
  /** A positive number around a median, now and then far above it (log-normal). */
  skewed(median: number, spread: number): number;
}

export function random(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const unit = (): number => uniformFloat64(generator);
  return {
    chance: (probability) => unit() < probability,
    whole: (low, high) => uniformInt(generator, low, high),
    pick: (items) => items[uniformInt(generator, 0, items.length - 1)]!,
    weighted(items) {
      let rest = unit() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        rest -= weight;
        if (rest < 0) return item;
      }
      return items.at(-1)![0];
    },
    skewed(median, spread) {
      // Box and Muller, 1958; 1 − u keeps the logarithm finite.
      const normal = Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
      return median * Math.exp(spread * normal);
    },
  };
}
