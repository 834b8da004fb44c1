import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { lifetimeValue, monthlyDiscountOfYearly, type LifetimeValueTerms } from './lifetime-value.ts';

const terms: LifetimeValueTerms = { months: 12, unit: 'months', monthlyDiscount: 0.01, marginRate: 0.3 };
const steady = (units: number): number => 2 * units;

describe('the lifetime value of a customer', () => {
  test('is the margin of each month, discounted from its end', () => {
    const { expectedPurchases, undiscounted, value } = lifetimeValue(steady, 50, { ...terms, months: 3 });
    expect(expectedPurchases).toBe(6);
    expect(undiscounted).toBeCloseTo(90, 12);
    expect(value).toBeCloseTo(30 / 1.01 + 30 / 1.01 ** 2 + 30 / 1.01 ** 3, 12);
  });

  test('takes a month for 4.345 weeks or 30.415 days', () => {
    const asked: number[] = [];
    const ask = (units: number): number => asked.push(units);
    lifetimeValue(ask, 1, { ...terms, months: 2, unit: 'weeks' });
    lifetimeValue(ask, 1, { ...terms, months: 1, unit: 'days' });
    lifetimeValue(ask, 1, { ...terms, months: 1, unit: 'months' });
    expect(asked).toEqual([4.345, 8.69, 30.415, 1].map((units) => expect.closeTo(units, 12)));
  });

  test('without a discount is the margin itself', () => {
    const { value, undiscounted } = lifetimeValue(Math.sqrt, 33.3, { ...terms, monthlyDiscount: 0 });
    expect(value).toBeCloseTo(undiscounted, 12);
    expect(undiscounted).toBeCloseTo(Math.sqrt(12) * 33.3 * 0.3, 12);
  });

  test('falls with the discount, rises with the horizon, and follows the unit of money', () => {
    const discount = fc.double({ min: 0, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(
        discount,
        fc.double({ min: 1e-6, max: 0.5, noNaN: true }),
        fc.nat({ max: 60 }),
        (low, more, months) => {
          const at = (monthlyDiscount: number, ahead = months + 1, mean = 50): number =>
            lifetimeValue(Math.log1p, mean, { ...terms, monthlyDiscount, months: ahead }).value;
          expect(at(low + more)).toBeLessThan(at(low));
          expect(at(low, months + 2)).toBeGreaterThan(at(low));
          expect(at(low, months + 1, 5_000) / at(low)).toBeCloseTo(100, 9);
        },
      ),
    );
  });

  test.each([
    [{ months: 0 }, 'months'],
    [{ months: 1.5 }, 'months'],
    [{ months: 1_201 }, 'months'],
    [{ monthlyDiscount: -0.01 }, 'monthlyDiscount'],
    [{ monthlyDiscount: Number.NaN }, 'monthlyDiscount'],
    [{ marginRate: 1.5 }, 'marginRate'],
  ])('is refused at %j', (wrong, field) => {
    expect(() => lifetimeValue(steady, 1, { ...terms, ...wrong })).toThrow(expect.objectContaining({ field }));
  });

  test('is refused of a mean value or of purchases that cannot be', () => {
    expect(() => lifetimeValue(steady, -1, terms)).toThrow(expect.objectContaining({ field: 'meanValue' }));
    expect(() => lifetimeValue(() => Number.NaN, 1, terms)).toThrow(
      expect.objectContaining({ field: 'expectedPurchases' }),
    );
    expect(() => lifetimeValue(() => 1e300, 1e300, terms)).toThrow(expect.objectContaining({ code: 'not_finite' }));
  });
});

describe('the discount of a month', () => {
  test('comes to that of the year after twelve', () => {
    expect((1 + monthlyDiscountOfYearly(0.12)) ** 12).toBeCloseTo(1.12, 12);
    expect(monthlyDiscountOfYearly(0.12)).toBeCloseTo(0.009_488_8, 7);
    expect(monthlyDiscountOfYearly(0)).toBe(0);
    expect(() => monthlyDiscountOfYearly(-0.1)).toThrow(expect.objectContaining({ field: 'yearly' }));
  });
});
