import { covarianceOf, errorsOfExponentials, hessian } from '../numerics/hessian.ts';
import { minimise, type Minimum, type Slope } from '../numerics/minimise.ts';
import { requireSome, StatisticsError } from '../statistics-error.ts';
import { checkIndependence, type Independence } from './gamma-gamma-independence.ts';
import { negativeLogLikelihood, type Buyer } from './gamma-gamma-likelihood.ts';
import {
  populationMeanValue,
  requireSpending,
  type GammaGammaParameters,
  type Spending,
} from './gamma-gamma-values.ts';

export interface GammaGammaFit extends GammaGammaParameters {
  /** In the unit of the values: other units shift it. */
  readonly logLikelihood: number;
  /** Null for a parameter that the data do not settle at all, as it grows or falls without bound. */
  readonly standardErrors: Readonly<Record<keyof GammaGammaParameters, number | null>>;
  readonly converged: boolean;
  /** Searches that were begun, and how many of them came to this maximum. */
  readonly starts: { readonly tried: number; readonly agreeing: number };
  readonly identification: GammaGammaIdentification;
  /** What one purchase of a random customer is worth; null where the model has no such mean, as q ≤ 1. */
  readonly populationMeanValue: number | null;
  readonly customers: {
    readonly fitted: number;
    /** Left out as they have not bought again. */
    readonly oneTime: number;
    /** Left out as their repeat purchases were worth nothing, which the model cannot explain. */
    readonly withoutValue: number;
  };
  readonly independence: Independence;
}

export interface GammaGammaIdentification {
  readonly identified: boolean;
  /** The parameters that the data do not settle. */
  readonly unidentified: readonly (keyof GammaGammaParameters)[];
  /** What is wrong, for people; without an entry all is well. */
  readonly verdicts: readonly string[];
}

/** Values of p and q to begin with, from alike to spread customers; v follows from a mean of about one. */
const STARTS = [
  [6, 4],
  [1, 2],
  [0.3, 10],
  [30, 3],
  [10, 100],
] as const;
const NAMES = ['p', 'q', 'v'] as const;
const FEWEST = 3;
/** A shape beyond this is not told from one without bound. */
const HUGE = 1e4;
/** Of the logarithms of p and q. */
const FENCE = 12;
const AGREEMENT = 1e-9;

/**
 * Fits the Gamma–Gamma model of spend to what customers paid per purchase, by maximum likelihood (Fader and Hardie 2013,
 * equation 1a): the search is on the logarithms of p, q and v, with the analytic gradient, on values divided by their
 * geometric mean, from several starts; standard errors come from the observed information.
 * @param customers repeat purchases of each, and the mean value of these in any unit of money
 *
 * Customers without a repeat purchase, or whose repeat purchases were worth nothing, are left out and counted. Throws
 * StatisticsError: `empty` without customers; `too_few` with less than three customers to fit to; `no_variation` where all
 * of these have the same mean value; `not_finite`, `not_whole` and `out_of_range` for figures that cannot be meant. A fit
 * that did not converge, or whose parameters the data do not settle, is an answer that says so.
 */
export function fitGammaGamma(customers: readonly Spending[]): GammaGammaFit {
  requireSome('customers', customers);
  customers.forEach((customer, index) => requireSpending(`customers[${index}]`, customer));
  const repeating = customers.flatMap(({ frequency, meanValue }) =>
    frequency > 0 && meanValue !== null ? [{ frequency, meanValue }] : [],
  );
  const buyers = repeating.filter(({ meanValue }) => meanValue > 0);
  requireVariation(buyers);

  const scale = geometricMean(buyers);
  const scaled = buyers.map(({ frequency, meanValue }) => ({ frequency, meanValue: meanValue / scale }));
  const objective = fenced(scaled);
  const found = STARTS.map(([p, q]) => minimise(objective, [p, q, q / p].map(Math.log))).toSorted(byValue);
  const best = bestOf(found);

  const [p, q, scaledV] = best.point.map(Math.exp) as [number, number, number];
  const parameters = { p, q, v: scaledV * scale };
  const covariance = covarianceOf(hessian((point) => negativeLogLikelihood(scaled, point).gradient, best.point));
  const errors = covariance && errorsOfExponentials([p, q, parameters.v], covariance);
  return {
    ...parameters,
    logLikelihood: -negativeLogLikelihood(scaled, best.point).value - buyers.length * Math.log(scale),
    ...settledBy(parameters, errors && { p: errors[0]!, q: errors[1]!, v: errors[2]! }),
    converged: best.converged,
    starts: { tried: found.length, agreeing: found.filter((other) => agrees(other, best)).length },
    populationMeanValue: populationMeanValue(parameters),
    customers: {
      fitted: buyers.length,
      oneTime: customers.length - repeating.length,
      withoutValue: repeating.length - buyers.length,
    },
    independence: checkIndependence(buyers),
  };
}

/**
 * The mean over the buyers, so that what counts as flat does not depend on their number, with a fence that rises behind
 * the largest and the smallest p and q worth telling apart: where the likelihood goes on rising without bound in the
 * direction of one of the model's limits, the search comes to an end there.
 */
function fenced(buyers: readonly Buyer[]): (point: readonly number[]) => Slope {
  return (point) => {
    const { value, gradient } = negativeLogLikelihood(buyers, point);
    const beyond = point.map((logarithm, index) =>
      index < 2 ? Math.sign(logarithm) * Math.max(0, Math.abs(logarithm) - FENCE) : 0,
    );
    return {
      value: beyond.reduce((sum, part) => sum + part ** 2, value / buyers.length),
      gradient: gradient.map((slope, index) => slope / buyers.length + 2 * beyond[index]!),
    };
  };
}

function requireVariation(buyers: readonly Buyer[]): void {
  if (buyers.length < FEWEST) {
    throw new StatisticsError(
      'too_few',
      'customers',
      `customers must have at least ${FEWEST} with repeat purchases worth more than nothing, not ${buyers.length}.`,
    );
  }
  const { meanValue: first } = buyers[0]!;
  if (buyers.every(({ meanValue }) => Math.abs(meanValue - first) <= 1e-9 * first)) {
    throw new StatisticsError(
      'no_variation',
      'customers',
      `customers with repeat purchases all have a mean value of ${first}: there is no spread to learn from.`,
    );
  }
}

function geometricMean(buyers: readonly Buyer[]): number {
  return Math.exp(buyers.reduce((sum, { meanValue }) => sum + Math.log(meanValue), 0) / buyers.length);
}

function byValue(left: Minimum, right: Minimum): number {
  return left.value - right.value;
}

/** The lowest minimum; of those that agree with it, one that converged. */
function bestOf(sorted: readonly Minimum[]): Minimum {
  const lowest = sorted[0]!;
  return sorted.find((found) => found.converged && agrees(found, lowest)) ?? lowest;
}

function agrees({ value }: Minimum, best: Minimum): boolean {
  return Math.abs(value - best.value) <= AGREEMENT * Math.max(1, Math.abs(best.value));
}

function settledBy(
  parameters: GammaGammaParameters,
  errors: GammaGammaParameters | null,
): Pick<GammaGammaFit, 'standardErrors' | 'identification'> {
  const { p, q } = parameters;
  const open = new Map<keyof GammaGammaParameters, 'unbounded' | 'loose'>();
  const verdicts: string[] = [];
  const unbounded = (other: 'p' | 'q', verdict: string): void => {
    open.set(other, 'unbounded').set('v', 'unbounded');
    verdicts.push(verdict);
  };
  if (q > HUGE) unbounded('q', 'Customers do not differ in what they pay: q has no bound, and only v / q is known.');
  if (p > HUGE) unbounded('p', 'Purchases of one customer do not differ: p has no bound, and only p × v is known.');
  if (p < 1 / HUGE) unbounded('p', 'Purchases of one customer differ beyond what the model can tell: p goes to 0.');
  if (errors === null && verdicts.length === 0) {
    NAMES.forEach((name) => open.set(name, 'unbounded'));
    verdicts.push('The likelihood is flat in some direction: the parameters are not settled by these data.');
  }
  const loose = NAMES.filter((name) => !open.has(name) && errors !== null && errors[name] > parameters[name] / 2);
  if (loose.length > 0) {
    loose.forEach((name) => open.set(name, 'loose'));
    verdicts.push(`Little is known of ${loose.join(', ')}: the standard error is more than half of the parameter.`);
  }
  if (q <= 1) verdicts.push('q ≤ 1: a random customer has no mean value in this model; only some repeat buyers have.');
  const errorOf = (name: keyof GammaGammaParameters): number | null =>
    errors === null || open.get(name) === 'unbounded' ? null : errors[name];
  return {
    standardErrors: { p: errorOf('p'), q: errorOf('q'), v: errorOf('v') },
    identification: { identified: open.size === 0, unidentified: NAMES.filter((name) => open.has(name)), verdicts },
  };
}
