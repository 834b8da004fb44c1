/** The purchases of a shop, as published, against answers that were computed elsewhere. */
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { inFileUnit } from '../apps/cli/statistics-amounts.ts';
import { readTransactions } from '../apps/cli/statistics-transactions.ts';
import { churnByInactivity, churnByPeriod } from '../libs/statistics/purchases/churn.ts';
import { cohortTriangle } from '../libs/statistics/purchases/cohorts.ts';
import { purchaseSummary } from '../libs/statistics/purchases/purchase-summary.ts';
import { daysBetweenPurchases, repeatRate } from '../libs/statistics/purchases/repeat-rate.ts';
import { rfmScoring } from '../libs/statistics/purchases/rfm.ts';
import { describeOnRealData, readCsv, readGolden } from './real-data.ts';

interface Golden {
  readonly files: {
    readonly sample_rows: number;
    readonly sample_customers: number;
    readonly sample_dollars: number;
    readonly zero_dollar_rows_sample: number;
    readonly same_day_duplicate_rows_sample: number;
  };
  readonly rfm_from_log_vs_published_summary: {
    readonly customers: number;
    readonly x_equal: number;
    readonly t_x_max_abs_diff: number;
    readonly T_max_abs_diff: number;
  };
  readonly frequency_of_x: Readonly<Record<string, number>>;
  readonly repeat_buyers: number;
}

describeOnRealData('cdnow', 'the purchases of a shop', (folder) => {
  const golden = readGolden<Golden>(folder);
  const read = async () => {
    const file = await readTransactions(join(folder, 'cdnow_sample_transactions.csv'));
    return { file, log: file.log };
  };
  const calibrated = async () => purchaseSummary((await read()).log, { unit: 'weeks', calibrationEnd: '1997-09-30' });

  test('are all accounted for', async () => {
    const { file, log } = await read();
    expect({
      sample_rows: log.rows,
      sample_customers: log.customers.length,
      sample_dollars: inFileUnit(log.total, file.decimals),
      zero_dollar_rows_sample: log.zeroRows,
      same_day_duplicate_rows_sample: log.mergedRows,
    }).toEqual({
      sample_rows: golden.files.sample_rows,
      sample_customers: golden.files.sample_customers,
      sample_dollars: golden.files.sample_dollars,
      zero_dollar_rows_sample: golden.files.zero_dollar_rows_sample,
      same_day_duplicate_rows_sample: golden.files.same_day_duplicate_rows_sample,
    });
    expect(file.decimals).toBe(2);
  });

  test('have the published summary, which is rounded to a hundredth of a week', async () => {
    const published = new Map(readCsv(folder, 'cdnow_customers_summary.csv').map((row) => [Number(row['ID']), row]));
    const { customers } = await calibrated();
    const compared = customers.map((customer) => {
      const row = published.get(Number(customer.customer))!;
      return {
        x: customer.frequency === Number(row['frequency']),
        recency: Math.abs(customer.recency - Number(row['recency'])),
        age: Math.abs(customer.age - Number(row['T'])),
      };
    });
    const { rfm_from_log_vs_published_summary: versus } = golden;
    expect(compared).toHaveLength(versus.customers);
    expect(compared.filter(({ x }) => x)).toHaveLength(versus.x_equal);
    expect(Math.max(...compared.map(({ recency }) => recency))).toBeCloseTo(versus.t_x_max_abs_diff, 10);
    expect(Math.max(...compared.map(({ age }) => age))).toBeCloseTo(versus.T_max_abs_diff, 10);
  });

  test('are repeated as often as published', async () => {
    const { customers } = await calibrated();
    const counts = Map.groupBy(customers, ({ frequency }) => String(Math.min(7, frequency)));
    const frequencies = Object.fromEntries([...counts].map(([frequency, all]) => [frequency, all.length]));
    expect(frequencies).toEqual(golden.frequency_of_x);
    expect(customers.filter(({ meanValue }) => meanValue !== null)).toHaveLength(golden.repeat_buyers);
  });

  // The figures below were computed with pandas from the same file.
  test('split into calibration and holdout without a remainder', async () => {
    const { customers, holdoutEnd, holdoutLength, newcomers, unused } = await calibrated();
    expect([holdoutEnd, holdoutLength, newcomers.purchases, unused.purchases]).toEqual(['1998-06-30', 39, 0, 0]);
    expect(customers.reduce((sum, { holdout }) => sum + holdout!.purchases, 0)).toBe(1_882);
    expect(customers.reduce((sum, { holdout }) => sum + holdout!.value, 0)).toBe(7_097_639);
    expect(customers.slice(0, 3).map(({ meanValue }) => meanValue)).toEqual([2_234.5, 1_177, null]);
  });

  test('score as they do elsewhere', async () => {
    const { cells, floors } = rfmScoring(await calibrated());
    const cell = (recency: number, frequency: number, monetary: number) => {
      const found = cells.find(
        (one) => one.recency === recency && one.frequency === frequency && one.monetary === monetary,
      )!;
      return [found.customers, found.purchases, found.revenue, found.response!.customers, found.response!.revenue];
    };
    expect(cells).toHaveLength(64);
    expect(cell(1, 1, 1)).toEqual([151, 151, 179_977, 16, 76_377]);
    expect(cell(3, 3, 4)).toEqual([17, 34, 103_668, 6, 16_545]);
    expect(cell(4, 5, 5)).toEqual([43, 250, 1_652_754, 27, 264_018]);
    expect(cell(5, 5, 5)).toEqual([191, 1_374, 5_451_854, 155, 3_122_861]);
    expect(floors.purchases).toEqual({ 1: 1, 2: null, 3: 2, 4: 3, 5: 4 });
  });

  test('form the cohorts that they form elsewhere', async () => {
    const { cohorts } = cohortTriangle((await read()).log, { period: 'month' });
    expect(cohorts.map(({ cohort, customers, cells }) => [cohort, customers, cells.length])).toEqual([
      ['1997-01', 781, 18],
      ['1997-02', 857, 17],
      ['1997-03', 719, 16],
    ]);
    expect(cohorts[0]!.cells.slice(0, 3).map(({ active, purchases, revenue }) => [active, purchases, revenue])).toEqual(
      [
        [781, 873, 2_859_270],
        [124, 174, 700_373],
        [95, 129, 424_164],
      ],
    );
    expect(cohorts[2]!.cells[2]).toMatchObject({ active: 84, purchases: 99, revenue: 345_667, complete: true });
  });

  test('repeat and stop as they do elsewhere', async () => {
    const { log } = await read();
    expect(repeatRate(log, { period: 'month', withinDays: 180 })).toMatchObject({
      customers: 2_357,
      repeaters: 1_139,
      within: { customers: 2_357, repeaters: 887 },
    });
    const between = daysBetweenPurchases(log);
    expect(between).toMatchObject({ n: 4_339, median: 34, p90: 196 });
    expect(between.mean).toBeCloseTo(70.86056695091035, 10);
    const figures = (
      periods: readonly { readonly period: string; readonly active: number; readonly retained: number }[],
    ) => [0, -1].map((index) => periods.at(index)!).map(({ period, active, retained }) => [period, active, retained]);
    expect(figures(churnByPeriod(log, { period: 'month' }).periods)).toEqual([
      ['1997-01', 781, 124],
      ['1998-05', 134, 41],
    ]);
    expect(figures(churnByInactivity(log, { period: 'month', inactiveDays: 90 }).periods)).toEqual([
      ['1997-04', 2_357, 1_797],
      ['1998-06', 344, 244],
    ]);
  });
});
