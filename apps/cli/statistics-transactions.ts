import type { Command, Option } from 'commander';
import { addDays, instantOf } from '../../libs/statistics/calendar.ts';
import { dayNumber } from '../../libs/statistics/purchases/day-number.ts';
import { purchaseLogOfColumns, type PurchaseLog } from '../../libs/statistics/purchases/purchase-log.ts';
import { choice, wholeNumber } from './command-line.ts';
import { collectAmounts } from './statistics-amounts.ts';
import { wholeNumbers } from './statistics-columns.ts';
import { delimiterOption, FileFault, fileRows, findColumns } from './statistics-files.ts';

/** How a file of transactions is to be read. */
export interface TransactionOptions {
  readonly customer?: string;
  readonly date?: string;
  readonly amount?: string;
  readonly delimiter?: string;
  /** Rounds amounts to so many decimals; without it all are kept. */
  readonly decimals?: number;
  /** What negative amounts are: a fault of the file, or returns that are kept apart from purchases. */
  readonly returns?: 'refuse' | 'apart';
}

/** What a file of transactions held. */
export interface TransactionFile {
  /** With amounts in minor units: the unit of the file divided by ten to the power of `decimals`. */
  readonly log: PurchaseLog;
  readonly decimals: number;
  /** How many amounts had more decimals, and were rounded. */
  readonly roundedAmounts: number;
  /** The headings that were read. */
  readonly columns: { readonly customer: string; readonly date: string; readonly amount: string };
}

/** Adds the options that say how a file of transactions is read. */
export function transactionOptions(command: Command): Command {
  return command
    .option('--customer <column>', 'who bought (default: customer, customer_id, sample_id, master_id or id)')
    .option('--date <column>', 'when: a day, or a time whose UTC day counts (default: date)')
    .option('--amount <column>', 'for how much (default: amount, dollars or value)')
    .addOption(delimiterOption())
    .option(
      '--decimals <number>',
      'round amounts to so many decimals (default: all, as far as sums stay exact)',
      wholeNumber(0, 12),
    )
    .addOption(returnsOption());
}

/**
 * Reads a file of transactions. Throws `FileFault` at the first cell that is no customer, date or amount, at the first
 * negative amount unless returns are kept apart, and where the amounts add up to too much.
 */
export async function readTransactions(path: string, options: TransactionOptions = {}): Promise<TransactionFile> {
  const found = await findColumns(
    path,
    {
      customer: { names: ['customer', 'customer_id', 'sample_id', 'master_id', 'id'], asked: options.customer },
      date: { names: ['date'], asked: options.date },
      amount: { names: ['amount', 'dollars', 'value'], asked: options.amount },
    },
    options.delimiter,
  );
  const columns = { customer: found.customer!, date: found.date!, amount: found.amount! };
  const { returns = 'refuse' } = options;
  const places = new Map<string, number>();
  const [customers, days] = [wholeNumbers(), wholeNumbers()];
  const amounts = collectAmounts(options.decimals);
  const dayOf = cached((text) => {
    const day = utcDayOf(text);
    return day === undefined ? undefined : dayNumber('date', day);
  });
  for await (const { line, values } of fileRows(path, options.delimiter)) {
    const fault = (rule: string, column: string) => new FileFault(path, rule, line, column);
    const customer = values[columns.customer]!;
    if (customer === '') throw fault('names no customer.', columns.customer);
    const date = values[columns.date]!;
    const day = dayOf(date);
    if (day === undefined) throw fault(`"${date}" is no date such as 2026-01-31.`, columns.date);
    const amount = amounts.add(values[columns.amount]!);
    if (typeof amount === 'string') throw fault(amount, columns.amount);
    if (amount < 0 && returns !== 'apart') {
      throw fault(`${values[columns.amount]} is negative; --returns apart takes it for a return.`, columns.amount);
    }
    let place = places.get(customer);
    if (place === undefined) places.set(customer, (place = places.size));
    customers.push(place);
    days.push(day);
  }
  const minorUnits = amounts.inMinorUnits();
  if (!minorUnits) throw new FileFault(path, 'adds up to more than can be counted exactly.', undefined, columns.amount);
  const columnsRead = {
    names: [...places.keys()],
    customers: customers.all(),
    days: days.all(),
    amounts: minorUnits.amounts,
  };
  return {
    log: purchaseLogOfColumns(columnsRead, { returns }),
    decimals: minorUnits.decimals,
    roundedAmounts: minorUnits.rounded,
    columns,
  };
}

const COMPACT_DAY = /^(\d{4})(\d{2})(\d{2})$/;
const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)$/;

/**
 * The UTC day of a day (2026-01-31, 20260131) or time; a time without an offset is taken for UTC. Undefined for a text
 * that is none of these.
 */
export function utcDayOf(text: string): string | undefined {
  const withOffset = text
    .replace(COMPACT_DAY, '$1-$2-$3')
    .replace(LOCAL_TIME, '$1T$2Z')
    .replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T');
  const instant = instantOf(withOffset);
  if (instant === undefined) return undefined;
  // February 30th with a time would otherwise be read as a day in March.
  const day = withOffset.slice(0, 10);
  return addDays(day, 0) === day ? instant.slice(0, 10) : undefined;
}

function returnsOption(): Option {
  return choice('--returns <how>', 'negative amounts: refuse the file, or count them apart from purchases', [
    'refuse',
    'apart',
  ]).default('refuse');
}

const MOST_CACHED = 100_000;

function cached<Answer>(of: (text: string) => Answer): (text: string) => Answer {
  const answers = new Map<string, Answer>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= MOST_CACHED) answers.clear();
    const answer = of(text);
    answers.set(text, answer);
    return answer;
  };
}
