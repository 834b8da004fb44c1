/** Spending and lifetime values of the CDNOW sample, against answers that were computed elsewhere. */
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { readTransactions } from '../apps/cli/statistics-transactions.ts';
import { lifetimeValuesOf, type LifetimeValues, type ValuedCustomer } from '../apps/cli/statistics-lifetime-value.ts';
import { negativeLogLikelihood } from '../libs/statistics/lifetime-value/gamma-gamma-likelihood.ts';
import { expectedMeanValue, type Spending } from '../libs/statistics/lifetime-value/gamma-gamma-values.ts';
import { fitGammaGamma } from '../libs/statistics/lifetime-value/gamma-gamma.ts';
import { purchaseSummary } from '../libs/statistics/purchases/purchase-summary.ts';
import { describeOnRealData, readGolden } from './real-data.ts';

interface Golden {
  readonly fit_published_rounded_summary: {
    readonly gamma_gamma: {
      readonly p: number;
      readonly q: number;
      readonly v: number;
      readonly LL: number;
      readonly se: readonly [p: number, q: number, v: number];
      readonly n: number;
      readonly repeat_buyers_with_zero_mean_spend: number;
      readonly population_mean: number;
    };
    readonly corr_frequency_monetary_repeaters: number;
  };
  readonly spot_values_published_params: {
    readonly gg_first10_with_paper_params: readonly number[];
    readonly gg_first10_with_own_fit: readonly number[];
  };
  readonly frequency_of_x: Readonly<Record<string, number>>;
}

/** Fader and Hardie (2013), section 4. */
const published = { p: 6.25, q: 3.74, v: 15.44 };
const NEAR = 1e-3;

function expectNear(actual: number | null, expected: number, within = NEAR): void {
  expect(Math.abs(actual! / expected - 1)).toBeLessThan(within);
}

describeOnRealData('cdnow', 'spending and lifetime values', (folder) => {
  const golden = readGolden<Golden>(folder);
  const { gamma_gamma: fitted, corr_frequency_monetary_repeaters: correlation } = golden.fit_published_rounded_summary;
  const spots = golden.spot_values_published_params;
  let values: LifetimeValues;
  let customers: readonly ValuedCustomer[];
  let rounded: readonly Spending[];

  beforeAll(async () => {
    const file = await readTransactions(join(folder, 'cdnow_sample_transactions.csv'));
    const periods = { unit: 'weeks', calibrationEnd: '1997-09-30' } as const;
    values = lifetimeValuesOf(file.log, file.decimals, periods, {
      months: 12,
      unit: 'weeks',
      monthlyDiscount: 0.01,
      marginRate: 1,
    });
    customers = [...values.customers()];
    // The published summary has its mean values in whole cents, halves up.
    rounded = purchaseSummary(file.log, periods).customers.map(({ frequency, meanValue }) => ({
      frequency,
      meanValue: meanValue === null ? null : Math.round(meanValue) / 100,
    }));
  });

  test('of the log have the parameters of the published summary, but for its rounding', () => {
    const fit = values.gammaGamma!;
    for (const name of ['p', 'q', 'v'] as const) expectNear(fit.parameters[name], fitted[name]);
    expectNear(fit.populationMeanValue, fitted.population_mean);
    expectNear(fit.independence.correlation!.coefficient, correlation);
    expect(fit.customers).toEqual({
      fitted: fitted.n,
      oneTime: golden.frequency_of_x['0'],
      withoutValue: fitted.repeat_buyers_with_zero_mean_spend,
    });
    expect(fit).toMatchObject({ converged: true, startsAgreeing: 5 });
    expect(fit.independence.verdict).toBe('nearly holds');
  });

  test('in whole cents are fitted as elsewhere, with the same errors', () => {
    const fit = fitGammaGamma(rounded);
    expect(Math.abs(fit.logLikelihood - fitted.LL)).toBeLessThan(1e-6);
    for (const [index, name] of (['p', 'q', 'v'] as const).entries()) {
      const { value, standardError, identification } = fit.estimates[name];
      expectNear(value, fitted[name], 1e-6);
      expectNear(standardError, fitted.se[index]!, 1e-4);
      expect(identification).toBe('identified');
    }
    expectNear(fit.independence.correlation!.coefficient, correlation, 1e-9);
  });

  test('have their greatest likelihood, and no slope, where it was found elsewhere', () => {
    const buyers = rounded.filter((one): one is { frequency: number; meanValue: number } => one.frequency > 0);
    const { value, gradient } = negativeLogLikelihood(buyers)([fitted.p, fitted.q, fitted.v].map(Math.log));
    expect(Math.abs(value + fitted.LL)).toBeLessThan(1e-6);
    for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-5);
  });

  test('give each customer the published mean value', () => {
    for (const [index, expected] of spots.gg_first10_with_paper_params.entries()) {
      expectNear(expectedMeanValue(published, rounded[index]!), expected, 1e-12);
      expectNear(expectedMeanValue(fitted, rounded[index]!), spots.gg_first10_with_own_fit[index]!, 1e-12);
      expectNear(customers[index]!.expectedMeanValue, spots.gg_first10_with_own_fit[index]!);
    }
  });

  // Fits by Nelder–Mead and expectations by SciPy's hyp2f1, apart from this project.
  test('over a year are those of another implementation', () => {
    const { total } = values;
    expectNear(total.expectedPurchases, 2_093.880_346);
    expectNear(total.lifetimeValue, 71_507.951_334);
    const valueOf = (name: string): number | null => customers.find(({ customer }) => customer === name)!.lifetimeValue;
    expectNear(valueOf('0001'), 36.273_978);
    expectNear(valueOf('0002'), 4.640_937);
    expectNear(valueOf('0509'), 1_175.048_959);
    expectNear(customers.reduce((sum, { lifetimeValue }) => sum + lifetimeValue!, 0), total.lifetimeValue!, 1e-12); // prettier-ignore
  });

  test('are held against what was bought later, in total, by group and week by week', () => {
    const { groups, tracking, ...holdout } = values.holdout!;
    expect(holdout).toMatchObject({ customers: 2_357, actual: 1_882 });
    expectNear(holdout.expected, 1_653.408_698);
    expect(Object.fromEntries(groups.map((group) => [group.frequency, group.customers]))).toEqual(
      golden.frequency_of_x,
    );
    expect(groups.reduce((sum, { actual }) => sum + actual, 0)).toBe(1_882);
    expect(tracking).toHaveLength(78);
    expect(tracking[38]).toMatchObject({ day: '1997-09-30', period: 'calibration', actual: 2_457 });
    expectNear(tracking[38]!.expected, 2_493.956_890);
    expect(tracking[77]).toMatchObject({ day: '1998-06-30', period: 'holdout', actual: 2_457 + 1_882 });
    expectNear(tracking[77]!.expected, 4_160.609_212);
  });
});
