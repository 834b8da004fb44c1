import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { churnByInactivity, churnByPeriod } from './churn.ts';
import { cohortTriangle } from './cohorts.ts';
import { dayNumber } from './day-number.ts';
import { purchaseLog } from './purchase-log.ts';
import { bought, shuffledTransactions, someTransactions } from './testing/transactions.ts';

const log = purchaseLog([
  ...bought('ada', ['2024-01-01', 1], ['2024-02-01', 1], ['2024-04-30', 1]),
  ...bought('ben', ['2024-01-05', 1], ['2024-01-06', 1]),
  ...bought('cleo', ['2024-02-15', 1], ['2024-04-01', 1]),
]);

describe('churn from period to period', () => {
  test('is the share of active customers who are not active in the next one', () => {
    expect(churnByPeriod(log, { period: 'month' })).toEqual({
      observedUntil: '2024-04-30',
      periods: [
        { period: '2024-01', active: 2, retained: 1, lost: 1, churn: 0.5, retention: 0.5 },
        { period: '2024-02', active: 2, retained: 0, lost: 2, churn: 1, retention: 0 },
        { period: '2024-03', active: 0, retained: 0, lost: 0, churn: null, retention: null },
      ],
    });
  });

  test('tells nothing of a period whose next one is not over', () => {
    const periods = (until: string) =>
      churnByPeriod(log, { period: 'month', until }).periods.map(({ period }) => period);
    expect(periods('2024-05-30')).toEqual(['2024-01', '2024-02', '2024-03']);
    expect(periods('2024-05-31')).toEqual(['2024-01', '2024-02', '2024-03', '2024-04']);
  });

  test('counts as active those that the cohorts count', () => {
    fc.assert(
      fc.property(shuffledTransactions, ([transactions, shuffled]) => {
        const question = { period: 'month', until: '2025-04-30' } as const;
        const { cohorts } = cohortTriangle(purchaseLog(transactions), question);
        for (const { period, active, retained, lost } of churnByPeriod(purchaseLog(shuffled), question).periods) {
          const cells = cohorts.flatMap(({ cells: own }) => own.filter((cell) => cell.period === period));
          expect(active).toBe(cells.reduce((sum, cell) => sum + cell.active, 0));
          expect(retained + lost).toBe(active);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('needs a period with the next one', () => {
    const short = purchaseLog(bought('ada', ['2024-01-01', 1], ['2024-02-28', 1]));
    expect(() => churnByPeriod(short, { period: 'month' })).toThrow(
      expect.objectContaining({ name: 'StatisticsError', code: 'too_few', field: 'period' }),
    );
  });
});

describe('churn by silence', () => {
  test('is the share of those active on the eve of a period who are silent for too long at its end', () => {
    // Silent for 45 days: ben from February 20th on, ada from March 17th to April 29th, cleo from March 31st to the day after.
    expect(churnByInactivity(log, { period: 'month', inactiveDays: 45 })).toEqual({
      observedUntil: '2024-04-30',
      periods: [
        { period: '2024-03', active: 2, retained: 0, lost: 2, churn: 1, retention: 0 },
        { period: '2024-04', active: 0, retained: 0, lost: 0, churn: null, retention: null },
      ],
    });
    expect(churnByInactivity(log, { period: 'month', inactiveDays: 46 }).periods[0]).toEqual({
      ...{ period: '2024-03', active: 2, retained: 1, lost: 1, churn: 0.5, retention: 0.5 },
    });
  });

  test('tells of no period before whose eve the log does not reach back far enough', () => {
    const first = (inactiveDays: number) =>
      churnByInactivity(log, { period: 'month', inactiveDays }).periods[0]!.period;
    expect([31, 32, 60, 61].map(first)).toEqual(['2024-02', '2024-03', '2024-03', '2024-04']);
  });

  test('is what asking each customer on each eve would give', () => {
    fc.assert(
      fc.property(someTransactions, fc.integer({ min: 1, max: 150 }), (transactions, inactiveDays) => {
        const all = [...bought('ada', ['2024-01-01', 1]), ...transactions];
        const activeAt = (day: number) =>
          new Set(
            all
              .filter((row) => {
                const silence = day - dayNumber('day', row.day);
                return silence >= 0 && silence < inactiveDays;
              })
              .map(({ customer }) => customer),
          );
        const question = { period: 'month', until: '2025-04-30', inactiveDays } as const;
        for (const { period, active, retained } of churnByInactivity(purchaseLog(all), question).periods) {
          const [year, month] = period.split('-').map(Number) as [number, number];
          const before = activeAt(Date.UTC(year, month - 1, 0) / 86_400_000);
          const after = activeAt(Date.UTC(year, month, 0) / 86_400_000);
          expect([active, retained]).toEqual([
            before.size,
            [...before].filter((customer) => after.has(customer)).length,
          ]);
        }
      }),
    );
  });

  test.each([
    [92, 'too_few'],
    [1e15, 'too_few'],
    [0, 'out_of_range'],
    [1.5, 'not_whole'],
    [Number.NaN, 'not_finite'],
  ])('refuses a silence of %d days', (inactiveDays, code) => {
    expect(() => churnByInactivity(log, { period: 'month', inactiveDays, until: '2024-04-30' })).toThrow(
      expect.objectContaining({ name: 'StatisticsError', code, field: 'inactiveDays' }),
    );
  });
});
