import { StatisticsError } from '../statistics-error.ts';
import type { CustomerSummary, PurchaseSummary } from './purchase-summary.ts';

/** From 1, the lowest fifth, to 5, the highest. */
export type Score = 1 | 2 | 3 | 4 | 5;

export interface Scores {
  /** By the day of the last purchase. */
  readonly recency: Score;
  /** By the number of purchases. */
  readonly frequency: Score;
  /** By the sum of all purchases. */
  readonly monetary: Score;
}

/** Customers of the same three scores. */
export interface RfmCell extends Scores {
  readonly customers: number;
  /** Share of all customers scored. */
  readonly share: number;
  readonly purchases: number;
  /** Sum of their purchases in minor units. */
  readonly revenue: number;
  /** Who bought in the holdout period, their share, and what they bought; null without a holdout period. */
  readonly response: { readonly customers: number; readonly rate: number; readonly revenue: number } | null;
}

/** The least value that was given each score; null for a score that nobody has. */
export type ScoreFloors<Value> = Readonly<Record<Score, Value | null>>;

export interface RfmScoring {
  /** Of each customer, in the order of the summary. */
  readonly scores: readonly Scores[];
  /** Only cells that somebody is in, highest scores first. */
  readonly cells: readonly RfmCell[];
  readonly floors: {
    readonly lastDay: ScoreFloors<string>;
    readonly purchases: ScoreFloors<number>;
    readonly total: ScoreFloors<number>;
  };
}

const FEWEST = 5;

/**
 * Scores customers by fifths of recency, frequency and monetary value (Hughes 1994). A value's score is
 * 1 + ⌊5 × share of customers with a lower value⌋: equal values always have equal scores, the lowest value has 1, and
 * without ties the five groups are of equal size. Where many share a value, a score can be without customers.
 *
 * Throws `StatisticsError` `too_few` for less than five customers.
 */
export function rfmScoring({ customers }: PurchaseSummary): RfmScoring {
  if (customers.length < FEWEST) {
    const message = `Fifths need at least ${FEWEST} customers; there are ${customers.length}.`;
    throw new StatisticsError('too_few', 'customers', message);
  }
  const recency = scoresOf(customers.map(({ lastDay }) => lastDay));
  const frequency = scoresOf(customers.map(purchasesOf));
  const monetary = scoresOf(customers.map(({ total }) => total));
  const cells = new Map<number, Members>();
  const cellOf = (customer: CustomerSummary): Members => {
    const scores = {
      recency: recency.get(customer.lastDay)!,
      frequency: frequency.get(purchasesOf(customer))!,
      monetary: monetary.get(customer.total)!,
    };
    const key = 100 * scores.recency + 10 * scores.frequency + scores.monetary;
    const cell = cells.get(key) ?? { scores, customers: [] };
    cells.set(key, cell);
    cell.customers.push(customer);
    return cell;
  };
  const scores = customers.map((customer) => cellOf(customer).scores);
  return {
    scores,
    cells: [...cells]
      .toSorted(([left], [right]) => right - left)
      .map(([, members]) => summaryOf(members, customers.length)),
    floors: { lastDay: floorsOf(recency), purchases: floorsOf(frequency), total: floorsOf(monetary) },
  };
}

function purchasesOf({ frequency }: CustomerSummary): number {
  return frequency + 1;
}

/** The score of each value that occurs, lowest value first. */
function scoresOf<Value extends string | number>(values: readonly Value[]): ReadonlyMap<Value, Score> {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const scores = new Map<Value, Score>();
  let lower = 0;
  for (const [value, count] of [...counts].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    scores.set(value, (1 + Math.floor((5 * lower) / values.length)) as Score);
    lower += count;
  }
  return scores;
}

function floorsOf<Value>(scores: ReadonlyMap<Value, Score>): ScoreFloors<Value> {
  const floors: Record<Score, Value | null> = { 1: null, 2: null, 3: null, 4: null, 5: null };
  for (const [value, score] of scores) floors[score] ??= value;
  return floors;
}

/** Who is in a cell. */
interface Members {
  readonly scores: Scores;
  readonly customers: CustomerSummary[];
}

function summaryOf({ scores, customers }: Members, all: number): RfmCell {
  return {
    ...scores,
    customers: customers.length,
    share: customers.length / all,
    purchases: customers.reduce((sum, customer) => sum + purchasesOf(customer), 0),
    revenue: customers.reduce((sum, { total }) => sum + total, 0),
    response: responseOf(customers),
  };
}

function responseOf(members: readonly CustomerSummary[]): RfmCell['response'] {
  let [customers, revenue] = [0, 0];
  for (const { holdout } of members) {
    if (holdout === null) return null;
    if (holdout.purchases > 0) customers++;
    revenue += holdout.value;
  }
  return { customers, rate: customers / members.length, revenue };
}
