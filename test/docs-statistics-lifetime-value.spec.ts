import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { expectedPurchases } from '../libs/statistics/lifetime-value/bg-nbd-expectation.ts';
import { expectedMeanValue, populationMeanValue } from '../libs/statistics/lifetime-value/gamma-gamma-values.ts';
import { formulaValue, lifespanOfChurn } from '../libs/statistics/lifetime-value/historic-value.ts';
import { lifetimeValue, monthlyDiscountOfYearly } from '../libs/statistics/lifetime-value/lifetime-value.ts';

const ofSpend = readFileSync('docs/statistics/gamma-gamma.md', 'utf8').replaceAll(/\s+/g, ' ');
const ofValue = readFileSync('docs/statistics/lifetime-value.md', 'utf8').replaceAll(/\s+/g, ' ');
const purchases = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

function figuresIn(text: string, sentence: RegExp): readonly number[] {
  return sentence.exec(text)!.slice(1).map(Number);
}

const [p, q, v] = figuresIn(ofSpend, /p = ([\d.]+), q = ([\d.]+), v = ([\d.]+)\. /) as [number, number, number];
const spend = { p, q, v };

describe('the page of Gamma–Gamma', () => {
  test('has the figures of its example right', () => {
    const rows = [...ofSpend.matchAll(/\| (\d+) \| ([\d.]+) \| ([\d.]+) \|/g)].map((row) => row.slice(1).map(Number));
    expect(rows).toHaveLength(6);
    for (const [frequency, meanValue, expected] of rows as [number, number, number][]) {
      expect(expectedMeanValue(spend, { frequency, meanValue })).toBeCloseTo(expected, 2);
    }
    expect(populationMeanValue(spend)).toBeCloseTo(figuresIn(ofSpend, /÷ 2\.74 = ([\d.]+) per purchase/)[0]!, 2);
  });
});

describe('the page of lifetime value', () => {
  test('has the figures of its formula right', () => {
    const [averageOrderValue, ordersPerYear, lifespanYears, marginRate, value] = figuresIn(
      ofValue,
      /order value of (\d+), (\d+) orders a year, a lifespan of (\d+) years and a margin rate of ([\d.]+) make a value of (\d+)\./,
    ) as [number, number, number, number, number];
    expect(formulaValue({ averageOrderValue, ordersPerYear, lifespanYears, marginRate })).toBeCloseTo(value, 9);
    expect(lifespanOfChurn(figuresIn(ofValue, /a churn of ([\d.]+) makes 4 years/)[0]!)).toBe(lifespanYears);
    const [yearly, monthly] = figuresIn(ofValue, /: ([\d.]+) a year is ([\d.]+) a month/) as [number, number];
    expect(monthlyDiscountOfYearly(yearly)).toBeCloseTo(monthly, 5);
  });

  test('has the figures of its example right', () => {
    const [frequency, meanValue, recency, age] = figuresIn(
      ofValue,
      /with (\d) repeat purchases of ([\d.]+) on average, the last one ([\d.]+) weeks after the first, observed for ([\d.]+) weeks/,
    ) as [number, number, number, number];
    const [first, two, year, mean] = figuresIn(
      ofValue,
      /Expected are ([\d.]+) purchases in the first month, ([\d.]+) in the first two, ([\d.]+) in 12 months, and ([\d.]+) for each/,
    ) as [number, number, number, number];
    const within = (weeks: number): number => expectedPurchases(purchases, { frequency, recency, age }, weeks);
    for (const [months, expected] of [
      [1, first],
      [2, two],
      [12, year],
    ] as const) {
      // prettier-ignore
      expect(within(months * 4.345)).toBeCloseTo(expected, 3);
    }
    const exactMean = expectedMeanValue(spend, { frequency, meanValue })!;
    expect(exactMean).toBeCloseTo(mean, 2);
    const [marginRate, undiscounted, monthlyDiscount, value] = figuresIn(
      ofValue,
      /At a margin rate of ([\d.]+) that is .* = ([\d.]+); discounted by ([\d.]+) a month, the value is (\d+\.\d+)\./,
    ) as [number, number, number, number];
    const valued = lifetimeValue(within, exactMean, { months: 12, unit: 'weeks', monthlyDiscount, marginRate });
    expect(valued.undiscounted).toBeCloseTo(undiscounted, 2);
    expect(valued.value).toBeCloseTo(value, 2);
  });
});
