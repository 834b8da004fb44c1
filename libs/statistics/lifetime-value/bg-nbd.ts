import { requireNumber, requireWhole, StatisticsError } from '../statistics-error.ts';

/**
 * The BG/NBD model of Fader, Hardie and Lee ("Counting Your Customers" the Easy Way, Marketing Science 24(2), 2005).
 * While a customer is alive purchases come at random, at a rate that differs between customers by a gamma distribution
 * with shape `r` and rate `alpha`; after each repeat purchase a customer drops out for good, with a chance that differs
 * by a beta distribution with `a` and `b`. `alpha` is in the unit of time of the data; the others have no unit.
 */
export interface BgNbdParameters {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** What the model needs to know of a customer. All times in one unit, which is the caller's. */
export interface PurchaseHistory {
  /** Repeat purchases: all but the first one. */
  readonly frequency: number;
  /** From the first purchase to the last one; 0 where there was no repeat purchase, and only then. */
  readonly recency: number;
  /** From the first purchase to the end of the observation. */
  readonly age: number;
}

/** More than any age in milliseconds; beyond, products of times would overflow. */
const LONGEST = 1e18;
/** Longest horizon, in times of alpha plus age. */
const FURTHEST = 1e6;
/** More repeat purchases than anybody makes; beyond, tables over them would no longer be small. */
export const MOST_PURCHASES = 1_000_000;

/**
 * Chance that the customer has not dropped out by the end of the observation (the denominator of equation 10). It is
 * exactly 1 for a customer without repeat purchase: in this model nobody drops out before one.
 * Throws StatisticsError for parameters or a history that cannot be.
 */
export function probabilityAlive(parameters: BgNbdParameters, history: PurchaseHistory): number {
  requireParameters(parameters);
  requireHistory('history', history);
  return aliveAfter(parameters, history.frequency, history.recency, history.age);
}

/** As `probabilityAlive`, without looking at what it is given. */
export function aliveAfter(
  { r, alpha, a, b }: BgNbdParameters,
  frequency: number,
  recency: number,
  age: number,
): number {
  if (frequency === 0) return 1;
  const silence = Math.log1p((age - recency) / (alpha + recency));
  return 1 / (1 + Math.exp(Math.log(a / (b + (frequency - 1))) + (r + frequency) * silence));
}

/**
 * Chance that a new customer makes so many repeat purchases within the time (equation 8): P(X(t) = x). The chances of
 * all numbers of purchases sum to 1. Throws StatisticsError for a number that is not whole or negative, a time that is
 * negative or more than a million times alpha, or parameters that cannot be.
 */
export function probabilityOfPurchases(parameters: BgNbdParameters, purchases: number, time: number): number {
  requireParameters(parameters);
  requireWhole('purchases', purchases, { atLeast: 0, atMost: MOST_PURCHASES });
  requireHorizon(parameters, 0, time, 'time');
  const { r, alpha, a, b } = parameters;
  const share = time / (alpha + time);
  if (share === 0) return purchases === 0 ? 1 : 0;
  if (purchases === 0) return Math.exp(-r * Math.log1p(time / alpha));
  // One more factor each: the chance of as many occasions to buy, and of still being there for each.
  let logOccasions = -r * Math.log1p(time / alpha);
  let logThere = 0;
  let fewer = 0;
  for (let count = 0; count < purchases; count += 1) {
    fewer += Math.exp(logOccasions);
    logOccasions += Math.log(((r + count) / (count + 1)) * share);
    if (count < purchases - 1) logThere -= Math.log1p(a / (b + count));
  }
  const last = b + (purchases - 1);
  const occasions = Math.exp(logOccasions);
  const atLeast = fewer < 0.5 ? 1 - fewer : occasions * tail(r, purchases, share);
  return (Math.exp(logThere) * (last * occasions + a * atLeast)) / (a + last);
}

/** P(N ≥ count) ÷ P(N = count) of a negative binomial N, by its terms, which are all positive. */
function tail(r: number, from: number, share: number): number {
  let sum = 0;
  let term = 1;
  for (let count = from; term > 0; count += 1) {
    sum += term;
    const ratio = ((r + count) / (count + 1)) * share;
    term *= ratio;
    if (ratio < 1 && term / (1 - Math.max(ratio, share)) < Number.EPSILON * sum) break;
  }
  return sum;
}

/** Beyond these, products of parameters would overflow, or vanish in sums that then never end. */
const [SMALLEST, GREATEST] = [1e-100, 1e100];

/** Throws StatisticsError unless all four are from 1e-100 to 1e100. */
export function requireParameters(parameters: BgNbdParameters): void {
  for (const name of ['r', 'alpha', 'a', 'b'] as const) {
    requireNumber(name, parameters[name], { atLeast: SMALLEST, atMost: GREATEST });
  }
}

/** Throws StatisticsError, which names the place, for a history that cannot be. */
export function requireHistory(field: string, { frequency, recency, age }: PurchaseHistory): void {
  requireWhole(`${field}.frequency`, frequency, { atLeast: 0, atMost: MOST_PURCHASES });
  requireNumber(`${field}.recency`, recency, { atLeast: 0 });
  requireNumber(`${field}.age`, age, { atLeast: 0, atMost: LONGEST });
  if (recency > age) {
    throw new StatisticsError(
      'out_of_range',
      `${field}.recency`,
      `${field}.recency must not exceed the age of ${age}.`,
    );
  }
  if (frequency === 0 && recency !== 0) {
    const fault = `${field}.recency must be 0 where there was no repeat purchase, not ${recency}.`;
    throw new StatisticsError('out_of_range', `${field}.recency`, fault);
  }
  if (frequency > 0 && recency === 0) {
    const fault = `${field}.recency must be more than 0 after ${frequency} repeat purchases.`;
    throw new StatisticsError('out_of_range', `${field}.recency`, fault);
  }
}

/** Throws StatisticsError for a horizon that is negative, or more than a million times alpha and the age. */
export function requireHorizon({ alpha }: BgNbdParameters, age: number, horizon: number, field = 'horizon'): void {
  requireNumber(field, horizon, { atLeast: 0 });
  if (horizon > FURTHEST * (alpha + age)) {
    throw new StatisticsError('out_of_range', field, `${field} is more than ${FURTHEST} times alpha and the age.`);
  }
}
