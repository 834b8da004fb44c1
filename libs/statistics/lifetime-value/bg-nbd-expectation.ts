import { isSmallBeside, logGaussHypergeometric } from '../numerics/gauss-hypergeometric.ts';
import { StatisticsError } from '../statistics-error.ts';
import {
  aliveAfter,
  requireHistory,
  requireHorizon,
  requireParameters,
  type BgNbdParameters,
  type PurchaseHistory,
} from './bg-nbd.ts';

/** For a heavy buyer over so many terms the closed form is quicker than the sum. */
const MANY_TERMS = 20_000;
/** The sum over more terms, which no customer makes, would take seconds. */
const MOST_TERMS = 1e8;
/** The closed form divides by a − 1. */
const NEAR_ONE = 1e-5;

/**
 * Purchases to expect of a customer within the horizon after the end of the observation, given the history (equation
 * 10). 0 for a horizon of 0, and growing with it. The horizon is in the unit of time of the history.
 * Throws StatisticsError for parameters, a history or a horizon that cannot be, a horizon of more than a million
 * times alpha plus age, or one with some hundred million purchases or more that cannot be computed otherwise.
 */
export function expectedPurchases(parameters: BgNbdParameters, history: PurchaseHistory, horizon: number): number {
  requireParameters(parameters);
  requireHistory('history', history);
  requireHorizon(parameters, history.age, horizon);
  const { frequency, recency, age } = history;
  return aliveAfter(parameters, frequency, recency, age) * expectedWhileAlive(parameters, frequency, age, horizon);
}

/**
 * Repeat purchases to expect of a new customer within the horizon from the first purchase (equation 9).
 * Throws StatisticsError as `expectedPurchases` does.
 */
export function expectedPurchasesOfNewCustomer(parameters: BgNbdParameters, horizon: number): number {
  requireParameters(parameters);
  requireHorizon(parameters, 0, horizon);
  return expectedWhileAlive(parameters, 0, 0, horizon);
}

/**
 * Purchases to expect of a customer who is certainly still there, within the horizon after so long an age. What a customer
 * is expected to buy is this times `probabilityAlive`.
 * Throws StatisticsError, which names the `field`, for a horizon as `expectedPurchases` does; the rest is not looked at.
 */
export function expectedPurchasesWhileAlive(
  parameters: BgNbdParameters,
  frequency: number,
  age: number,
  horizon: number,
  field = 'horizon',
): number {
  requireHorizon(parameters, age, horizon, field);
  return expectedWhileAlive(parameters, frequency, age, horizon, field);
}

/** Histories of many customers as columns of the same length. */
export interface HistoryColumns {
  readonly frequency: ArrayLike<number>;
  readonly recency: ArrayLike<number>;
  readonly age: ArrayLike<number>;
}

/** One entry per customer, in their order. */
export interface CustomerScores {
  readonly probabilityAlive: Float64Array;
  readonly expectedPurchases: Float64Array;
}

/**
 * `probabilityAlive` and `expectedPurchases` of many customers at once, without an object for each.
 * Throws StatisticsError as these do, naming the customer by its place, or where columns differ in length.
 */
export function scoreCustomers(parameters: BgNbdParameters, columns: HistoryColumns, horizon: number): CustomerScores {
  requireParameters(parameters);
  const { frequency, recency, age } = columns;
  const customers = frequency.length;
  for (const [name, column] of Object.entries({ recency, age })) {
    if (column.length !== customers) {
      const fault = `${name} has ${column.length} entries, but frequency ${customers}.`;
      throw new StatisticsError('unequal_lengths', name, fault);
    }
  }
  const alive = new Float64Array(customers);
  const expected = new Float64Array(customers);
  const history = { frequency: 0, recency: 0, age: 0 };
  for (let index = 0; index < customers; index += 1) {
    history.frequency = frequency[index]!;
    history.recency = recency[index]!;
    history.age = age[index]!;
    requireHistory(`customers[${index}]`, history);
    requireHorizon(parameters, history.age, horizon);
    alive[index] = aliveAfter(parameters, history.frequency, history.recency, history.age);
    expected[index] = alive[index]! * expectedWhileAlive(parameters, history.frequency, history.age, horizon);
  }
  return { probabilityAlive: alive, expectedPurchases: expected };
}

function expectedWhileAlive(
  { r, alpha, a, b }: BgNbdParameters,
  x: number,
  age: number,
  horizon: number,
  field = 'horizon',
): number {
  const shape = r + x;
  const odds = horizon / (alpha + age);
  const mean = shape * odds;
  const terms = mean + 10 * Math.sqrt(mean * (1 + odds)) + 37 * (1 + odds);
  if (terms < MANY_TERMS || !isSmallBeside(a + b + x - 1, a + b - 1 - r, a - 1)) {
    if (!(terms < MOST_TERMS)) {
      throw new StatisticsError('out_of_range', field, `${field} has some ${mean} occasions to buy: too many.`);
    }
    return expectedByOccasions(shape, odds / (1 + odds), a, b + x);
  }
  if (Math.abs(a - 1) >= NEAR_ONE) return expectedInClosedForm(shape, odds, a, b + x);
  // Smooth in a, so the mean of both sides is right to a part in a billion.
  return (
    (expectedInClosedForm(shape, odds, 1 - NEAR_ONE, b + x) + expectedInClosedForm(shape, odds, 1 + NEAR_ONE, b + x)) /
    2
  );
}

/**
 * The sum over n of P(N = n) · S(n): with n occasions to buy while nobody drops out (negative binomial), a customer who
 * may drop out makes S(n) = Σ (b)ₖ / (a + b)ₖ, k < n, of these purchases. Equal to equation 10, but all terms are
 * positive, and a = 1 is nothing special. The chances need no normalising constant, which underflows for heavy buyers:
 * they sum to 1.
 */
function expectedByOccasions(shape: number, share: number, a: number, b: number): number {
  let weight = 1;
  let weights = 1;
  let there = 1;
  let made = 0;
  let expected = 0;
  // n − 1 first: 1 added to a small shape or b and taken off again would leave nothing of it.
  for (let n = 1; ; n += 1) {
    weight *= ((shape + (n - 1)) / n) * share;
    made += there;
    there *= (b + (n - 1)) / (a + b + (n - 1));
    weights += weight;
    expected += weight * made;
    if (weights > 1e250) {
      weight *= 1e-250;
      weights *= 1e-250;
      expected *= 1e-250;
    }
    const ratio = Math.max(share, ((shape + n) / (n + 1)) * share);
    // What is left is below a geometric series, of purchases that grow by one each at most.
    const left = ((weight * ratio) / (1 - ratio)) * (made + 1 / (1 - ratio));
    if (ratio < 1 && left <= 1e-15 * expected) return expected / weights;
  }
}

/**
 * Equation 10 without its denominator, for heavy buyers. After Euler's transformation the powers that are far too large
 * and far too small for a number cancel on paper, and leave one of a − 1.
 */
function expectedInClosedForm(shape: number, odds: number, a: number, b: number): number {
  const c = a + b - 1;
  const log = logGaussHypergeometric(c - shape, a - 1, c, odds / (1 + odds)) - (a - 1) * Math.log1p(odds);
  return (-c / (a - 1)) * Math.expm1(log);
}
