import { StatisticsError } from '../statistics-error.ts';
import { dayAt, dayNumber } from './day-number.ts';
import { columnsOf, countTransactions, type Transaction, type TransactionColumns } from './transaction-columns.ts';

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
  const { begins, dayOf, amountOf } = byCustomer(columns, purchasesOf, size);
  const starts = new Uint32Array(buyers.length + 1);
  const days = new Int32Array(size);
  const values = new Float64Array(size);
  let purchases = 0;
  const bought = new Map<number, number>();
  for (const [index, place] of buyers.entries()) {
    bought.clear();
    for (let row = begins[place]!; row < begins[place + 1]!; row++) {
      bought.set(dayOf[row]!, (bought.get(dayOf[row]!) ?? 0) + amountOf[row]!);
    }
    for (const day of Int32Array.from(bought.keys()).toSorted()) {
      days[purchases] = day;
      values[purchases++] = bought.get(day)!;
    }
    starts[index + 1] = purchases;
  }
  return {
    customers: buyers.map((place) => names[place]!),
    starts,
    days: days.slice(0, purchases),
    values: values.slice(0, purchases),
    firstDay,
    lastDay,
    total,
    rows,
    mergedRows: size - purchases,
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

/** The days and amounts of all purchases, those of each customer side by side. */
function byCustomer({ customers, days, amounts }: TransactionColumns, purchasesOf: Uint32Array, size: number) {
  const begins = new Uint32Array(purchasesOf.length + 1);
  for (const [place, purchases] of purchasesOf.entries()) begins[place + 1] = begins[place]! + purchases;
  const next = begins.slice();
  const dayOf = new Int32Array(size);
  const amountOf = new Float64Array(size);
  for (let row = 0; row < days.length; row++) {
    if (amounts[row]! < 0) continue;
    const to = next[customers[row]!]!++;
    dayOf[to] = days[row]!;
    amountOf[to] = amounts[row]!;
  }
  return { begins, dayOf, amountOf };
}
