import { StatisticsError, requireNumber, requireSome } from '../statistics-error.ts';
import { requireTimes } from './journey.ts';

/** How much each touch of one journey counts. */
export type TouchRule =
  | { readonly rule: 'first' }
  | { readonly rule: 'last' }
  /** The last touch by a channel that is not direct; the last one where all are. */
  | { readonly rule: 'lastNonDirect'; readonly direct: readonly string[] }
  | { readonly rule: 'linear' }
  /** Shares of the first and of the last touch; those between have the rest in equal parts. */
  | { readonly rule: 'position'; readonly first: number; readonly last: number }
  /** A touch that many steps before the last counts half as much as the last. */
  | { readonly rule: 'stepDecay'; readonly halfLifeSteps: number }
  /** A touch that many days before the last counts half as much as the last. */
  | { readonly rule: 'timeDecay'; readonly halfLifeDays: number };

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * The shares of a journey's touches by a rule; they add up to 1. `channels` with the earliest first, `times` in
 * milliseconds since 1970 UTC, of which only decay by time makes use. With two touches, position gives the first and the
 * last one their shares of what both have: 50/50 for 40/20/40. Decay does not depend on when the conversion came: a later
 * one halves all touches alike. Throws a `StatisticsError`: `empty` without channels, or without times where they are
 * asked for; `unequal_lengths`, `not_finite` and
 * `not_sorted` for times; `out_of_range` for shares that are negative or more than the whole, and for a half-life that is not positive.
 */
export function touchWeights(rule: TouchRule, channels: readonly string[], times?: readonly number[]): number[] {
  requireSome('channels', channels);
  const last = channels.length - 1;
  switch (rule.rule) {
    case 'first':
      return channels.map((_, index) => (index === 0 ? 1 : 0));
    case 'last':
      return channels.map((_, index) => (index === last ? 1 : 0));
    case 'lastNonDirect': {
      const chosen = channels.findLastIndex((channel) => !rule.direct.includes(channel));
      return channels.map((_, index) => (index === (chosen < 0 ? last : chosen) ? 1 : 0));
    }
    case 'linear':
      return channels.map(() => 1 / channels.length);
    case 'position':
      return positionWeights(channels.length, rule);
    case 'stepDecay':
      return decayed(
        channels.map((_, index) => last - index),
        halfLife('halfLifeSteps', rule.halfLifeSteps),
      );
    case 'timeDecay':
      if (!times) throw new StatisticsError('empty', 'times', 'times are needed for decay by time.');
      requireTimes('times', times, channels.length);
      return decayed(
        times.map((time) => (times[last]! - time) / MILLISECONDS_PER_DAY),
        halfLife('halfLifeDays', rule.halfLifeDays),
      );
  }
}

function positionWeights(touches: number, { first, last }: { readonly first: number; readonly last: number }) {
  requireNumber('position.first', first, { atLeast: 0, atMost: 1 });
  requireNumber('position.last', last, { atLeast: 0, atMost: 1 });
  // Shares such as 0.9 and 0.1 may add up to a little more than 1.
  const rest = Math.max(0, 1 - requireNumber('position', first + last, { atMost: 1 + 1e-12 }));
  if (touches === 1) return [1];
  if (touches === 2) return first + last === 0 ? [0.5, 0.5] : [first / (first + last), last / (first + last)];
  const between = Array.from({ length: touches - 2 }, () => rest / (touches - 2));
  return [first, ...between, last];
}

function halfLife(field: string, value: number): number {
  return requireNumber(field, value, { above: 0 });
}

function decayed(ages: readonly number[], half: number): number[] {
  const weights = ages.map((age) => 2 ** (-age / half));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
