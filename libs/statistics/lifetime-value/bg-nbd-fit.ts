import { boundedCovarianceOf, hessian } from '../numerics/hessian.ts';
import { minimise, type Minimum } from '../numerics/minimise.ts';
import { requireNumber, StatisticsError } from '../statistics-error.ts';
import type { BgNbdParameters } from './bg-nbd.ts';
import { estimatesOf, type BgNbdEstimates } from './bg-nbd-identification.ts';
import { grouped, negativeLogLikelihood, type CountedHistory, type GroupedHistories } from './bg-nbd-likelihood.ts';

export interface BgNbdFit {
  /** For the functions that take them. How much each is worth stands in `estimates`. */
  readonly parameters: BgNbdParameters;
  /** Each parameter, and the two means they make, with standard error and verdict. */
  readonly estimates: BgNbdEstimates;
  readonly logLikelihood: number;
  /** Whether the best search ended where the gradient vanishes. If not, take the figures for a guess. */
  readonly converged: boolean;
  /** Searches made from different places, and how many ended at the same likelihood as the best. */
  readonly starts: number;
  readonly startsAgreeing: number;
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
const TOLERANCE = 1e-10;
/** Log-likelihoods that differ by less are the same. */
const SAME = 1e-4;
/**
 * Where the likelihood only grows towards zero or infinity, the search is held near e^±15 (mean ages, for alpha), where
 * no data can tell the difference.
 */
const FAR = 15;
const HOLD = 1e-3;
/** Curvature of the log-likelihood along a direction of which nothing is known. */
const FLAT = 1e-4;

/**
 * Fits the BG/NBD model to customers by maximum likelihood (Fader, Hardie and Lee 2005, equation 6): searches from
 * several starts over the logarithms of the parameters, with the analytic gradient. `alpha` and the log-likelihood are
 * in the unit of time of the histories; the order of customers plays no part. Customers with the same history may come
 * as one with a `count`.
 *
 * Throws StatisticsError for a history that cannot be (named by its place), no customers (`empty`), a single one
 * (`too_few`), or none who ever bought again (`no_variation`: then the rate of purchase is as small as one likes, and
 * nothing can be said of dropping out). Data that leave a parameter open are answered with a verdict, not an error.
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

  const unit = sumOf(groups, (index) => groups.age[index]!) / number;
  requireNumber('customers.age', unit, { above: 0 });
  const likelihood = negativeLogLikelihood({
    ...groups,
    recency: groups.recency.map((time) => time / unit),
    age: groups.age.map((time) => time / unit),
  });
  const searches = STARTS.map((start) => minimise(held(likelihood, number), start, { tolerance: TOLERANCE }));
  const best = searches.reduce((least, search) => (search.value < least.value ? search : least));
  const parameters = parametersAt(best, unit);

  const information = hessian((point) => likelihood(point).gradient, best.point);
  const covariance = boundedCovarianceOf(information, FLAT);
  if (covariance === null) {
    throw new StatisticsError('not_converged', 'customers', 'The search ended where the likelihood has no curvature.');
  }
  const purchases = sumOf(groups, (index) => groups.frequency[index]!);
  return {
    parameters,
    estimates: estimatesOf(
      parameters,
      covariance,
      best.point.map((logarithm) => Math.abs(logarithm) > FAR),
    ),
    // Times of repeat purchases are densities, so the unit counts once for each.
    logLikelihood: -likelihood(best.point).value - purchases * Math.log(unit),
    converged: best.converged,
    starts: searches.length,
    startsAgreeing: searches.filter(({ value }) => (value - best.value) * number < SAME).length,
    customers: number,
    repeatCustomers,
  };
}

function parametersAt({ point }: Minimum, unit: number): BgNbdParameters {
  const [r, alpha, a, b] = point.map(Math.exp) as [number, number, number, number];
  return { r, alpha: alpha * unit, a, b };
}

/** Per customer, so that what counts as flat does not depend on their number; and held back far out. */
function held(likelihood: ReturnType<typeof negativeLogLikelihood>, customers: number) {
  return (point: readonly number[]) => {
    const { value, gradient } = likelihood(point);
    const beyond = point.map((logarithm) => Math.sign(logarithm) * Math.max(0, Math.abs(logarithm) - FAR));
    return {
      value: value / customers + HOLD * beyond.reduce((sum, distance) => sum + distance ** 2, 0),
      gradient: gradient.map((slope, index) => slope / customers + 2 * HOLD * beyond[index]!),
    };
  };
}

/** Over all customers. */
function sumOf({ count }: GroupedHistories, term: (index: number) => number): number {
  return count.reduce((sum, weight, index) => sum + weight * term(index), 0);
}
