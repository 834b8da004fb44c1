import { requireNumber, requireWhole, StatisticsError } from '../statistics-error.ts';

/**
 * The Gamma–Gamma model: each purchase of a customer is gamma distributed with shape p and a rate of the customer's own,
 * which is gamma distributed over the customers with shape q and rate v. v has the unit of the values, p and q have none.
 */
export interface GammaGammaParameters {
  readonly p: number;
  readonly q: number;
  readonly v: number;
}

/** What a customer has bought so far; the first purchase does not count. */
export interface Spending {
  /** Repeat purchases. */
  readonly frequency: number;
  /** Mean of these, in any unit of money; null or 0 without any. */
  readonly meanValue: number | null;
}

/**
 * What one purchase of a random customer is worth on average, pv / (q − 1), in the unit of v (Fader and Hardie 2013,
 * equation 3). Null where q ≤ 1: then the values spread so far that the model has no mean.
 */
export function populationMeanValue(parameters: GammaGammaParameters): number | null {
  const { p, q, v } = requireParameters(parameters);
  return q > 1 ? finite((p / (q - 1)) * v) : null;
}

/**
 * What one future purchase of a customer is worth on average, given `frequency` purchases of `meanValue` on average so
 * far, in the unit of v: p(v + xz) / (px + q − 1), an average of the population's mean and the customer's own that
 * trusts the own the more, the more purchases there were (Fader and Hardie 2013, equation 5). Without a purchase
 * it is the population's mean.
 *
 * Null where px + q ≤ 1: then the model has no mean for such a customer. Throws StatisticsError for a negative or not
 * finite number.
 */
export function expectedMeanValue(parameters: GammaGammaParameters, customer: Spending): number | null {
  const { p, q, v } = requireParameters(parameters);
  const { frequency: x, meanValue } = requireSpending('customer', customer);
  const weight = p * x + q - 1;
  return weight > 0 ? finite((p / weight) * (v + x * (meanValue ?? 0))) : null;
}

/** The figures themselves, where they can be meant; throws StatisticsError naming what is wrong. */
export function requireSpending<Some extends Spending>(field: string, customer: Some): Some {
  const { frequency, meanValue } = customer;
  requireWhole(`${field}.frequency`, frequency, { atLeast: 0, atMost: 1e9 });
  const fault = (must: string): StatisticsError =>
    new StatisticsError('out_of_range', `${field}.meanValue`, `${field}.meanValue must ${must}, not ${meanValue}.`);
  if (meanValue !== null) requireNumber(`${field}.meanValue`, meanValue, { atLeast: 0, atMost: 1e15 });
  else if (frequency > 0) throw fault('be a number where there are repeat purchases');
  if (frequency === 0 && meanValue) throw fault('be null or 0 where there are no repeat purchases');
  return customer;
}

function requireParameters(parameters: GammaGammaParameters): GammaGammaParameters {
  for (const name of ['p', 'q', 'v'] as const) requireNumber(name, parameters[name], { above: 0 });
  return parameters;
}

/** A mean beyond the largest number exists no more than one beyond q ≤ 1. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
