import { StatisticsError, requireWhole } from '../statistics-error.ts';
import { dayNumber } from './day-number.ts';

/** 0000-01-01 and 9999-12-31. */
const [FIRST_DAY, LAST_DAY] = [-719_528, 2_932_896];
const LARGEST = Number.MAX_SAFE_INTEGER;

/** Something bought, or brought back where the amount is negative. */
export interface Transaction {
  readonly customer: string;
  /** `2026-01-31` */
  readonly day: string;
  /** In whole minor units of one currency. */
  readonly amount: number;
}

/** Transactions in any order as columns of one length: millions take no object each. */
export interface TransactionColumns {
  /** Customers, each once; one need not have a transaction. */
  readonly names: readonly string[];
  /** The place among the names of each transaction's customer. */
  readonly customers: ArrayLike<number>;
  /** Counted from 1970-01-01. */
  readonly days: ArrayLike<number>;
  /** In whole minor units of one currency, negative for what was brought back. */
  readonly amounts: ArrayLike<number>;
}

/**
 * Transactions as columns. Throws `StatisticsError` `empty` for a customer without a name, `out_of_range` for what is no day.
 */
export function columnsOf(transactions: Iterable<Transaction>): TransactionColumns {
  const places = new Map<string, number>();
  const numbers = new Map<string, number>();
  const customers: number[] = [];
  const days: number[] = [];
  const amounts: number[] = [];
  for (const { customer, day, amount } of transactions) {
    let place = places.get(customer);
    if (place === undefined) {
      const field = `transactions[${days.length}].customer`;
      if (customer === '') throw new StatisticsError('empty', field, `${field} must not be empty.`);
      places.set(customer, (place = places.size));
    }
    let number = numbers.get(day);
    if (number === undefined) numbers.set(day, (number = dayNumber(`transactions[${days.length}].day`, day)));
    customers.push(place);
    days.push(number);
    amounts.push(amount);
  }
  return { names: [...places.keys()], customers, days, amounts };
}

/** What transactions come to. */
export type CountedTransactions = ReturnType<typeof countTransactions>;

/**
 * What transactions come to; the sums are exact. Throws the `StatisticsError`s of `purchaseLogOfColumns` that are of columns
 * or of one of their rows.
 */
export function countTransactions({ names, customers, days, amounts }: TransactionColumns, returnsApart: boolean) {
  const unnamed = names.indexOf('');
  if (unnamed >= 0) throw new StatisticsError('empty', `names[${unnamed}]`, `names[${unnamed}] must not be empty.`);
  for (const [field, { length }] of Object.entries({ customers, amounts })) {
    if (length === days.length) continue;
    throw new StatisticsError('unequal_lengths', field, `${field} has ${length} entries, but days ${days.length}.`);
  }
  const least = returnsApart ? -LARGEST : 0;
  const purchasesOf = new Uint32Array(names.length);
  const rowsOf = new Uint32Array(names.length);
  let [firstDay, lastDay] = [Infinity, -Infinity];
  let [total, zeroRows, returnRows, returned] = [0, 0, 0, 0];
  for (let row = 0; row < days.length; row++) {
    const [place, day, amount] = [customers[row]!, days[row]!, amounts[row]!];
    // Names of fields are not made up for millions of rows without a fault.
    if (!(within(place, 0, names.length - 1) && within(day, FIRST_DAY, LAST_DAY) && within(amount, least, LARGEST))) {
      requireWhole(`transactions[${row}].customer`, place, { atLeast: 0, below: names.length });
      requireWhole(`transactions[${row}].day`, day, { atLeast: FIRST_DAY, atMost: LAST_DAY });
      requireWhole(`transactions[${row}].amount`, amount, { atLeast: least });
    }
    rowsOf[place]!++;
    if (amount < 0) {
      returnRows++;
      returned -= amount;
    } else {
      purchasesOf[place]!++;
      total += amount;
      if (amount === 0) zeroRows++;
      if (day < firstDay) firstDay = day;
      if (day > lastDay) lastDay = day;
    }
    if (!Number.isSafeInteger(total) || !Number.isSafeInteger(returned)) {
      const field = `transactions[${row}]`;
      throw new StatisticsError('out_of_range', `${field}.amount`, `The sum up to ${field} is too large to be exact.`);
    }
  }
  return {
    purchasesOf,
    customers: rowsOf.reduce((sum, rows) => sum + Number(rows > 0), 0),
    firstDay,
    lastDay,
    total,
    zeroRows,
    returnRows,
    returned,
  };
}

function within(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
