import { requireNumber, requireSome } from '../statistics-error.ts';

/**
 * The p-values of several tests, in the order given, adjusted so that the chance of any false alarm among them stays
 * below the level a single one is held against. None is smaller than before.
 *
 * Throws `StatisticsError` where there are none, or one is not between 0 and 1.
 *
 * Source: Holm 1979, Scandinavian Journal of Statistics 6, 65–70.
 */
export function holmAdjusted(pValues: readonly number[]): readonly number[] {
  requireSome('pValues', pValues);
  pValues.forEach((pValue, index) => requireNumber(`pValues[${index}]`, pValue, { atLeast: 0, atMost: 1 }));
  const adjusted = pValues.slice();
  let largest = 0;
  const smallestFirst = [...pValues.entries()].toSorted(([, left], [, right]) => left - right);
  for (const [rank, [index, pValue]] of smallestFirst.entries()) {
    largest = Math.max(largest, Math.min(1, pValue * (pValues.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}
