import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { dayAt } from './day-number.ts';
import { endOfObservation, purchaseLog, purchaseLogOfColumns, type PurchaseLog } from './purchase-log.ts';
import { bought, shuffledTransactions, someTransactions } from './testing/transactions.ts';
import type { Transaction } from './transaction-columns.ts';

function purchasesOf(log: PurchaseLog): Transaction[] {
  return log.customers.flatMap((customer, index) =>
    Array.from({ length: log.starts[index + 1]! - log.starts[index]! }, (_, place) => {
      const purchase = log.starts[index]! + place;
      return { customer, day: dayAt(log.days[purchase]!), amount: log.values[purchase]! };
    }),
  );
}

describe('a log of purchases', () => {
  test('takes all that a customer buys on a day for one purchase', () => {
    const log = purchaseLog([
      ...bought('ben', ['2024-03-02', 500], ['2024-01-31', 200]),
      ...bought('ada', ['2024-03-02', 70]),
      ...bought('ben', ['2024-03-02', 0]),
    ]);
    expect(purchasesOf(log)).toEqual([
      { customer: 'ada', day: '2024-03-02', amount: 70 },
      { customer: 'ben', day: '2024-01-31', amount: 200 },
      { customer: 'ben', day: '2024-03-02', amount: 500 },
    ]);
    expect(log).toMatchObject({ rows: 4, mergedRows: 1, zeroRows: 1, total: 770 });
    expect([dayAt(log.firstDay), dayAt(log.lastDay)]).toEqual(['2024-01-31', '2024-03-02']);
  });

  test('counts returns apart where that is asked for, and changes no purchase for them', () => {
    const sold = bought('ada', ['2024-03-02', 70], ['2024-03-05', 10]);
    const returned = [...bought('ada', ['2024-03-02', -70]), ...bought('ben', ['2020-01-01', -5])];
    const log = purchaseLog([...returned, ...sold], { returns: 'apart' });
    expect(log).toEqual({
      ...purchaseLog(sold),
      rows: 4,
      returns: { rows: 2, amount: 75, customersWithoutPurchase: 1 },
    });
  });

  test('does not depend on the order of its transactions', () => {
    fc.assert(
      fc.property(shuffledTransactions, ([transactions, shuffled]) => {
        expect(purchaseLog(shuffled)).toEqual(purchaseLog(transactions));
      }),
    );
  });

  test('accounts for every row and every amount', () => {
    fc.assert(
      fc.property(someTransactions, (transactions) => {
        const log = purchaseLog(transactions);
        expect(log.rows).toBe(transactions.length);
        expect(log.days.length + log.mergedRows).toBe(log.rows);
        expect(log.values.reduce((sum, value) => sum + value, 0)).toBe(log.total);
        expect(log.total).toBe(transactions.reduce((sum, { amount }) => sum + amount, 0));
        expect(log.customers).toEqual([...new Set(transactions.map(({ customer }) => customer))].toSorted());
      }),
    );
  });

  test('merges nothing more when its purchases are merged again', () => {
    fc.assert(
      fc.property(someTransactions, (transactions) => {
        const purchases = purchasesOf(purchaseLog(transactions));
        const again = purchaseLog(purchases);
        expect(purchasesOf(again)).toEqual(purchases);
        expect(again.mergedRows).toBe(0);
      }),
    );
  });

  test.each<[string, Transaction[], string, string]>([
    ['nothing', [], 'empty', 'transactions'],
    ['a customer without a name', bought('', ['2024-01-01', 1]), 'empty', 'transactions[0].customer'],
    ['what is no day', bought('ada', ['2024-01-01', 1], ['2024-02-30', 1]), 'out_of_range', 'transactions[1].day'],
    ['a time', bought('ada', ['2024-01-01T10:00:00Z', 1]), 'out_of_range', 'transactions[0].day'],
    ['a negative amount', bought('ada', ['2024-01-01', -1]), 'out_of_range', 'transactions[0].amount'],
    ['an amount in parts', bought('ada', ['2024-01-01', 0.5]), 'not_whole', 'transactions[0].amount'],
    ['NaN', bought('ada', ['2024-01-01', Number.NaN]), 'not_finite', 'transactions[0].amount'],
    ['infinity', bought('ada', ['2024-01-01', Infinity]), 'not_finite', 'transactions[0].amount'],
    [
      'a sum that is too large',
      bought('ada', ['2024-01-01', Number.MAX_SAFE_INTEGER], ['2024-01-02', 1]),
      'out_of_range',
      'transactions[1].amount',
    ],
  ])('refuses %s', (_, transactions, code, field) => {
    expect(() => purchaseLog(transactions)).toThrow(expect.objectContaining({ name: 'StatisticsError', code, field }));
  });

  test.each([
    ['a column that is too short', { days: [1] }, 'unequal_lengths', 'customers'],
    ['a customer without a name', { names: ['ada', ''] }, 'empty', 'names[1]'],
    ['a customer who is not named', { customers: [0, 2] }, 'out_of_range', 'transactions[1].customer'],
    ['a customer at no place', { customers: [0.5, 1] }, 'not_whole', 'transactions[0].customer'],
    ['part of a day', { days: [1, 1.5] }, 'not_whole', 'transactions[1].day'],
    ['a day behind the calendar', { days: [1, 1e8] }, 'out_of_range', 'transactions[1].day'],
    ['a negative amount', { amounts: [1, -1] }, 'out_of_range', 'transactions[1].amount'],
  ])('refuses columns with %s', (_, fault, code, field) => {
    const columns = { names: ['ada', 'ben'], customers: [0, 1], days: [1, 2], amounts: [1, 2], ...fault };
    expect(() => purchaseLogOfColumns(columns)).toThrow(expect.objectContaining({ code, field }));
  });

  test('refuses returns alone', () => {
    const returned = bought('ada', ['2024-01-01', -1]);
    expect(() => purchaseLog(returned, { returns: 'apart' })).toThrow(
      expect.objectContaining({ code: 'empty', field: 'transactions' }),
    );
  });

  test('is complete to its last purchase or a later day, never to an earlier one', () => {
    const log = purchaseLog(bought('ada', ['2024-01-05', 1]));
    expect(dayAt(endOfObservation(log, undefined))).toBe('2024-01-05');
    expect(dayAt(endOfObservation(log, '2024-02-01'))).toBe('2024-02-01');
    expect(() => endOfObservation(log, '2024-01-04')).toThrow(
      expect.objectContaining({ code: 'out_of_range', field: 'until' }),
    );
  });
});
