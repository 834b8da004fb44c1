import { wilsonInterval, type Interval } from '../forecasting/wilson-interval.ts';
import { requireArm, type Arm } from './arm.ts';

/** Shares between 0 and 1; the difference between −1 and 1: 0.02 are two percentage points. */
export interface ConversionDifference {
  readonly controlRate: number;
  readonly variantRate: number;
  /** The variant's rate less the control's. */
  readonly difference: number;
  readonly interval: Interval;
  readonly level: number;
}

/**
 * How much more of the variant's subjects converted than of the control's, with an interval that contains the true
 * difference with the chance `level` (0.95 where left out). The interval holds for small counts, too.
 *
 * Throws `StatisticsError` for an arm without subjects or with more conversions than subjects.
 *
 * Source: Newcombe 1998b, Statistics in Medicine 17, 873–890, method 10 (hybrid score, without continuity correction).
 */
export function conversionDifference(control: Arm, variant: Arm, level = 0.95): ConversionDifference {
  const controlRate = requireArm('control', control);
  const variantRate = requireArm('variant', variant);
  const ofControl = wilsonInterval(control.conversions, control.subjects, level);
  const ofVariant = wilsonInterval(variant.conversions, variant.subjects, level);
  const difference = variantRate - controlRate;
  const below = Math.hypot(variantRate - ofVariant.lower, ofControl.upper - controlRate);
  const above = Math.hypot(ofVariant.upper - variantRate, controlRate - ofControl.lower);
  const interval = { lower: Math.max(-1, difference - below), upper: Math.min(1, difference + above) };
  return { controlRate, variantRate, difference, interval, level };
}
