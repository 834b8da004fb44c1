import type { BgNbdParameters } from './bg-nbd.ts';

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

export interface BgNbdEstimates {
  readonly r: Estimate;
  readonly alpha: Estimate;
  readonly a: Estimate;
  readonly b: Estimate;
  /** r ÷ alpha: mean purchases per unit of time while alive. Often identified where r and alpha are not. */
  readonly purchaseRate: Estimate;
  /** a ÷ (a + b): mean chance to drop out after a repeat purchase. Often identified where a and b are not. */
  readonly dropout: Estimate;
}

/** Standard errors of logarithms: 1.96 times them is a factor of 4, and of 50, either way. */
const WEAK = Math.log(4) / 1.96;
const UNKNOWN = Math.log(50) / 1.96;

/**
 * The estimates with what the data say of each.
 * @param covariance of the logarithms of r, alpha, a, b; large, but finite, along what is not identified
 * @param ranAway by parameter, whether the search followed it towards zero or infinity without end
 */
export function estimatesOf(
  { r, alpha, a, b }: BgNbdParameters,
  covariance: readonly (readonly number[])[],
  ranAway: readonly boolean[],
): BgNbdEstimates {
  const errorOf = (...direction: readonly number[]): number =>
    Math.sqrt(
      direction.reduce(
        (sum, of, i) => sum + of * direction.reduce((all, by, j) => all + by * covariance[i]![j]!, 0),
        0,
      ),
    );
  const rateError = errorOf(1, -1, 0, 0);
  const dropout = a / (a + b);
  // The odds of dropping out have a logarithm that is linear in those of a and b.
  const oddsError = errorOf(0, 0, 1, -1);
  const rateKnown = rateError <= UNKNOWN;
  const dropoutKnown = oddsError <= UNKNOWN;
  const ofRates = rateKnown ? 'only their ratio, the purchase rate r/alpha, is known' : 'nor is their ratio';
  const unknown = unknownDropout(dropout);
  const ofDropout = dropoutKnown ? 'only the mean chance of dropping out, a/(a + b), is known' : unknown;
  const alone = (index: number): number =>
    ranAway[index] ? Infinity : errorOf(...covariance.map((_, other) => (other === index ? 1 : 0)));
  return {
    r: estimate('r', r, alone(0), ofRates),
    alpha: estimate('alpha', alpha, alone(1), ofRates),
    a: estimate('a', a, alone(2), ofDropout),
    b: estimate('b', b, alone(3), ofDropout),
    purchaseRate: estimate('r/alpha', r / alpha, rateError, 'the data say too little of purchases'),
    dropout: {
      ...estimate('a/(a + b)', dropout, oddsError, unknown),
      ...(dropoutKnown ? { standardError: dropout * (b / (a + b)) * oddsError } : {}),
    },
  };
}

function unknownDropout(dropout: number): string {
  if (dropout < 0.01) return 'hardly anybody seems to drop out';
  if (dropout > 0.99) return 'nearly everybody seems to drop out after the first repeat purchase';
  return 'the data say too little of dropping out';
}

function estimate(name: string, value: number, errorOfLogarithm: number, otherwise: string): Estimate {
  if (errorOfLogarithm > UNKNOWN) {
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
