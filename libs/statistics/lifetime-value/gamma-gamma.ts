import { covarianceOf, errorsOfExponentials, hessian } from '../numerics/hessian.ts';
import { minimise, type Minimum } from '../numerics/minimise.ts';
import { requireSome, StatisticsError } from '../statistics-error.ts';
import { checkIndependence, type Independence } from './gamma-gamma-independence.ts';
import { negativeLogLikelihood, type Buyer } from './gamma-gamma-likelihood.ts';
import { populationMeanValue, requireBuyer, type GammaGammaParameters } from './gamma-gamma-values.ts';

export interface GammaGammaFit extends GammaGammaParameters {
  /** In the unit of the values: other units shift it. */
  readonly logLikelihood: number;
  /** Null where some direction is not identified. */
  readonly standardErrors: GammaGammaParameters | null;
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
const FEWEST = 3;
/** A shape beyond this, or one that is less than twice its standard error, is not told from an infinite or a zero one. */
const HUGE = 1e4;
const AGREEMENT = 1e-9;

/**
 * Fits the Gamma–Gamma model of spend to what customers paid per purchase, by maximum likelihood (Fader and Hardie 2013,
 * equation 1a): the search is on the logarithms of p, q and v, with the analytic gradient, on values divided by their
 * geometric mean, from several starts; standard errors come from the observed information.
 * @param customers repeat purchases of each (`frequency`, so 0 for a customer who bought once) and the mean value of
 * these (`meanValue`, in any unit of money; 0 where there are none)
 *
 * Customers without a repeat purchase, or whose repeat purchases were worth nothing, are left out and counted. Throws
 * StatisticsError: `empty` without customers; `too_few` with less than three customers to fit to; `no_variation` where all
 * of these have the same mean value; `not_finite`, `not_whole` and `out_of_range` for figures that cannot be meant. A fit
 * that did not converge, or whose parameters the data do not settle, is an answer that says so.
 */
export function fitGammaGamma(customers: readonly Buyer[]): GammaGammaFit {
  requireSome('customers', customers);
  customers.forEach((customer, index) => requireBuyer(`customers[${index}]`, customer));
  const repeating = customers.filter(({ frequency }) => frequency > 0);
  const buyers = repeating.filter(({ meanValue }) => meanValue > 0);
  requireVariation(buyers);

  const scale = geometricMean(buyers);
  const scaled = buyers.map(({ frequency, meanValue }) => ({ frequency, meanValue: meanValue / scale }));
  const objective = (point: readonly number[]): ReturnType<typeof negativeLogLikelihood> =>
    negativeLogLikelihood(scaled, point);
  const found = STARTS.map(([p, q]) => minimise(objective, [p, q, q / p].map(Math.log))).toSorted(byValue);
  const best = bestOf(found);

  const [p, q, scaledV] = best.point.map(Math.exp) as [number, number, number];
  const parameters = { p, q, v: scaledV * scale };
  const covariance = covarianceOf(hessian((point) => objective(point).gradient, best.point));
  const errors = covariance && errorsOfExponentials(Object.values(parameters), covariance);
  const standardErrors = errors && { p: errors[0]!, q: errors[1]!, v: errors[2]! };
  return {
    ...parameters,
    logLikelihood: -best.value - buyers.length * Math.log(scale),
    standardErrors,
    converged: best.converged,
    starts: { tried: found.length, agreeing: found.filter((other) => agrees(other, best)).length },
    identification: identificationOf(parameters, standardErrors),
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

function identificationOf(
  { p, q, v }: GammaGammaParameters,
  errors: GammaGammaParameters | null,
): GammaGammaIdentification {
  const unidentified = new Set<keyof GammaGammaParameters>();
  const verdicts: string[] = [];
  const doubt = (names: readonly (keyof GammaGammaParameters)[], verdict: string): void => {
    names.forEach((name) => unidentified.add(name));
    verdicts.push(verdict);
  };
  if (q > HUGE) {
    doubt(['q', 'v'], 'Customers do not differ in what they pay: q grows without bound, and only v / q is known.');
  }
  if (p > HUGE) {
    doubt(['p', 'v'], 'Purchases of one customer do not differ: p grows without bound, and only p × v is known.');
  }
  if (p < 1 / HUGE) doubt(['p', 'v'], 'Purchases of one customer differ beyond what the model can tell: p goes to 0.');
  if (errors === null && verdicts.length === 0) {
    doubt(['p', 'q', 'v'], 'The likelihood is flat in some direction: the parameters are not settled by these data.');
  }
  const loose = errors === null ? [] : looseOf({ p, q, v }, errors).filter((name) => !unidentified.has(name));
  if (loose.length > 0) {
    doubt(loose, `Too little is known of ${loose.join(', ')}: the standard error is more than half of the parameter.`);
  }
  const identified = unidentified.size === 0;
  if (q <= 1) {
    verdicts.push('q ≤ 1: the model has no mean value of a random customer; only repeat buyers can be given one.');
  }
  return { identified, unidentified: (['p', 'q', 'v'] as const).filter((name) => unidentified.has(name)), verdicts };
}

function looseOf(parameters: GammaGammaParameters, errors: GammaGammaParameters): (keyof GammaGammaParameters)[] {
  return (['p', 'q', 'v'] as const).filter((name) => errors[name] > parameters[name] / 2);
}
