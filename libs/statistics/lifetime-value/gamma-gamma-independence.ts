import type { Correlation } from '../forecasting/correlation.ts';
import { requireNumber, requireSome, requireWhole } from '../statistics-error.ts';
import type { Buyer } from './gamma-gamma-likelihood.ts';
import { possibleCorrelation } from './possible-correlation.ts';

/** Whether what a customer pays has to do with how often one buys; the Gamma–Gamma model takes it for granted that not. */
export interface Independence {
  /** Of frequency and mean value; null with less than four buyers, or where either is the same for everyone. */
  readonly correlation: Correlation | null;
  readonly verdict: 'holds' | 'nearly holds' | 'violated' | 'unclear';
  /** The verdict with its reason, for people. */
  readonly explanation: string;
}

/** From here on a correlation is commonly called moderate (Cohen 1988), and a mean for everyone misleads. */
const MODERATE = 0.3;

/**
 * Checks the assumption that frequency and mean value are independent, as Fader, Hardie and Lee ("RFM and CLV", 2005)
 * do: by their correlation among the repeat buyers.
 *
 * The verdict is `violated` for a correlation of ±0.3 or more that is not by chance, `nearly holds` for a smaller one
 * that is not by chance, `holds` where the interval has 0 and ends short of ±0.3, else `unclear`.
 */
export function checkIndependence(buyers: readonly Buyer[]): Independence {
  requireSome('buyers', buyers);
  buyers.forEach(({ frequency, meanValue }, index) => {
    requireWhole(`buyers[${index}].frequency`, frequency, { atLeast: 1, atMost: 1e9 });
    requireNumber(`buyers[${index}].meanValue`, meanValue, { atLeast: 0, atMost: 1e15 });
  });
  const correlation = possibleCorrelation(
    buyers.map(({ frequency }) => frequency),
    buyers.map(({ meanValue }) => meanValue),
  );
  return { correlation, ...judged(correlation) };
}

function judged(correlation: Correlation | null): Pick<Independence, 'verdict' | 'explanation'> {
  if (correlation === null) {
    return {
      verdict: 'unclear',
      explanation:
        'Whether frequency and mean value go together cannot be seen: there are less than four repeat buyers, or all are alike in one of the two.',
    };
  }
  const {
    coefficient,
    interval: { lower: low, upper: high },
  } = correlation;
  const found = `The correlation of frequency and mean value is ${rounded(coefficient)} (95 % interval ${rounded(low)} to ${rounded(high)})`;
  const direction = coefficient > 0 ? 'more' : 'less';
  if (low > 0 || high < 0) {
    return Math.abs(coefficient) >= MODERATE
      ? {
          verdict: 'violated',
          explanation: `${found}: frequent buyers pay ${direction} per purchase, which the model does not know. Fit groups of customers apart, or do not use it.`,
        }
      : {
          verdict: 'nearly holds',
          explanation: `${found}: weak, but not by chance. Frequent buyers pay slightly ${direction} per purchase than the model believes.`,
        };
  }
  return Math.max(-low, high) < MODERATE
    ? { verdict: 'holds', explanation: `${found}: none that could be told from chance.` }
    : { verdict: 'unclear', explanation: `${found}: too wide to tell.` };
}

function rounded(coefficient: number): string {
  return String(Math.round(coefficient * 1_000) / 1_000);
}
