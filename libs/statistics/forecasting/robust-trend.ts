import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { quantileOfValues } from '../quantiles.ts';
import { StatisticsError, requireNumber } from '../statistics-error.ts';
import { requirePairs, requireVariation, tiesOf } from './series.ts';
import { twoSidedQuantile, type Interval } from './wilson-interval.ts';

/** The slopes of all pairs are kept: 2,000 points have 2 million. */
const MOST_POINTS = 2000;

export interface RobustTrend {
  /** The value's change for one unit of time: the median of the slopes of all pairs. */
  readonly slope: number;
  /** Of the slope; null where the points are too few for any interval of this level. */
  readonly interval: Interval | null;
  readonly level: number;
  /** Of the line through the medians: median value − slope × median time. */
  readonly intercept: number;
  /** Pairs that rise less pairs that fall. */
  readonly mannKendallS: number;
  /** Two-sided: the chance of so clear a trend, either way, if there were none. */
  readonly pValue: number;
  readonly points: number;
}

/**
 * The trend of values over times, which a few wild values do not sway. Values and times may come in any order, with
 * ties. The p-value takes the values to be independent of each other; a season or an echo of the value before makes it
 * too small. It is approximate below 10 points.
 *
 * Throws `StatisticsError` for less than 3 points or (`too_many`) more than 2,000, lengths that differ, values that are
 * not finite numbers up to 10¹⁵⁰, or (`no_variation`) where all times are the same.
 *
 * Source: Theil 1950; Sen 1968, JASA 63(324), 1379–1389, section 4 for the interval, its ranks rounded as scipy does; Mann
 * 1945; Kendall 1975, Rank Correlation Methods, for the variance with ties in both and the continuity correction.
 */
export function robustTrend(times: readonly number[], values: readonly number[], level = 0.95): RobustTrend {
  if (times.length > MOST_POINTS)
    throw new StatisticsError('too_many', 'times', `times must be at most ${MOST_POINTS}, not ${times.length}.`);
  requirePairs(['times', times], ['values', values], 3);
  requireVariation('times', times);
  const { slopes, mannKendallS } = pairsOf(times, values);
  const deviation = Math.sqrt(varianceOfS(times.length, tiesOf(times), tiesOf(values)));
  const slope = quantileOfValues(slopes, 0.5);
  const reach = twoSidedQuantile(level) * deviation;
  const z = mannKendallS === 0 ? 0 : (Math.abs(mannKendallS) - 1) / deviation;
  return {
    slope,
    interval: senInterval(slopes, reach),
    level,
    intercept: requireNumber('values', quantileOfValues(values, 0.5) - slope * quantileOfValues(times, 0.5)),
    mannKendallS,
    pValue: Math.min(1, 2 * normalCdf(-z, 0, 1)),
    points: times.length,
  };
}

/** The slopes of all pairs that are apart in time, from the smallest. */
function pairsOf(times: readonly number[], values: readonly number[]) {
  const all = new Float64Array((times.length * (times.length - 1)) / 2);
  let [count, mannKendallS] = [0, 0];
  for (let later = 1; later < times.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      const time = times[later]! - times[earlier]!;
      if (time === 0) continue;
      const rise = values[later]! - values[earlier]!;
      // A zero has no sign, or the order of the points would show in it.
      all[count++] = rise / time + 0;
      mannKendallS += Math.sign(rise) * Math.sign(time);
    }
  }
  const slopes = all.subarray(0, count).toSorted();
  requireNumber('values', slopes[0]!);
  requireNumber('values', slopes[count - 1]!);
  return { slopes, mannKendallS };
}

function senInterval(slopes: Float64Array, reach: number): Interval | null {
  const lower = Math.round((slopes.length - reach) / 2);
  return lower < 1 ? null : { lower: slopes[lower - 1]!, upper: slopes[slopes.length - lower]! };
}

function varianceOfS(points: number, timeTies: readonly number[], valueTies: readonly number[]): number {
  const sum = (ties: readonly number[], term: (tie: number) => number) =>
    ties.reduce((total, tie) => total + term(tie), 0);
  const spread = (tie: number) => tie * (tie - 1) * (2 * tie + 5);
  const pairs = (tie: number) => tie * (tie - 1);
  const triples = (tie: number) => tie * (tie - 1) * (tie - 2);
  const variance =
    (spread(points) - sum(timeTies, spread) - sum(valueTies, spread)) / 18 +
    (sum(timeTies, pairs) * sum(valueTies, pairs)) / (2 * pairs(points)) +
    (sum(timeTies, triples) * sum(valueTies, triples)) / (9 * triples(points));
  // Where all values are the same it is 0, and rounding may leave it below.
  return Math.max(0, variance);
}
