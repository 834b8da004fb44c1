import { requireSome, StatisticsError } from '../statistics-error.ts';
import { estimate, type ModelFit } from './estimate.ts';
import { checkIndependence, type Independence } from './gamma-gamma-independence.ts';
import { negativeLogLikelihood, type Buyer } from './gamma-gamma-likelihood.ts';
import {
  populationMeanValue,
  requireSpending,
  type GammaGammaParameters,
  type Spending,
} from './gamma-gamma-values.ts';
import { maximumLikelihood, type LikelihoodMaximum } from './likelihood-search.ts';

export interface GammaGammaFit extends ModelFit<GammaGammaParameters> {
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

/** p and q to begin with, from alike to spread customers; v follows from a mean of about one. */
const STARTS = [
  [6, 4],
  [1, 2],
  [0.3, 10],
  [30, 3],
  [10, 100],
].map(([p, q]) => [p!, q!, q! / p!].map(Math.log));
const FEWEST = 3;
/** A shape beyond this is not told from one without bound. */
const HUGE = 1e4;

/**
 * Fits the Gamma–Gamma model of spend to what customers paid per purchase, by maximum likelihood (Fader and Hardie 2013,
 * equation 1a): the search is on the logarithms of p, q and v, with the analytic gradient, on values divided by their
 * geometric mean, from several starts; standard errors come from the observed information.
 * @param customers repeat purchases of each, and the mean value of these in any unit of money
 *
 * Customers without a repeat purchase, or whose repeat purchases were worth nothing, are left out and counted. Throws
 * StatisticsError: `empty` without customers; `too_few` with less than three customers to fit to; `no_variation` where all
 * of these have the same mean value; `not_finite`, `not_whole` and `out_of_range` for figures that cannot be meant. Data
 * that leave a parameter open are answered with a verdict, not an error.
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
  const { point, logLikelihood, covariance, ranAway, ...search } = maximumLikelihood({
    objective: negativeLogLikelihood(
      buyers.map(({ frequency, meanValue }) => ({ frequency, meanValue: meanValue / scale })),
    ),
    customers: buyers.length,
    starts: STARTS,
  });
  const [p, q, v] = point.map(Math.exp) as [number, number, number];
  const parameters = { p, q, v: v * scale };
  return {
    parameters,
    estimates: estimatesOf(parameters, covariance, ranAway),
    // Mean values are densities, so the scale counts once for each.
    logLikelihood: logLikelihood - buyers.length * Math.log(scale),
    ...search,
    populationMeanValue: populationMeanValue(parameters),
    customers: {
      fitted: buyers.length,
      oneTime: customers.length - repeating.length,
      withoutValue: repeating.length - buyers.length,
    },
    independence: checkIndependence(buyers),
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

function estimatesOf(
  { p, q, v }: GammaGammaParameters,
  covariance: LikelihoodMaximum['covariance'],
  [pRanAway, qRanAway, vRanAway]: readonly boolean[],
): GammaGammaFit['estimates'] {
  const why = reasonOf(p, q);
  const error = (index: number, without: boolean | undefined): number =>
    without ? Infinity : Math.sqrt(covariance[index]![index]!);
  return {
    p: estimate('p', p, error(0, pRanAway), why),
    q: estimate('q', q, error(1, qRanAway), why),
    v: estimate('v', v, error(2, pRanAway || qRanAway || vRanAway), why),
  };
}

/** Why a parameter can be open. */
function reasonOf(p: number, q: number): string {
  if (q > HUGE) return 'customers do not differ in what they pay, and only v/q is known';
  if (p > HUGE) return 'purchases of one customer do not differ, and only p × v is known';
  if (p < 1 / HUGE) return 'purchases of one customer differ beyond what the model can tell';
  return 'the data say too little of what customers pay';
}
