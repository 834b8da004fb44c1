import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { formulaValue, historicValue, historicValueAtRate, lifespanOfChurn } from './historic-value.ts';

function cny(minorUnits: number) {
  return { minorUnits, currency: 'CNY' };
}

function usd(minorUnits: number) {
  return { minorUnits, currency: 'USD' };
}

describe('the historic value of a customer', () => {
  test('is what was paid less what it cost, by currency', () => {
    const orders = [
      { amount: usd(10_000), cost: usd(6_050) },
      { amount: cny(5_000), cost: cny(5_500) },
      { amount: usd(1), cost: usd(0) },
    ];
    expect(historicValue(orders)).toEqual([cny(-500), usd(3_951)]);
    expect(historicValue([])).toEqual([]);
  });

  test('at a margin rate is rounded once, not with each order', () => {
    const third = { numerator: 1n, denominator: 3n };
    expect(historicValueAtRate([cny(100), cny(100), cny(100)], third)).toEqual([cny(100)]);
    expect(historicValueAtRate([cny(1), usd(3)], { numerator: 1n, denominator: 2n })).toEqual([cny(0), usd(2)]);
  });

  test('is exact, and the sum of its parts', () => {
    const amounts = fc.array(fc.nat({ max: 2 ** 40 }), { minLength: 1 });
    fc.assert(
      fc.property(amounts, amounts, (left, right) => {
        const of = (parts: readonly number[]): number =>
          historicValue(parts.map((part) => ({ amount: cny(part), cost: cny(1) })))[0]!.minorUnits;
        expect(of([...left, ...right])).toBe(of(left) + of(right));
      }),
    );
  });

  test('is refused of what is no amount, or cannot be told exactly', () => {
    expect(() => historicValue([{ amount: cny(0.5), cost: cny(0) }])).toThrow(
      expect.objectContaining({ code: 'not_whole', field: 'orders[0].amount.minorUnits' }),
    );
    expect(() => historicValue([{ amount: cny(5), cost: cny(-1) }])).toThrow(
      expect.objectContaining({ code: 'out_of_range', field: 'orders[0].cost.minorUnits' }),
    );
    const most = { amount: cny(Number.MAX_SAFE_INTEGER), cost: cny(0) };
    expect(() => historicValue([most, most])).toThrow(expect.objectContaining({ code: 'too_many' }));
    for (const rate of [
      { numerator: 3n, denominator: 2n },
      { numerator: -1n, denominator: 2n },
      { numerator: 0n, denominator: 0n },
    ]) {
      expect(() => historicValueAtRate([cny(1)], rate)).toThrow(expect.objectContaining({ field: 'marginRate' }));
    }
  });
});

describe('the formula value of a customer', () => {
  test('multiplies order value, orders, years and margin', () => {
    const lifespanYears = lifespanOfChurn(0.25);
    expect(lifespanYears).toBe(4);
    expect(formulaValue({ averageOrderValue: 50, ordersPerYear: 6, lifespanYears, marginRate: 0.3 })).toBe(360);
  });

  test('needs a churn from which a lifespan follows', () => {
    expect(lifespanOfChurn(1)).toBe(1);
    for (const churn of [0, -0.1, 1.1, Number.NaN, Number.MIN_VALUE]) {
      expect(() => lifespanOfChurn(churn)).toThrow(expect.objectContaining({ name: 'StatisticsError' }));
    }
  });

  test.each(['averageOrderValue', 'ordersPerYear', 'lifespanYears', 'marginRate'])('needs %s from 0 on', (field) => {
    const terms = { averageOrderValue: 1, ordersPerYear: 1, lifespanYears: 1, marginRate: 1 };
    expect(() => formulaValue({ ...terms, [field]: -1 })).toThrow(expect.objectContaining({ field }));
    expect(() => formulaValue({ ...terms, [field]: Number.POSITIVE_INFINITY })).toThrow(
      expect.objectContaining({ code: 'not_finite', field }),
    );
  });

  test('needs a margin rate of no more than everything', () => {
    const terms = { averageOrderValue: 1, ordersPerYear: 1, lifespanYears: 1, marginRate: 1.01 };
    expect(() => formulaValue(terms)).toThrow(expect.objectContaining({ field: 'marginRate' }));
  });
});
