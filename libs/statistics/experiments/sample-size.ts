import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { twoSidedQuantile } from '../forecasting/wilson-interval.ts';
import { StatisticsError, requireNumber, requireWhole } from '../statistics-error.ts';

/** Two true rates, between 0 and 1, that a test is to tell apart. */
export interface Rates {
  readonly control: number;
  readonly variant: number;
}

export interface Sizes {
  readonly control: number;
  readonly variant: number;
}

export interface SampleSizeSettings {
  /** 1 − the chance to see a difference where there is none; 0.95 where left out. */
  readonly level?: number;
  /** The chance to see the difference where it is there; 0.8 where left out. */
  readonly power?: number;
  /** The variant's subjects for each of the control's; 1 where left out. */
  readonly ratio?: number;
}

/**
 * The chance that the two-sided z test shows a difference, where the true rates are these and each arm has so many
 * subjects. Throws `StatisticsError` for rates not between 0 and 1 or arms without subjects.
 *
 * Source: Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, 3rd ed., §4.2, both tails counted.
 */
export function power(rates: Rates, subjects: Sizes, level = 0.95): number {
  requireRates(rates);
  requireWhole('subjects.control', subjects.control, { atLeast: 1 });
  requireWhole('subjects.variant', subjects.variant, { atLeast: 1 });
  const { control, variant } = subjects;
  const pooled = (rates.control * control + rates.variant * variant) / (control + variant);
  const threshold = twoSidedQuantile(level) * Math.sqrt(pooled * (1 - pooled) * (1 / control + 1 / variant));
  const deviation = Math.sqrt(spread(rates.control) / control + spread(rates.variant) / variant);
  const difference = Math.abs(rates.variant - rates.control);
  const seen = (toward: number) => normalCdf((toward * difference - threshold) / deviation, 0, 1);
  return Math.min(1, seen(1) + seen(-1));
}

/**
 * The least numbers of subjects with which the two-sided z test tells the rates apart with the power asked for.
 *
 * Throws `StatisticsError`: `out_of_range` for rates, level, power or ratio that cannot be, `no_variation` for equal
 * rates, `too_many` where it takes more subjects than a number can count.
 *
 * Source: Fleiss, Levin and Paik 2003, equation 4.14 (4.19 with a ratio), without continuity correction; from there to
 * the least whole subjects that reach `power`, which counts the other tail, too.
 */
export function sampleSize(rates: Rates, settings: SampleSizeSettings = {}): Sizes {
  const { level = 0.95, power: target = 0.8, ratio = 1 } = settings;
  requireRates(rates);
  requireNumber('power', target, { above: 0, below: 1 });
  requireNumber('ratio', ratio, { atLeast: 0.001, atMost: 1000 });
  const difference = rates.variant - rates.control;
  if (difference === 0) throw new StatisticsError('no_variation', 'rates', 'rates must differ, or none can be shown.');
  const pooled = (rates.control + ratio * rates.variant) / (1 + ratio);
  const underNone = twoSidedQuantile(level) * Math.sqrt((1 + ratio) * spread(pooled));
  const underTrue = normalQuantile(target, 0, 1) * Math.sqrt(ratio * spread(rates.control) + spread(rates.variant));
  const needed = Math.max(0, underNone + underTrue) ** 2 / (ratio * difference ** 2);
  if (!(needed * Math.max(1, ratio) < Number.MAX_SAFE_INTEGER / 2))
    throw new StatisticsError('too_many', 'rates', 'rates must differ by more: it takes too many subjects to count.');
  let control = Math.max(1, Math.ceil(needed * (1 - 1e-12)));
  const suffices = (subjects: number) => power(rates, sizes(subjects, ratio), level) >= target;
  while (!suffices(control)) control += Math.max(1, Math.floor(control * 1e-12));
  for (let tooFew = 0; control - tooFew > 1;) {
    const middle = Math.floor((tooFew + control) / 2);
    if (suffices(middle)) control = middle;
    else tooFew = middle;
  }
  return sizes(control, ratio);
}

function sizes(control: number, ratio: number): Sizes {
  return { control, variant: Math.max(1, Math.ceil(control * ratio * (1 - 1e-12))) };
}

/** Below, variances vanish. */
const SMALLEST_RATE = 1e-100;

function requireRates({ control, variant }: Rates): void {
  requireNumber('rates.control', control, { atLeast: SMALLEST_RATE, below: 1 });
  requireNumber('rates.variant', variant, { atLeast: SMALLEST_RATE, below: 1 });
}

function spread(rate: number): number {
  return rate * (1 - rate);
}
