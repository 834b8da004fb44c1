import { StatisticsError } from '../statistics-error.ts';
import { dayAt, dayNumber } from './day-number.ts';
import {
  columnsOf,
  countTransactions,
  type CountedTransactions,
  type Transaction,
  type TransactionColumns,
} from './transaction-columns.ts';

/**
 * The purchases of customers: all that a customer bought on a day is one purchase. Held in columns, so that millions
 * fit into memory. Amounts are whole minor units; days are counted from 1970-01-01.
 */
export interface PurchaseLog {
  /** Everyone with a purchase, sorted as text. */
  readonly customers: readonly string[];
  /** The purchases of customer i lie from `starts[i]` to before `starts[i + 1]`, oldest first. */
  readonly starts: Uint32Array;
  readonly days: Int32Array;
  readonly values: Float64Array;
  /** Days of the first and the last purchase. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** The sum of all purchases. */
  readonly total: number;
  /** Transactions given: purchases + merged rows + returns. */
  readonly rows: number;
  /** Rows of a day on which the customer had another row already. */
  readonly mergedRows: number;
  /** Rows of amount zero; they are purchases as any other. */
  readonly zeroRows: number;
  /** Rows of negative amounts; `amount` is their sum without the sign. No purchase is changed by them. */
  readonly returns: { readonly rows: number; readonly amount: number; readonly customersWithoutPurchase: number };
}

export interface PurchaseLogOptions {
  /** Negative amounts are refused (the default), or counted apart from purchases and not set off against them. */
  readonly returns?: 'refuse' | 'apart';
}

/**
 * Sorts transactions, in any order, into purchases by customer and day.
 *
 * Throws `StatisticsError`: `empty` without a purchase or with a customer without a name, `out_of_range` for what is no
 * day, for a negative amount unless returns are kept apart, and where the sum is too large to be exact; `not_whole` and
 * `not_finite` for an amount that is no whole number.
 */
export function purchaseLog(transactions: Iterable<Transaction>, options: PurchaseLogOptions = {}): PurchaseLog {
  return purchaseLogOfColumns(columnsOf(transactions), options);
}

/**
 * As `purchaseLog`, of columns. Throws also `unequal_lengths` where these differ in length, and `out_of_range` for a
 * customer who has no name there.
 */
export function purchaseLogOfColumns(columns: TransactionColumns, options: PurchaseLogOptions = {}): PurchaseLog {
  const counted = countTransactions(columns, options.returns === 'apart');
  const { purchasesOf, firstDay, lastDay, total, zeroRows, returnRows, returned } = counted;
  const rows = columns.days.length;
  const size = rows - returnRows;
  if (size === 0) {
    throw new StatisticsError('empty', 'transactions', 'transactions must have at least one purchase.');
  }
  const { names } = columns;
  const buyers = [...names.keys()]
    .filter((place) => purchasesOf[place]! > 0)
    .toSorted((left, right) => (names[left]! < names[right]! ? -1 : 1));
  const { starts, days, values } = merged(sorted(columns, buyers, counted));
  return {
    customers: buyers.map((place) => names[place]!),
    starts,
    days,
    values,
    firstDay,
    lastDay,
    total,
    rows,
    mergedRows: size - days.length,
    zeroRows,
    returns: { rows: returnRows, amount: returned, customersWithoutPurchase: counted.customers - buyers.length },
  };
}

/** The first and the last day of a log, as days. */
export function daysOfLog({ firstDay, lastDay }: PurchaseLog): { readonly firstDay: string; readonly lastDay: string } {
  return { firstDay: dayAt(firstDay), lastDay: dayAt(lastDay) };
}

/** The last day that a log is complete to: the one said, otherwise that of its last purchase. */
export function endOfObservation(log: PurchaseLog, until: string | undefined): number {
  if (until === undefined) return log.lastDay;
  const end = dayNumber('until', until);
  if (end >= log.lastDay) return end;
  const message = `until must not lie before ${dayAt(log.lastDay)}, the day of the last purchase, as ${until} does.`;
  throw new StatisticsError('out_of_range', 'until', message);
}

interface PurchaseRows {
  readonly starts: Uint32Array;
  readonly days: Int32Array;
  readonly values: Float64Array;
}

/** All rows but returns by customer and, as they are dealt out day after day, by day. */
function sorted(columns: TransactionColumns, buyers: readonly number[], counted: CountedTransactions): PurchaseRows {
  const { customers, amounts } = columns;
  const { purchasesOf } = counted;
  const starts = new Uint32Array(buyers.length + 1);
  const next = new Uint32Array(purchasesOf.length);
  for (const [index, place] of buyers.entries()) {
    next[place] = starts[index]!;
    starts[index + 1] = starts[index]! + purchasesOf[place]!;
  }
  const size = starts[buyers.length]!;
  const days = new Int32Array(size);
  const values = new Float64Array(size);
  for (const row of byDay(columns, size, counted)) {
    const to = next[customers[row]!]!++;
    days[to] = columns.days[row]!;
    values[to] = amounts[row]!;
  }
  return { starts, days, values };
}

/** The places of all rows but returns, the oldest first (a counting sort). */
function byDay({ days, amounts }: TransactionColumns, size: number, { firstDay, lastDay }: CountedTransactions) {
  const begins = new Uint32Array(lastDay - firstDay + 2);
  for (let row = 0; row < days.length; row++) if (amounts[row]! >= 0) begins[days[row]! - firstDay + 1]!++;
  for (let day = 1; day < begins.length; day++) begins[day]! += begins[day - 1]!;
  const rows = new Uint32Array(size);
  for (let row = 0; row < days.length; row++) {
    if (amounts[row]! >= 0) rows[begins[days[row]! - firstDay]!++] = row;
  }
  return rows;
}

/** Makes one purchase of the rows of a customer's day, in the columns given. */
function merged({ starts, days, values }: PurchaseRows): PurchaseRows {
  let purchases = 0;
  for (let customer = 0; customer + 1 < starts.length; customer++) {
    const [from, to] = [starts[customer]!, starts[customer + 1]!];
    starts[customer] = purchases;
    for (let row = from; row < to; row++) {
      if (row > from && days[row] === days[purchases - 1]) values[purchases - 1]! += values[row]!;
      else {
        days[purchases] = days[row]!;
        values[purchases++] = values[row]!;
      }
    }
  }
  starts[starts.length - 1] = purchases;
  return { starts, days: days.subarray(0, purchases), values: values.subarray(0, purchases) };
}
