import * as fc from 'fast-check';
import { dayAt } from '../day-number.ts';
import type { Transaction } from '../transaction-columns.ts';

const NEW_YEAR_2024 = 19_723;

/** Some customers' purchases over some fourteen months, often several on a day, in any order. */
export const someTransactions: fc.Arbitrary<Transaction[]> = fc.array(
  fc.record({
    customer: fc.constantFrom('ada', 'ben', 'cleo', 'dora', 'emil', 'fay', 'gus', 'hal'),
    day: fc
      .oneof(fc.integer({ min: 0, max: 420 }), fc.integer({ min: 0, max: 9 }))
      .map((day) => dayAt(NEW_YEAR_2024 + day)),
    amount: fc.integer({ min: 0, max: 50_000 }),
  }),
  { minLength: 1, maxLength: 80 },
);

/** The same transactions in some other order. */
export const shuffledTransactions: fc.Arbitrary<readonly [Transaction[], Transaction[]]> = someTransactions.chain(
  (transactions) =>
    fc
      .shuffledSubarray(transactions, { minLength: transactions.length })
      .map((shuffled) => [transactions, shuffled] as const),
);

/** Transactions of one customer as short as they can be written: `[day, amount]`. */
export function bought(customer: string, ...purchases: readonly (readonly [day: string, amount: number])[]) {
  return purchases.map(([day, amount]): Transaction => ({ customer, day, amount }));
}
