import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { cohortTriangle } from './cohorts.ts';
import { purchaseLog } from './purchase-log.ts';
import { bought, shuffledTransactions, someTransactions } from './testing/transactions.ts';

const log = purchaseLog([
  ...bought('ada', ['2024-01-01', 100], ['2024-01-20', 50], ['2024-03-05', 10]),
  ...bought('ben', ['2024-01-31', 30], ['2024-02-01', 20]),
  ...bought('cleo', ['2024-03-15', 8]),
]);

describe('a retention triangle', () => {
  test('counts each cohort in every period since, to the end of observation', () => {
    expect(cohortTriangle(log, { period: 'month', until: '2024-03-31' })).toEqual({
      period: 'month',
      observedUntil: '2024-03-31',
      cohorts: [
        {
          cohort: '2024-01',
          customers: 2,
          cells: [
            {
              offset: 0,
              period: '2024-01',
              complete: true,
              active: 2,
              activeShare: 1,
              purchases: 3,
              revenue: 180,
              cumulativeRevenue: 180,
            },
            {
              offset: 1,
              period: '2024-02',
              complete: true,
              active: 1,
              activeShare: 0.5,
              purchases: 1,
              revenue: 20,
              cumulativeRevenue: 200,
            },
            {
              offset: 2,
              period: '2024-03',
              complete: true,
              active: 1,
              activeShare: 0.5,
              purchases: 1,
              revenue: 10,
              cumulativeRevenue: 210,
            },
          ],
        },
        {
          cohort: '2024-03',
          customers: 1,
          cells: [
            {
              offset: 0,
              period: '2024-03',
              complete: true,
              active: 1,
              activeShare: 1,
              purchases: 1,
              revenue: 8,
              cumulativeRevenue: 8,
            },
          ],
        },
      ],
      byOffset: [
        { offset: 0, cohorts: 2, customers: 3, active: 3, activeShare: 1 },
        { offset: 1, cohorts: 1, customers: 2, active: 1, activeShare: 0.5 },
        { offset: 2, cohorts: 1, customers: 2, active: 1, activeShare: 0.5 },
      ],
    });
  });

  test('knows no share in a period that is not over', () => {
    const { cohorts, byOffset } = cohortTriangle(log, { period: 'month' });
    expect(cohorts[0]!.cells.map(({ complete, active, activeShare }) => [complete, active, activeShare])).toEqual([
      [true, 2, 1],
      [true, 1, 0.5],
      [false, 1, null],
    ]);
    expect(byOffset.map(({ offset, cohorts: of }) => [offset, of])).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });

  test('tells silence that was observed as zero, and nothing of what was not', () => {
    const { cohorts } = cohortTriangle(log, { period: 'quarter', until: '2024-12-31' });
    expect(cohorts).toHaveLength(1);
    expect(cohorts[0]!.cells.map(({ period, activeShare }) => [period, activeShare])).toEqual([
      ['2024-Q1', 1],
      ['2024-Q2', 0],
      ['2024-Q3', 0],
      ['2024-Q4', 0],
    ]);
  });

  test.each(['month', 'quarter', 'week'] as const)('by %s adds up to the whole', (period) => {
    fc.assert(
      fc.property(shuffledTransactions, ([transactions, shuffled]) => {
        const whole = purchaseLog(transactions);
        const triangle = cohortTriangle(whole, { period });
        const cells = triangle.cohorts.flatMap((cohort) => cohort.cells);
        expect(triangle.cohorts.reduce((sum, { customers }) => sum + customers, 0)).toBe(whole.customers.length);
        expect(cells.reduce((sum, { purchases }) => sum + purchases, 0)).toBe(whole.days.length);
        expect(cells.reduce((sum, { revenue }) => sum + revenue, 0)).toBe(whole.total);
        expect(triangle.cohorts.reduce((sum, { cells: own }) => sum + own.at(-1)!.cumulativeRevenue, 0)).toBe(
          whole.total,
        );
        for (const { customers, cells: own } of triangle.cohorts) {
          expect(own[0]!.active).toBe(customers);
          for (const { active, purchases } of own) {
            expect(active).toBeLessThanOrEqual(Math.min(customers, purchases));
          }
        }
        expect(cohortTriangle(purchaseLog(shuffled), { period })).toEqual(triangle);
      }),
      { numRuns: 50 },
    );
  });

  test('keeps its shares where all amounts are scaled', () => {
    fc.assert(
      fc.property(someTransactions, (transactions) => {
        const scaled = transactions.map((row) => ({ ...row, amount: row.amount * 3 }));
        expect(cohortTriangle(purchaseLog(scaled), { period: 'month' }).byOffset).toEqual(
          cohortTriangle(purchaseLog(transactions), { period: 'month' }).byOffset,
        );
      }),
    );
  });

  test('refuses a period that is none', () => {
    expect(() => cohortTriangle(log, { period: 'year' as 'month' })).toThrow(
      expect.objectContaining({ name: 'StatisticsError', code: 'unknown', field: 'period' }),
    );
  });

  test('refuses an end before the last purchase, and more periods than can be told', () => {
    expect(() => cohortTriangle(log, { period: 'month', until: '2024-03-14' })).toThrow(
      expect.objectContaining({ code: 'out_of_range', field: 'until' }),
    );
    expect(() => cohortTriangle(log, { period: 'week', until: '2054-03-14' })).toThrow(
      expect.objectContaining({ code: 'too_many', field: 'period' }),
    );
  });
});
