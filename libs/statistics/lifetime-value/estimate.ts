/**
 * How much the data say of a figure: `identified`; `weak`, where the 95 % interval spans more than a factor of 4 either
 * way; `not-identified`, where it spans more than a factor of 50 either way, so that the estimate only tells where the
 * search stopped.
 */
export type Identification = 'identified' | 'weak' | 'not-identified';

export interface Estimate {
  readonly value: number;
  /** By the delta method, in the unit of the value; null where the value is not identified. */
  readonly standardError: number | null;
  readonly identification: Identification;
  /** A sentence for people. */
  readonly verdict: string;
}

/** What a fit by maximum likelihood answers, of either model. */
export interface ModelFit<Parameters extends object> {
  /** For the functions that take them. How much each is worth stands in `estimates`. */
  readonly parameters: Parameters;
  /** Each parameter with standard error and verdict. */
  readonly estimates: Readonly<Record<keyof Parameters, Estimate>>;
  /** In the units of the data: other units shift it. */
  readonly logLikelihood: number;
  /** Whether the best search ended where the gradient vanishes. If not, take the figures for a guess. */
  readonly converged: boolean;
  /** Searches made from different places, and how many ended at the same likelihood as the best. */
  readonly starts: number;
  readonly startsAgreeing: number;
}

/** Standard errors of logarithms: 1.96 times them is a factor of 4, and of 50, either way. */
const WEAK = Math.log(4) / 1.96;
const UNKNOWN = Math.log(50) / 1.96;

/** Whether a positive figure is identified, or at least weakly so, by the standard error of its logarithm. */
export function isKnown(errorOfLogarithm: number): boolean {
  return errorOfLogarithm <= UNKNOWN;
}

/** Standard error of a sum of estimates, each taken so many times as `direction` says (delta method). */
export function errorAlong(direction: readonly number[], covariance: readonly (readonly number[])[]): number {
  const variance = direction.reduce(
    (sum, of, i) => sum + of * direction.reduce((all, by, j) => all + by * covariance[i]![j]!, 0),
    0,
  );
  return Math.sqrt(variance);
}

/**
 * A positive figure with what the data say of it.
 * @param errorOfLogarithm standard error of the figure's logarithm; infinite where the search followed it without end
 * @param otherwise why it is not identified, if so: the end of a sentence
 */
export function estimate(name: string, value: number, errorOfLogarithm: number, otherwise: string): Estimate {
  if (!isKnown(errorOfLogarithm)) {
    const verdict = `${name} is not identified: ${otherwise}.`;
    return { value, standardError: null, identification: 'not-identified', verdict };
  }
  const weak = errorOfLogarithm > WEAK;
  return {
    value,
    standardError: value * errorOfLogarithm,
    identification: weak ? 'weak' : 'identified',
    verdict: weak ? `${name} is known to its order of magnitude at best.` : `${name} is identified.`,
  };
}
