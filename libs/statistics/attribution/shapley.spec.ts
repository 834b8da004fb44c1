import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { shapleyAttribution } from './shapley.ts';

const CHANNELS = ['a', 'b', 'c', 'd'];
const journeys = fc.array(
  fc.record({
    channels: fc.array(fc.constantFrom(...CHANNELS), { minLength: 1, maxLength: 6 }),
    conversions: fc.integer({ min: 1, max: 9 }),
    value: fc.nat({ max: 100 }),
  }),
  { minLength: 1, maxLength: 12 },
);

function factorial(number: number): number {
  return number < 2 ? 1 : number * factorial(number - 1);
}

describe('attribution by Shapley values', () => {
  test('is the weighted mean of what a channel adds to each set of the others', () => {
    const sets = Array.from({ length: 2 ** CHANNELS.length }, (_, bits) =>
      CHANNELS.filter((_name, at) => bits & (1 << at)),
    );
    fc.assert(
      fc.property(journeys, (given) => {
        const credits = shapleyAttribution(given);
        const brought = (set: readonly string[], what: 'conversions' | 'value') =>
          given
            .filter(({ channels }) => channels.every((channel) => set.includes(channel)))
            .reduce((sum, journey) => sum + journey[what], 0);
        for (const what of ['conversions', 'value'] as const) {
          for (const credit of credits) {
            const others = sets.filter((set) => !set.includes(credit.channel));
            const mean = others.reduce((sum, set) => {
              const orders = factorial(set.length) * factorial(CHANNELS.length - set.length - 1);
              const added = brought([...set, credit.channel], what) - brought(set, what);
              return sum + (orders / factorial(CHANNELS.length)) * added;
            }, 0);
            expect(credit[what]).toBeCloseTo(mean, 9);
          }
        }
      }),
    );
  });
});
