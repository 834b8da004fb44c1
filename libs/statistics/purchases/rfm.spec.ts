import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { purchaseLog } from './purchase-log.ts';
import { purchaseSummary } from './purchase-summary.ts';
import { rfmScoring, type RfmScoring } from './rfm.ts';
import { bought, shuffledTransactions, someTransactions } from './testing/transactions.ts';
import type { Transaction } from './transaction-columns.ts';

/** The scoring, with each customer beside the scores. */
function scored(transactions: readonly Transaction[], calibrationEnd?: string) {
  const { customers, ...summary } = purchaseSummary(purchaseLog(transactions), { unit: 'weeks', calibrationEnd });
  const scoring = rfmScoring({ customers, ...summary });
  return {
    ...scoring,
    customers: customers.map((customer, index) => ({ ...customer, scores: scoring.scores[index]! })),
  };
}

/** Five customers more, so that there always are enough, one of them from the first day on. */
function enough(transactions: readonly Transaction[]): readonly Transaction[] {
  return [...transactions, ...['v', 'w', 'x', 'y', 'z'].flatMap((name) => bought(name, ['2024-01-01', 100]))];
}

describe('RFM scores', () => {
  test('are fifths of equal size where no two customers are equal', () => {
    const ten = Array.from({ length: 10 }, (_, index) => bought(`c${index}`, [`2024-01-1${index}`, 10 + index])).flat();
    const { customers } = scored(ten);
    expect(customers.map(({ scores }) => scores.recency)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect(customers.map(({ scores }) => scores.monetary)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect(customers.map(({ scores }) => scores.frequency)).toEqual(Array(10).fill(1));
  });

  test('follow the share of customers with less, so that ties leave scores empty', () => {
    const once = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((name) => bought(name, ['2024-01-01', 5]));
    const often = ['g', 'h', 'i'].flatMap((name) => bought(name, ['2024-01-01', 5], ['2024-01-02', 5]));
    const most = bought('j', ['2024-01-01', 5], ['2024-01-02', 5], ['2024-01-03', 5]);
    const { customers, floors } = scored([...once, ...often, ...most]);
    expect(customers.map(({ scores }) => scores.frequency)).toEqual([1, 1, 1, 1, 1, 1, 4, 4, 4, 5]);
    expect(floors.purchases).toEqual({ 1: 1, 2: null, 3: null, 4: 2, 5: 3 });
    expect(floors.total).toEqual({ 1: 5, 2: null, 3: null, 4: 10, 5: 15 });
    expect(floors.lastDay).toEqual({ 1: '2024-01-01', 2: null, 3: null, 4: '2024-01-02', 5: '2024-01-03' });
  });

  test('tell of each cell what it bought and who of it came back', () => {
    const { cells } = scored(
      [
        ...['a', 'b', 'c', 'd'].flatMap((name) => bought(name, ['2024-01-01', 5])),
        ...bought('e', ['2024-01-01', 5], ['2024-01-10', 20]),
        ...bought('a', ['2024-02-01', 7], ['2024-02-02', 8]),
        ...bought('b', ['2024-02-01', 1]),
      ],
      '2024-01-31',
    );
    expect(cells).toEqual([
      {
        ...{ recency: 5, frequency: 5, monetary: 5, customers: 1, share: 0.2, purchases: 2, revenue: 25 },
        response: { customers: 0, rate: 0, revenue: 0 },
      },
      {
        ...{ recency: 1, frequency: 1, monetary: 1, customers: 4, share: 0.8, purchases: 4, revenue: 20 },
        response: { customers: 2, rate: 0.5, revenue: 16 },
      },
    ]);
  });

  test('know no response without a holdout period', () => {
    expect(scored(enough([])).cells.map(({ response }) => response)).toEqual([null]);
  });

  test('are equal for equal values, and never lower for a higher one', () => {
    fc.assert(
      fc.property(someTransactions, (transactions) => {
        const { customers } = scored(enough(transactions));
        const rank = (one: ReturnType<typeof scored>['customers'][number]) => [
          [one.lastDay, one.scores.recency],
          [one.frequency, one.scores.frequency],
          [one.total, one.scores.monetary],
        ];
        for (const one of customers) {
          const lower = customers.map((other) =>
            rank(other).every(
              ([value, score], index) => value! > rank(one)[index]![0]! || score! <= rank(one)[index]![1]!,
            ),
          );
          expect(lower).toEqual(customers.map(() => true));
        }
      }),
      { numRuns: 50 },
    );
  });

  test('put every customer, purchase and amount into one cell', () => {
    fc.assert(
      fc.property(someTransactions, (transactions) => {
        const log = purchaseLog(enough(transactions));
        const { cells } = rfmScoring(purchaseSummary(log, { unit: 'days' }));
        const sum = (of: (cell: RfmScoring['cells'][number]) => number) =>
          cells.reduce((all, cell) => all + of(cell), 0);
        expect(sum(({ customers }) => customers)).toBe(log.customers.length);
        expect(sum(({ purchases }) => purchases)).toBe(log.days.length);
        expect(sum(({ revenue }) => revenue)).toBe(log.total);
        expect(sum(({ share }) => share)).toBeCloseTo(1, 12);
      }),
    );
  });

  test('depend neither on the order of the transactions nor on the unit of money', () => {
    fc.assert(
      fc.property(shuffledTransactions, ([transactions, shuffled]) => {
        const scores = scored(enough(transactions)).customers.map((customer) => customer.scores);
        const scaled = shuffled.map((row) => ({ ...row, amount: row.amount * 7 }));
        const again = scored(
          enough(scaled).map((row) => (row.amount === 100 && row.customer >= 'v' ? { ...row, amount: 700 } : row)),
        );
        expect(again.customers.map((customer) => customer.scores)).toEqual(scores);
      }),
    );
  });

  test('need five customers', () => {
    expect(() => scored(['a', 'b', 'c', 'd'].flatMap((name) => bought(name, ['2024-01-01', 5])))).toThrow(
      expect.objectContaining({ name: 'StatisticsError', code: 'too_few', field: 'customers' }),
    );
  });
});
