import { describe, expect, test } from '@jest/globals';
import { purchaseLog } from './purchase-log.ts';
import { daysBetweenPurchases, repeatRate } from './repeat-rate.ts';
import { bought } from './testing/transactions.ts';

const log = purchaseLog([
  ...bought('ada', ['2024-01-01', 1], ['2024-01-11', 1], ['2024-01-31', 1]),
  ...bought('ben', ['2024-01-05', 1], ['2024-01-05', 1]),
  ...bought('cleo', ['2024-02-01', 1], ['2024-03-02', 1]),
  ...bought('dora', ['2024-02-20', 1]),
]);

describe('the repeat rate', () => {
  test('is the share of customers who bought on two days or more, also by cohort', () => {
    expect(repeatRate(log, { period: 'month' })).toEqual({
      customers: 4,
      repeaters: 2,
      rate: 0.5,
      observedUntil: '2024-03-02',
      byCohort: [
        { cohort: '2024-01', customers: 2, repeaters: 1, rate: 0.5 },
        { cohort: '2024-02', customers: 2, repeaters: 1, rate: 0.5 },
      ],
      within: null,
    });
  });

  test('within some days is of those alone who were watched for so long', () => {
    const within = (withinDays: number) => repeatRate(log, { period: 'month', withinDays }).within;
    expect(within(30)).toEqual({ days: 30, customers: 3, repeaters: 2, rate: 2 / 3, notYetObserved: 1 });
    expect(within(29)).toEqual({ days: 29, customers: 3, repeaters: 1, rate: 1 / 3, notYetObserved: 1 });
    expect(within(31)).toEqual({ days: 31, customers: 2, repeaters: 1, rate: 1 / 2, notYetObserved: 2 });
    expect(within(100)).toEqual({ days: 100, customers: 0, repeaters: 0, rate: null, notYetObserved: 4 });
  });

  test('refuses days that are none', () => {
    expect(() => repeatRate(log, { period: 'month', withinDays: 0 })).toThrow(
      expect.objectContaining({ code: 'out_of_range', field: 'withinDays' }),
    );
    expect(() => repeatRate(log, { period: 'month', withinDays: 1.5 })).toThrow(
      expect.objectContaining({ code: 'not_whole', field: 'withinDays' }),
    );
  });
});

describe('the days between purchases', () => {
  test('are those of each customer to the next one', () => {
    expect(daysBetweenPurchases(log)).toMatchObject({ n: 3, mean: 20, median: 20, min: 10, max: 30 });
  });

  test('are none where nobody came back', () => {
    expect(daysBetweenPurchases(purchaseLog(bought('ada', ['2024-01-01', 1])))).toMatchObject({ n: 0, median: null });
  });
});
