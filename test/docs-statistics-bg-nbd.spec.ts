import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  expectedPurchases,
  expectedPurchasesOfNewCustomer,
} from '../libs/statistics/lifetime-value/bg-nbd-expectation.ts';
import { probabilityAlive, probabilityOfPurchases } from '../libs/statistics/lifetime-value/bg-nbd.ts';

const page = readFileSync('docs/statistics/bg-nbd.md', 'utf8');

describe('the page of BG/NBD', () => {
  const [r, alpha, a, b] = /r = ([\d.]+), alpha = ([\d.]+), a = ([\d.]+),\s+b = ([\d.]+)\./
    .exec(page)!
    .slice(1)
    .map(Number) as [number, number, number, number];
  const parameters = { r, alpha, a, b };

  test('has the figures of its example right', () => {
    const rows = [...page.matchAll(/^\| +(\d+) \| +(\d+) \| +(\d+) \| +([\d.]+) \| +([\d.]+) \|$/gm)];
    expect(rows).toHaveLength(5);
    for (const row of rows) {
      const [frequency, recency, age, alive, purchases] = row.slice(1).map(Number) as [
        number,
        number,
        number,
        number,
        number,
      ];
      const customer = { frequency, recency, age };
      expect(Math.abs(probabilityAlive(parameters, customer) - alive)).toBeLessThanOrEqual(0.0005);
      expect(Math.abs(expectedPurchases(parameters, customer, 52) - purchases)).toBeLessThanOrEqual(0.005);
    }
  });

  test('has the figures of a new customer right', () => {
    const [, rate] = /buys ([\d.]+) times a week/.exec(page)!;
    const [, leaves] = /chance of ([\d.]+) %/.exec(page)!;
    const [, purchases, none] = /that makes ([\d.]+) repeat purchases, and (\d+) % make none/.exec(page)!;
    expect(Math.abs(r / alpha - Number(rate))).toBeLessThan(0.0005);
    expect(Math.abs((100 * a) / (a + b) - Number(leaves))).toBeLessThan(0.05);
    expect(Math.abs(expectedPurchasesOfNewCustomer(parameters, 52) - Number(purchases))).toBeLessThan(0.005);
    expect(Math.abs(100 * probabilityOfPurchases(parameters, 0, 52) - Number(none))).toBeLessThan(0.5);
  });
});
