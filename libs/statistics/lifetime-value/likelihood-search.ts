import { covarianceOf, hessian } from '../numerics/hessian.ts';
import { minimise, type Minimum, type Slope } from '../numerics/minimise.ts';
import { StatisticsError } from '../statistics-error.ts';

/** Where a likelihood is greatest, over the logarithms of the parameters. */
export interface LikelihoodMaximum {
  readonly point: readonly number[];
  readonly logLikelihood: number;
  readonly converged: boolean;
  readonly starts: number;
  readonly startsAgreeing: number;
  /** Of the logarithms; large, but finite, along what the data do not tell. */
  readonly covariance: readonly (readonly number[])[];
  /** By parameter, whether the search followed it towards zero or infinity to where no data can tell the difference. */
  readonly ranAway: readonly boolean[];
}

export interface LikelihoodSearch {
  /** The negative log-likelihood and its gradient by the logarithms of the parameters. */
  readonly objective: (logarithms: readonly number[]) => Slope;
  /** How many the likelihood is of. */
  readonly customers: number;
  readonly starts: readonly (readonly number[])[];
}

/** Beyond e^±15 no data can tell the difference, so there the search is held back. */
const FAR = 15;
const TOLERANCE = 1e-10;
/** Log-likelihoods that differ by less are the same. */
const SAME = 1e-4;
/** How strongly the search is held back, per customer. */
const HOLD = 1e-3;
/** Curvature of the log-likelihood along a direction of which nothing is known. */
const FLAT = 1e-4;

/**
 * Searches for the maximum of a likelihood from several starts. Where it only grows towards zero or infinity, the search
 * ends far out. Throws StatisticsError `not_converged` where it ends without a curvature.
 */
export function maximumLikelihood({ objective, customers, starts }: LikelihoodSearch): LikelihoodMaximum {
  const searches = starts.map((start) => minimise(held(objective, customers), start, { tolerance: TOLERANCE }));
  const least = Math.min(...searches.map(({ value }) => value));
  const agreeing = searches.filter(({ value }) => (value - least) * customers < SAME);
  const { point, converged } = bestOf(agreeing);
  const covariance = covarianceOf(
    hessian((at) => objective(at).gradient, point),
    FLAT,
  );
  if (covariance === null) {
    throw new StatisticsError('not_converged', 'customers', 'The search ended where the likelihood has no curvature.');
  }
  return {
    point,
    logLikelihood: -objective(point).value,
    converged,
    starts: starts.length,
    startsAgreeing: agreeing.length,
    covariance,
    ranAway: point.map((logarithm) => Math.abs(logarithm) > FAR),
  };
}

/** The lowest that converged, or the lowest. */
function bestOf(agreeing: readonly Minimum[]): Minimum {
  const lowest = agreeing.toSorted((one, other) => one.value - other.value);
  return lowest.find(({ converged }) => converged) ?? lowest[0]!;
}

/** Per customer, so that what counts as flat does not depend on their number; and held back far out. */
function held(objective: LikelihoodSearch['objective'], customers: number): LikelihoodSearch['objective'] {
  return (point) => {
    const { value, gradient } = objective(point);
    const beyond = point.map((logarithm) => Math.sign(logarithm) * Math.max(0, Math.abs(logarithm) - FAR));
    return {
      value: value / customers + HOLD * beyond.reduce((sum, distance) => sum + distance ** 2, 0),
      gradient: gradient.map((slope, index) => slope / customers + 2 * HOLD * beyond[index]!),
    };
  };
}
