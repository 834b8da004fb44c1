import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { requireNumber, requireWhole } from '../statistics-error.ts';

/** The two ends of an interval, both included. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The interval for a proportion behind `successes` out of `trials`; it contains their ratio and lies within 0 and 1. It
 * keeps its promise for small counts and for none or all, where the textbook's p ± 1.96 s collapses. `level` is the
 * chance to contain the true proportion, 0.95 where left out. Without continuity correction.
 *
 * Throws `StatisticsError` where there are no trials, more successes than trials, or a level not between 0 and 1.
 *
 * Source: Wilson 1927, JASA 22(158); Newcombe 1998a, Statistics in Medicine 17, 857–872, method 3.
 */
export function wilsonInterval(successes: number, trials: number, level = 0.95): Interval {
  requireWhole('trials', trials, { atLeast: 1 });
  requireWhole('successes', successes, { atLeast: 0, atMost: trials });
  const z = twoSidedQuantile(level);
  const share = successes / trials;
  const center = successes + (z * z) / 2;
  const spread = z * Math.sqrt(successes * (1 - share) + (z * z) / 4);
  const size = trials + z * z;
  // At the ends the limit is exactly 0 or 1, and rounding would leave it beside.
  return {
    lower: successes === 0 ? 0 : Math.min(share, Math.max(0, (center - spread) / size)),
    upper: successes === trials ? 1 : Math.max(share, Math.min(1, (center + spread) / size)),
  };
}

/** How many standard deviations to either side hold the share `level` of a normal distribution: 1.96 for 0.95. */
export function twoSidedQuantile(level: number): number {
  requireNumber('level', level, { above: 0, below: 1 });
  return Math.abs(normalQuantile((1 - level) / 2, 0, 1));
}
