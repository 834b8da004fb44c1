import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { purchaseLog } from './purchase-log.ts';
import { purchaseSummary, type PurchaseSummary } from './purchase-summary.ts';
import { bought, shuffledTransactions, someTransactions } from './testing/transactions.ts';

const log = purchaseLog([
  ...bought(
    'ada',
    ['2024-01-01', 1_000],
    ['2024-01-15', 300],
    ['2024-01-29', 500],
    ['2024-02-20', 90],
    ['2024-03-30', 7],
  ),
  ...bought('ben', ['2024-01-08', 40]),
  ...bought('cleo', ['2024-02-15', 11], ['2024-03-01', 12]),
]);

describe('a summary of purchases', () => {
  test('counts time from the first purchase in its unit and leaves that purchase out of the mean', () => {
    const summary = purchaseSummary(log, { unit: 'weeks', calibrationEnd: '2024-02-05', holdoutEnd: '2024-03-04' });
    expect(summary).toEqual({
      unit: 'weeks',
      calibrationEnd: '2024-02-05',
      holdoutEnd: '2024-03-04',
      holdoutLength: 4,
      customers: [
        {
          customer: 'ada',
          frequency: 2,
          recency: 4,
          age: 5,
          meanValue: 400,
          total: 1_800,
          firstDay: '2024-01-01',
          lastDay: '2024-01-29',
          holdout: { purchases: 1, value: 90 },
        },
        {
          customer: 'ben',
          frequency: 0,
          recency: 0,
          age: 4,
          meanValue: null,
          total: 40,
          firstDay: '2024-01-08',
          lastDay: '2024-01-08',
          holdout: { purchases: 0, value: 0 },
        },
      ],
      newcomers: { customers: 1, purchases: 2, value: 23 },
      unused: { purchases: 1, value: 7 },
    });
  });

  test.each([
    ['days', 1],
    ['weeks', 7],
    ['months', 4.345 * 7],
  ] as const)('knows how long %s are', (unit, days) => {
    const summary = purchaseSummary(log, { unit, calibrationEnd: '2024-02-05', holdoutEnd: '2024-03-04' });
    expect(summary.unit).toBe(unit);
    expect(summary.customers[0]!.recency).toBeCloseTo(28 / days, 12);
    expect(summary.customers[0]!.age).toBeCloseTo(35 / days, 12);
    expect(summary.holdoutLength).toBeCloseTo(28 / days, 12);
  });

  test('refuses a unit that is none', () => {
    expect(() => purchaseSummary(log, { unit: 'years' as 'days' })).toThrow(
      expect.objectContaining({ name: 'StatisticsError', code: 'unknown', field: 'unit' }),
    );
  });

  test('without an end of calibration takes all in and has no holdout period', () => {
    const summary = purchaseSummary(log, { unit: 'days' });
    expect(summary).toMatchObject({ calibrationEnd: '2024-03-30', holdoutEnd: null, holdoutLength: null });
    expect(summary.customers.map(({ frequency, holdout }) => [frequency, holdout])).toEqual([
      [4, null],
      [0, null],
      [1, null],
    ]);
  });

  test('lets customers grow older than the log', () => {
    const summary = purchaseSummary(log, { unit: 'days', calibrationEnd: '2024-04-09' });
    expect(summary.customers.map(({ age }) => age)).toEqual([99, 92, 54]);
    expect(summary.holdoutEnd).toBeNull();
  });

  const periods = fc.constantFrom(
    {},
    { calibrationEnd: '2024-12-31' },
    { calibrationEnd: '2024-12-31', holdoutEnd: '2025-01-31' },
  );

  test('says of every purchase where it went', () => {
    fc.assert(
      fc.property(someTransactions, periods, (transactions, ends) => {
        const whole = purchaseLog([...bought('zoe', ['2024-01-01', 1]), ...transactions]);
        const summary = purchaseSummary(whole, { unit: 'days', ...ends });
        const { customers, newcomers, unused } = summary;
        const sum = (of: (customer: PurchaseSummary['customers'][number]) => number) =>
          customers.reduce((total, customer) => total + of(customer), 0);
        expect(sum(({ total, holdout }) => total + (holdout?.value ?? 0)) + newcomers.value + unused.value).toBe(
          whole.total,
        );
        expect(
          sum(({ frequency, holdout }) => frequency + 1 + (holdout?.purchases ?? 0)) +
            newcomers.purchases +
            unused.purchases,
        ).toBe(whole.days.length);
        expect(customers.length + newcomers.customers).toBe(whole.customers.length);
      }),
    );
  });

  test('has one repeat purchase fewer than days with a purchase', () => {
    fc.assert(
      fc.property(someTransactions, (transactions) => {
        for (const { customer, frequency } of purchaseSummary(purchaseLog(transactions), { unit: 'weeks' }).customers) {
          const days = new Set(transactions.filter((row) => row.customer === customer).map(({ day }) => day));
          expect(frequency + 1).toBe(days.size);
        }
      }),
    );
  });

  test('does not depend on the order of the transactions', () => {
    fc.assert(
      fc.property(shuffledTransactions, ([transactions, shuffled]) => {
        expect(purchaseSummary(purchaseLog(shuffled), { unit: 'weeks' })).toEqual(
          purchaseSummary(purchaseLog(transactions), { unit: 'weeks' }),
        );
      }),
    );
  });

  test('scales its values with the amounts and nothing else', () => {
    fc.assert(
      fc.property(someTransactions, (transactions) => {
        const scaled = transactions.map((row) => ({ ...row, amount: row.amount * 4 }));
        const ends = { unit: 'weeks', calibrationEnd: '2025-03-31' } as const;
        expect(purchaseSummary(purchaseLog(scaled), ends).customers).toEqual(
          purchaseSummary(purchaseLog(transactions), ends).customers.map((customer) => ({
            ...customer,
            meanValue: customer.meanValue === null ? null : customer.meanValue * 4,
            total: customer.total * 4,
          })),
        );
      }),
    );
  });

  test.each([
    [{ calibrationEnd: '2023-12-31' }, 'calibrationEnd'],
    [{ calibrationEnd: 'yesterday' }, 'calibrationEnd'],
    [{ calibrationEnd: '2024-02-01', holdoutEnd: '2024-02-01' }, 'holdoutEnd'],
    [{ holdoutEnd: '2024-03-30' }, 'holdoutEnd'],
  ])('refuses %j', (ends, field) => {
    expect(() => purchaseSummary(log, { unit: 'weeks', ...ends })).toThrow(
      expect.objectContaining({ name: 'StatisticsError', code: 'out_of_range', field }),
    );
  });
});
