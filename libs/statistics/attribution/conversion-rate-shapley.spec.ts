import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { conversionRateShapley } from './conversion-rate-shapley.ts';

const journeys = fc
  .array(
    fc.record({
      channels: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 5 }),
      conversions: fc.nat({ max: 9 }),
      nulls: fc.nat({ max: 9 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .filter((some) => some.some(({ conversions }) => conversions > 0));

/** Every order of some names. */
function orders(names: readonly string[]): readonly (readonly string[])[] {
  if (names.length === 0) return [[]];
  return names.flatMap((name) => orders(names.filter((other) => other !== name)).map((rest) => [name, ...rest]));
}

/** More channels than all sets are gone through for, of which the first converts twice as often as the others. */
const many = Array.from({ length: 25 }, (_, index) => ({
  channels: [`channel ${String(index).padStart(2, '0')}`],
  conversions: index === 0 ? 2 : 1,
  nulls: index === 0 ? 2 : 3,
}));

describe('the Shapley values of a conversion rate', () => {
  test('are what each channel adds in the mean of all orders', () => {
    fc.assert(
      fc.property(journeys, (given) => {
        const { rate, shares } = conversionRateShapley(given);
        const rateOf = (set: ReadonlySet<string>) => {
          const inside = given.filter(({ channels }) => channels.every((channel) => set.has(channel)));
          const converted = inside.reduce((sum, { conversions }) => sum + conversions, 0);
          const ended = inside.reduce((sum, { conversions, nulls }) => sum + conversions + nulls, 0);
          return ended === 0 ? 0 : converted / ended;
        };
        const all = orders(shares.map(({ channel }) => channel));
        for (const share of shares) {
          const added = all.map((order) => {
            const before = order.slice(0, order.indexOf(share.channel));
            return rateOf(new Set([...before, share.channel])) - rateOf(new Set(before));
          });
          expect(share.rate).toBeCloseTo(added.reduce((sum, one) => sum + one, 0) / all.length, 12);
          expect(share.standardError).toBeNull();
        }
        expect(shares.reduce((sum, share) => sum + share.rate, 0)).toBeCloseTo(rate, 12);
      }),
    );
  });

  test('are exact for twenty channels', () => {
    const { method, rate, shares } = conversionRateShapley(many.slice(0, 20));
    expect(method).toBe('exact');
    expect(shares).toHaveLength(20);
    expect(shares.reduce((sum, share) => sum + share.rate, 0)).toBeCloseTo(rate, 10);
    for (const share of shares.slice(2)) expect(share.rate).toBeCloseTo(shares[1]!.rate, 10);
  });

  test('are sampled, with their errors, for more of them', () => {
    const { method, rate, permutations, shares } = conversionRateShapley(many, {
      sampling: { seed: 7, permutations: 4_000 },
    });
    expect({ method, permutations }).toEqual({ method: 'sampled', permutations: 4_000 });
    expect(shares.reduce((sum, share) => sum + share.rate, 0)).toBeCloseTo(rate, 12);
    // Of channels that are alike, each has the same value: the rest after the first one, divided.
    const alike = shares.slice(1);
    const mean = alike.reduce((sum, share) => sum + share.rate, 0) / alike.length;
    const errors = alike.map((share) => Math.abs(share.rate - mean) / share.standardError!);
    expect(Math.max(...errors)).toBeLessThan(4.5);
    expect(errors.filter((error) => error < 1).length).toBeGreaterThan(alike.length / 3);
    expect(shares[0]!.rate).toBeGreaterThan(mean + 4 * shares[0]!.standardError!);
  });

  test('are the same again for the same seed, in whatever order the journeys come, and others for another', () => {
    const sampled = (seed: number, given = many) =>
      conversionRateShapley(given, { sampling: { seed, permutations: 50 } });
    expect(sampled(1, many.toReversed())).toEqual(sampled(1));
    expect(sampled(2)).not.toEqual(sampled(1));
  });

  test.each([
    ['too_many', 'journeys', undefined],
    ['out_of_range', 'sampling.permutations', { seed: 1, permutations: 1 }],
    ['not_whole', 'sampling.seed', { seed: 0.5, permutations: 10 }],
  ])('are refused as %s for %s', (code, field, sampling) => {
    expect(() => conversionRateShapley(many, sampling && { sampling })).toThrow(
      expect.objectContaining({ name: 'StatisticsError', code, field }),
    );
  });
});
