import quantile from '@stdlib/stats-base-dists-normal-quantile';
import { requireNumber, requireSome, requireWhole } from '../statistics-error.ts';
import type { Buyer } from './gamma-gamma-likelihood.ts';

/** Whether what a customer pays has to do with how often one buys; the Gamma–Gamma model takes it for granted that not. */
export interface Independence {
  /** Pearson's correlation of frequency and mean value; null where either is the same for everyone. */
  readonly coefficient: number | null;
  /** 95 % interval of the correlation (Fisher's z); null where there is none, or with less than four buyers. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly buyers: number;
  readonly verdict: 'holds' | 'nearly holds' | 'violated' | 'unclear';
  /** The verdict with its reason, for people. */
  readonly explanation: string;
}

/** From here on a correlation is commonly called moderate (Cohen 1988), and a mean for everyone misleads. */
const MODERATE = 0.3;
const CONFIDENCE = quantile(0.975, 0, 1);

/**
 * Checks the assumption that frequency and mean value are independent, as Fader, Hardie and Lee ("RFM and CLV", 2005)
 * do: by their correlation among the repeat buyers. Its interval comes from Fisher's transformation, whose standard
 * error 1/√(n − 3) is that of normal data; with a few very large values it is too narrow.
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
  const coefficient = correlation(buyers);
  const interval = coefficient === null ? null : intervalOf(coefficient, buyers.length);
  return { coefficient, interval, buyers: buyers.length, ...judged(coefficient, interval) };
}

function correlation(buyers: readonly Buyer[]): number | null {
  const [frequencies, values] = [buyers.map(({ frequency }) => frequency), buyers.map(({ meanValue }) => meanValue)];
  const [x, y] = [standardised(frequencies), standardised(values)];
  if (x === null || y === null) return null;
  const sum = x.reduce((total, part, index) => total + part * y[index]!, 0);
  return Math.max(-1, Math.min(1, sum));
}

/** Distances from the mean, with squares that sum to 1; null where all are the same but for rounding. */
function standardised(values: readonly number[]): number[] | null {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
  if (largest <= 1e-12 * Math.abs(mean)) return null;
  const distances = values.map((value) => (value - mean) / largest);
  const size = Math.sqrt(distances.reduce((sum, distance) => sum + distance ** 2, 0));
  return distances.map((distance) => distance / size);
}

function intervalOf(coefficient: number, count: number): readonly [number, number] | null {
  if (count < 4) return null;
  const half = CONFIDENCE / Math.sqrt(count - 3);
  return [Math.tanh(Math.atanh(coefficient) - half), Math.tanh(Math.atanh(coefficient) + half)];
}

function judged(
  coefficient: number | null,
  interval: readonly [number, number] | null,
): Pick<Independence, 'verdict' | 'explanation'> {
  if (coefficient === null) {
    return {
      verdict: 'unclear',
      explanation: 'Frequency or mean value is the same for everyone, so whether they go together cannot be seen.',
    };
  }
  if (interval === null) return { verdict: 'unclear', explanation: 'Less than four repeat buyers tell nothing of it.' };
  const [low, high] = interval;
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
