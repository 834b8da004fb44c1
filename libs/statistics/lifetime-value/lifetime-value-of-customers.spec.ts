import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { expectedPurchases } from './bg-nbd-expectation.ts';
import { probabilityAlive } from './bg-nbd.ts';
import { expectedMeanValue } from './gamma-gamma-values.ts';
import { valueCustomers } from './lifetime-value-of-customers.ts';
import type { LifetimeValueTerms } from './lifetime-value.ts';

const purchases = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const spend = { p: 6.25, q: 3.74, v: 15.44 };
const terms: LifetimeValueTerms = { months: 12, unit: 'weeks', monthlyDiscount: 0.01, marginRate: 1 };
const customers = [
  { customer: 'a', frequency: 2, recency: 30.43, age: 38.86, meanValue: 22.35 },
  { customer: 'b', frequency: 0, recency: 0, age: 38.86, meanValue: null },
  { customer: 'c', frequency: 2, recency: 30.43, age: 38.86, meanValue: 44.7 },
  { customer: 'd', frequency: 29, recency: 37.9, age: 38, meanValue: 10 },
];
const { customers: valued, total } = valueCustomers(customers, purchases, spend, terms);

describe('the lifetime values of customers', () => {
  test('come of what each is expected to buy and to pay', () => {
    const [first] = valued;
    expect(first).toMatchObject({
      customer: 'a',
      probabilityAlive: probabilityAlive(purchases, customers[0]!),
      expectedPurchases: expectedPurchases(purchases, customers[0]!, 12 * 4.345),
      expectedMeanValue: expectedMeanValue(spend, customers[0]!),
    });
    const { expectedPurchases: expected, expectedMeanValue: mean, lifetimeValue, undiscounted } = first!;
    expect(undiscounted).toBeCloseTo(expected * mean!, 10);
    expect(lifetimeValue).toBeLessThan(undiscounted!);
    expect(lifetimeValue).toBeGreaterThan(undiscounted! / 1.01 ** 12);
  });

  test('differ in the value alone where only the spend differs', () => {
    const [first, , third] = valued;
    expect(third!.expectedPurchases).toBe(first!.expectedPurchases);
    expect(third!.lifetimeValue! / first!.lifetimeValue!).toBeCloseTo(
      third!.expectedMeanValue! / first!.expectedMeanValue!,
      12,
    );
  });

  test('add up to the total', () => {
    expect(total).toMatchObject({ customers: 4, valued: 4 });
    for (const part of ['expectedPurchases', 'lifetimeValue', 'undiscounted'] as const) {
      expect(total[part]).toBeCloseTo(
        valued.reduce((sum, customer) => sum + customer[part]!, 0),
        10,
      );
    }
  });

  test('are the same alone and among customers who differ in one thing', () => {
    const alike = [{}, { frequency: 3 }, { recency: 12 }, { age: 60 }].map((other) => ({ ...customers[0]!, ...other }));
    const together = valueCustomers(alike, purchases, spend, terms).customers;
    expect(together).toEqual(
      alike.flatMap((customer) => valueCustomers([customer], purchases, spend, terms).customers),
    );
    expect(new Set(together.map(({ lifetimeValue }) => lifetimeValue)).size).toBe(4);
  });

  test('follow their customers in any order', () => {
    expect(valueCustomers(customers.toReversed(), purchases, spend, terms).customers).toEqual(valued.toReversed());
  });

  test('fall with the discount and follow the margin', () => {
    const rate = fc.double({ min: 0, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(rate, fc.double({ min: 1e-6, max: 0.2, noNaN: true }), (low, more) => {
        const at = (monthlyDiscount: number, marginRate = 1): readonly number[] =>
          valueCustomers(customers, purchases, spend, { ...terms, monthlyDiscount, marginRate }).customers.map(
            ({ lifetimeValue }) => lifetimeValue!,
          );
        const [cheap, dear, half] = [at(low), at(low + more), at(low, 0.5)];
        for (const [index, value] of cheap.entries()) {
          expect(dear[index]).toBeLessThan(value);
          expect(half[index]! * 2).toBeCloseTo(value, 10);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('are none without a model of spend, or without a mean in it, and are not counted', () => {
    const without = valueCustomers(customers, purchases, null, terms);
    expect(without.total).toEqual({
      customers: 4,
      valued: 0,
      expectedPurchases: total.expectedPurchases,
      lifetimeValue: null,
      undiscounted: null,
    });
    expect(without.customers[0]).toMatchObject({ expectedMeanValue: null, lifetimeValue: null, undiscounted: null });
    const spread = valueCustomers(customers, purchases, { ...spend, q: 0.9 }, terms);
    expect(spread.customers.map(({ lifetimeValue }) => lifetimeValue === null)).toEqual([false, true, false, false]);
    expect(spread.total).toMatchObject({ customers: 4, valued: 3, expectedPurchases: total.expectedPurchases });
  });

  test('are refused of nobody, and name who cannot be', () => {
    expect(() => valueCustomers([], purchases, spend, terms)).toThrow(expect.objectContaining({ code: 'empty' }));
    const wrong = [...customers, { customer: 'e', frequency: 1, recency: 9, age: 8, meanValue: 1 }];
    expect(() => valueCustomers(wrong, purchases, spend, terms)).toThrow(
      expect.objectContaining({ field: 'customers[4].recency' }),
    );
    const unpaid = [{ ...customers[0]!, meanValue: Number.NaN }];
    for (const model of [spend, null])
      expect(() => valueCustomers(unpaid, purchases, model, terms)).toThrow(
        expect.objectContaining({ code: 'not_finite', field: 'customers[0].meanValue' }),
      );
  });
});
