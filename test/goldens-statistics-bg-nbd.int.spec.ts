import { expect, test } from '@jest/globals';
import {
  expectedPurchases,
  expectedPurchasesOfNewCustomer,
} from '../libs/statistics/lifetime-value/bg-nbd-expectation.ts';
import { fitBgNbd } from '../libs/statistics/lifetime-value/bg-nbd-fit.ts';
import { logLikelihood } from '../libs/statistics/lifetime-value/bg-nbd-likelihood.ts';
import { probabilityAlive, probabilityOfPurchases } from '../libs/statistics/lifetime-value/bg-nbd.ts';
import { describeOnRealData, readCsv, readGolden } from './real-data.ts';

interface Golden {
  readonly fit_published_rounded_summary: {
    readonly bgnbd: Readonly<Record<'r' | 'alpha' | 'a' | 'b' | 'LL' | 'n', number>> & {
      readonly se: readonly number[];
    };
    readonly LL_at_paper_rounded_params: number;
  };
  readonly spot_values_published_params: {
    readonly cet_x2_tx3043_T3886_t39: number;
    readonly cet_same_with_own_fit: number;
    readonly palive_x2_tx3043_T3886_own_fit: number;
    readonly expected_new_customer_own_fit: Readonly<Record<string, number>>;
  };
  readonly frequency_of_x: Readonly<Record<string, number>>;
  readonly repeat_buyers: number;
}

/** Of the paper, rounded there. */
const PUBLISHED = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

describeOnRealData('cdnow', 'BG/NBD on the CDNOW sample', (folder) => {
  const golden = readGolden<Golden>(folder);
  const customers = readCsv(folder, 'cdnow_customers_summary.csv').map((row) => ({
    frequency: Number(row['frequency']),
    recency: Number(row['recency']),
    age: Number(row['T']),
  }));
  const fit = fitBgNbd(customers);
  const known = { frequency: 2, recency: 30.43, age: 38.86 };

  test('fits the parameters and the likelihood of the paper', () => {
    const { bgnbd } = golden.fit_published_rounded_summary;
    expect(fit).toMatchObject({ converged: true, startsAgreeing: 4, customers: bgnbd.n });
    expect(fit.repeatCustomers).toBe(golden.repeat_buyers);
    expect(Math.abs(fit.logLikelihood - bgnbd.LL)).toBeLessThan(1e-6);
    for (const [index, name] of (['r', 'alpha', 'a', 'b'] as const).entries()) {
      const { value, standardError, identification } = fit.estimates[name];
      expectNear(value, bgnbd[name], 1e-6);
      expectNear(standardError!, bgnbd.se[index]!, 1e-4);
      expect(Math.round(value * 1000) / 1000).toBe(PUBLISHED[name]);
      expect(identification).toBe('identified');
    }
  });

  test('has the likelihood of the rounded parameters', () => {
    const published = golden.fit_published_rounded_summary.LL_at_paper_rounded_params;
    expect(Math.abs(logLikelihood(PUBLISHED, customers) - published)).toBeLessThan(1e-6);
  });

  test('expects of a known and of a new customer what it should', () => {
    const spot = golden.spot_values_published_params;
    expectNear(expectedPurchases(PUBLISHED, known, 39), spot.cet_x2_tx3043_T3886_t39, 1e-9);
    expectNear(expectedPurchases(fit.parameters, known, 39), spot.cet_same_with_own_fit, 1e-6);
    expectNear(probabilityAlive(fit.parameters, known), spot.palive_x2_tx3043_T3886_own_fit, 1e-6);
    for (const [time, expected] of Object.entries(spot.expected_new_customer_own_fit)) {
      expectNear(expectedPurchasesOfNewCustomer(fit.parameters, Number(time)), expected, 1e-6);
    }
  });

  test('shares customers out over numbers of purchases as the paper shows, near what was seen', () => {
    const seen = Object.values(golden.frequency_of_x);
    const ages = [...Map.groupBy(customers, ({ age }) => age)];
    const expected = Array.from({ length: 7 }, (_, count) =>
      ages.reduce((sum, [age, { length }]) => sum + length * probabilityOfPurchases(fit.parameters, count, age), 0),
    );
    const rest = customers.length - expected.reduce((sum, count) => sum + count, 0);
    const chiSquare = [...expected, rest].reduce((sum, each, index) => sum + (seen[index]! - each) ** 2 / each, 0);
    expect(chiSquare).toBeCloseTo(4.82, 1);
  });
});

function expectNear(actual: number, expected: number, within: number): void {
  expect(Math.abs(actual - expected) / Math.abs(expected)).toBeLessThan(within);
}
