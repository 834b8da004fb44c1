import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { splitAmount, splitUnits } from './largest-remainder.ts';
import { StatisticsError } from './statistics-error.ts';

const weights = fc
  .array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e300, noNaN: true })), { minLength: 1, maxLength: 12 })
  .filter((some) => some.some((weight) => weight > 0));

describe('a split by largest remainder', () => {
  test.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [10, [0.4, 0.2, 0.4], [4, 2, 4]],
    [10, [0.7, 0.2, 0.1], [7, 2, 1]],
    [7, [0.4, 0.2, 0.4], [3, 1, 3]],
    [1, [0, 0.5, 0.5], [0, 1, 0]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [0, [1, 2], [0, 0]],
    [5, [3], [5]],
    [3, [5e-324, 5e-324, 1e-323], [1, 1, 1]],
    [4, [5e-324, 1e-323, 5e-324], [1, 2, 1]],
    [9, [2 ** -1022, 2 ** -1023], [6, 3]],
    [5, [1e300, 5e-324], [5, 0]],
  ])('of %d by %j is %j', (amount, by, parts) => {
    expect(splitAmount(amount, by)).toEqual(parts);
  });

  test('adds up to the amount exactly, however large and of either sign', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), weights, (amount, by) => {
        expect(splitUnits(amount, by).reduce((sum, part) => sum + part, 0n)).toBe(amount);
      }),
    );
  });

  test('is the same for weights twice as large, and nothing for a weight of zero', () => {
    fc.assert(
      fc.property(fc.integer(), weights, (amount, by) => {
        const parts = splitAmount(amount, by);
        const doubled = by.map((weight) => weight * 2);
        expect(splitAmount(amount, doubled)).toEqual(parts);
        expect(parts.filter((part, index) => part !== 0 && by[index] === 0)).toEqual([]);
      }),
    );
  });

  test('is less than a unit away from the exact share', () => {
    const whole = fc.array(fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), whole, (amount, by) => {
        const sum = by.reduce((total, weight) => total + weight, 0n);
        fc.pre(sum > 0n);
        for (const [index, part] of splitUnits(amount, by.map(Number)).entries()) {
          const off = part * sum - amount * by[index]!;
          expect(off > -sum && off < sum).toBe(true);
        }
      }),
    );
  });

  test.each([
    ['empty', 'weights', 1, []],
    ['out_of_range', 'weights', 1, [0, 0]],
    ['out_of_range', 'weights[1]', 1, [1, -1]],
    ['not_finite', 'weights[0]', 1, [Number.NaN]],
    ['not_finite', 'weights[0]', 1, [Infinity]],
    ['not_whole', 'amount', 0.5, [1]],
    ['not_whole', 'amount', 2 ** 53, [1]],
    ['not_finite', 'amount', Number.NaN, [1]],
  ] as const)('is refused as %s for its %s', (code, field, amount, by) => {
    expect(() => splitAmount(amount, by)).toThrow(StatisticsError);
    expect(() => splitAmount(amount, by)).toThrow(expect.objectContaining({ code, field }));
  });
});
