import { StatisticsError, requireWhole } from '../statistics-error.ts';
import { dayAt, dayNumber } from './day-number.ts';

/** Something bought, or brought back where the amount is negative. */
export interface Transaction {
  readonly customer: string;
  /** `2026-01-31` */
  readonly day: string;
  /** In whole minor units of one currency. */
  readonly amount: number;
}

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
  const found = collect(transactions, options.returns === 'apart');
  if (found.days.length === 0) {
    throw new StatisticsError('empty', 'transactions', 'transactions must have at least one purchase.');
  }
  const everyone = [...found.places.keys()];
  const buyers = everyone.filter((_, place) => found.purchasesOf[place]! > 0).toSorted(byText);
  const rankOf = new Uint32Array(everyone.length);
  for (const [rank, customer] of buyers.entries()) rankOf[found.places.get(customer)!] = rank;

  const order = ordered(found, rankOf, buyers.length);
  const size = order.length;
  const starts = new Uint32Array(buyers.length + 1);
  const days = new Int32Array(size);
  const values = new Float64Array(size);
  let purchases = 0;
  let rank = -1;
  for (const row of order) {
    const [own, day] = [rankOf[found.customers[row]!]!, found.days[row]!];
    const sameAsBefore = own === rank && days[purchases - 1] === day;
    while (rank < own) starts[++rank] = purchases;
    if (!sameAsBefore) days[purchases++] = day;
    values[purchases - 1]! += found.amounts[row]!;
  }
  starts[buyers.length] = purchases;
  return {
    customers: buyers,
    starts,
    days: days.slice(0, purchases),
    values: values.slice(0, purchases),
    firstDay: found.firstDay,
    lastDay: found.lastDay,
    total: found.total,
    rows: size + found.returnRows,
    mergedRows: size - purchases,
    zeroRows: found.zeroRows,
    returns: {
      rows: found.returnRows,
      amount: found.returned,
      customersWithoutPurchase: everyone.length - buyers.length,
    },
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

interface Collected {
  readonly places: ReadonlyMap<string, number>;
  /** By place of the customer. */
  readonly purchasesOf: readonly number[];
  /** Of each row that is a purchase. */
  readonly customers: readonly number[];
  readonly days: readonly number[];
  readonly amounts: readonly number[];
  readonly firstDay: number;
  readonly lastDay: number;
  readonly total: number;
  readonly zeroRows: number;
  readonly returnRows: number;
  readonly returned: number;
}

function collect(transactions: Iterable<Transaction>, returnsApart: boolean): Collected {
  const places = new Map<string, number>();
  const numbers = new Map<string, number>();
  const purchasesOf: number[] = [];
  const customers: number[] = [];
  const days: number[] = [];
  const amounts: number[] = [];
  let [firstDay, lastDay] = [Infinity, -Infinity];
  let [total, zeroRows, returnRows, returned] = [0, 0, 0, 0];
  let row = 0;
  for (const { customer, day, amount } of transactions) {
    const field = `transactions[${row++}]`;
    if (customer === '')
      throw new StatisticsError('empty', `${field}.customer`, `${field}.customer must not be empty.`);
    let number = numbers.get(day);
    if (number === undefined) numbers.set(day, (number = dayNumber(`${field}.day`, day)));
    requireWhole(`${field}.amount`, amount, returnsApart ? {} : { atLeast: 0 });
    let place = places.get(customer);
    if (place === undefined) {
      place = places.size;
      places.set(customer, place);
      purchasesOf.push(0);
    }
    if (amount < 0) {
      returnRows++;
      returned -= amount;
    } else {
      customers.push(place);
      days.push(number);
      amounts.push(amount);
      purchasesOf[place]!++;
      total += amount;
      if (amount === 0) zeroRows++;
      firstDay = Math.min(firstDay, number);
      lastDay = Math.max(lastDay, number);
    }
    if (!Number.isSafeInteger(total) || !Number.isSafeInteger(returned)) {
      throw new StatisticsError('out_of_range', `${field}.amount`, `The sum up to ${field} is too large to be exact.`);
    }
  }
  return {
    places,
    purchasesOf,
    customers,
    days,
    amounts,
    firstDay,
    lastDay,
    total,
    zeroRows,
    returnRows,
    returned,
  };
}

/** The rows by customer and, of each, by day: sorted by counting, first by the minor and then by the major key. */
function ordered({ customers, days, firstDay, lastDay }: Collected, rankOf: Uint32Array, buyers: number): Uint32Array {
  const byDay = countingSort(Uint32Array.from(days.keys()), lastDay - firstDay + 1, (row) => days[row]! - firstDay);
  return countingSort(byDay, buyers, (row) => rankOf[customers[row]!]!);
}

function countingSort(rows: Uint32Array, keys: number, keyOf: (row: number) => number): Uint32Array {
  const next = new Uint32Array(keys + 1);
  for (const row of rows) next[keyOf(row) + 1]!++;
  for (let key = 0; key < keys; key++) next[key + 1]! += next[key]!;
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) sorted[next[keyOf(row)]!++] = row;
  return sorted;
}

function byText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
