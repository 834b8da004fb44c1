import type { BgNbdParameters } from './bg-nbd.ts';
import { errorAlong, estimate, isKnown, type Estimate } from './estimate.ts';

export interface BgNbdEstimates extends Readonly<Record<keyof BgNbdParameters, Estimate>> {
  /** r ÷ alpha: mean purchases per unit of time while alive. Often identified where r and alpha are not. */
  readonly purchaseRate: Estimate;
  /** a ÷ (a + b): mean chance to drop out after a repeat purchase. Often identified where a and b are not. */
  readonly dropout: Estimate;
}

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
  const rateError = errorAlong([1, -1, 0, 0], covariance);
  const dropout = a / (a + b);
  // The odds of dropping out have a logarithm that is linear in those of a and b.
  const oddsError = errorAlong([0, 0, 1, -1], covariance);
  const dropoutKnown = isKnown(oddsError);
  const ofRates = isKnown(rateError) ? 'only their ratio, the purchase rate r/alpha, is known' : 'nor is their ratio';
  const unknown = unknownDropout(dropout);
  const ofDropout = dropoutKnown ? 'only the mean chance of dropping out, a/(a + b), is known' : unknown;
  const alone = (index: number): number => (ranAway[index] ? Infinity : Math.sqrt(covariance[index]![index]!));
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
