import { requireNumber, StatisticsError } from '../statistics-error.ts';
import type { BgNbdParameters } from './bg-nbd.ts';
import { estimatesOf, type BgNbdEstimates } from './bg-nbd-identification.ts';
import { grouped, negativeLogLikelihood, type CountedHistory, type GroupedHistories } from './bg-nbd-likelihood.ts';
import type { ModelFit } from './estimate.ts';
import { maximumLikelihood } from './likelihood-search.ts';

export interface BgNbdFit extends ModelFit<BgNbdParameters> {
  /** Each parameter, and the two means they make, with standard error and verdict. */
  readonly estimates: BgNbdEstimates;
  readonly customers: number;
  readonly repeatCustomers: number;
}

/** r, alpha in mean ages, a, b: even, as in shops, regular buyers who stay, and chance buyers who soon leave. */
const STARTS = [
  [1, 1, 1, 1],
  [0.25, 0.1, 0.8, 2.5],
  [5, 2, 0.2, 4],
  [0.5, 0.05, 2, 2],
].map((start) => start.map(Math.log));

/**
 * Fits the BG/NBD model to customers by maximum likelihood (Fader, Hardie and Lee 2005, equation 6): searches from
 * several starts over the logarithms of the parameters, with the analytic gradient. `alpha` and the log-likelihood are
 * in the unit of time of the histories; the order of customers plays no part. Customers with the same history may come
 * as one with a `count`.
 *
 * Throws StatisticsError for a history that cannot be (named by its place), no customers (`empty`), a single one
 * (`too_few`), none who ever bought again (`no_variation`: then the rate of purchase is as small as one likes, and
 * nothing can be said of dropping out), or a rate of purchase too large for a number (`not_finite`). Data that leave a parameter open are answered with a verdict, not an error.
 */
export function fitBgNbd(customers: readonly CountedHistory[]): BgNbdFit {
  const groups = grouped(customers);
  const number = sumOf(groups, () => 1);
  const repeatCustomers = sumOf(groups, (index) => (groups.frequency[index]! > 0 ? 1 : 0));
  if (number < 2)
    throw new StatisticsError('too_few', 'customers', 'One customer says nothing of how customers differ.');
  if (repeatCustomers === 0) {
    throw new StatisticsError('no_variation', 'customers', 'No customer bought again, so there is nothing to learn.');
  }

  const unit = sumOf(groups, (index) => groups.times[groups.age[index]!]!) / number;
  requireNumber('customers.age', unit, { above: 0 });
  const { point, logLikelihood, covariance, ranAway, ...search } = maximumLikelihood({
    objective: negativeLogLikelihood({
      ...groups,
      times: groups.times.map((time) => time / unit),
    }),
    customers: number,
    starts: STARTS,
  });
  const [r, alpha, a, b] = point.map(Math.exp) as [number, number, number, number];
  const parameters = { r, alpha: alpha * unit, a, b };
  const estimates = estimatesOf(parameters, covariance, ranAway);
  if (!Number.isFinite(estimates.purchaseRate.value))
    throw new StatisticsError('not_finite', 'customers', 'Purchases come faster than a number can tell.');
  const purchases = sumOf(groups, (index) => groups.frequency[index]!);
  return {
    parameters,
    estimates,
    // Times of repeat purchases are densities, so the unit counts once for each.
    logLikelihood: logLikelihood - purchases * Math.log(unit),
    ...search,
    customers: number,
    repeatCustomers,
  };
}

/** Over all customers. */
function sumOf({ count }: GroupedHistories, term: (index: number) => number): number {
  return count.reduce((sum, weight, index) => sum + weight * term(index), 0);
}
