import { daysIn, type TimeUnit } from '../purchases/time-unit.ts';
import { requireNumber, requireWhole } from '../statistics-error.ts';

/** Over what time and at what price a customer's future is valued. */
export interface LifetimeValueTerms {
  /** How far ahead, in whole months. */
  readonly months: number;
  /** The unit of time of the expected purchases; a month is 4.345 weeks or 30.415 days. */
  readonly unit: TimeUnit;
  /** Discount for each month, as a decimal: 0.01 is one percent a month. */
  readonly monthlyDiscount: number;
  /** Margin as a share of what is paid, from 0 to 1. */
  readonly marginRate: number;
}

/** What a customer is expected to bring; values in the unit of the mean value. */
export interface LifetimeValue {
  /** Purchases expected over the whole horizon. */
  readonly expectedPurchases: number;
  /** Margin of these, each month's discounted to today. */
  readonly value: number;
  /** The same margin without a discount. */
  readonly undiscounted: number;
}

/** The discount of a month whose compound over twelve is a yearly one: 0.12 a year is some 0.0095 a month. */
export function monthlyDiscountOfYearly(yearly: number): number {
  requireNumber('yearly', yearly, { atLeast: 0, atMost: 1e6 });
  return Math.expm1(Math.log1p(yearly) / 12);
}

/**
 * What a customer is expected to bring over a number of months: for each month, expected purchases × mean value × margin
 * rate, discounted from the month's end, when its money is taken to arrive: Σ value of month m / (1 + d)^m, m = 1 … months.
 * (Fader, Hardie and Lee, "RFM and CLV" 2005, equation 4, in months instead of continuous time.)
 * @param expectedPurchases how many purchases are expected within so many units of time from now; it never falls
 * @param meanValue what one of them is worth, in any unit of money
 *
 * Throws StatisticsError for terms or a mean value that are negative or not finite.
 */
export function lifetimeValue(
  expectedPurchases: (units: number) => number,
  meanValue: number,
  terms: LifetimeValueTerms,
): LifetimeValue {
  const { months, unit, monthlyDiscount, marginRate } = requireTerms(terms);
  requireNumber('meanValue', meanValue, { atLeast: 0 });
  const unitsPerMonth = daysIn.months / daysIn[unit];
  let [before, discounted] = [0, 0];
  for (let month = 1; month <= months; month += 1) {
    const until = requireNumber('expectedPurchases', expectedPurchases(month * unitsPerMonth), { atLeast: 0 });
    discounted += (until - before) / (1 + monthlyDiscount) ** month;
    before = until;
  }
  return {
    expectedPurchases: before,
    // Rounding in the sums must not make a discount of nothing, or of almost nothing, a gain.
    value: requireNumber('value', Math.min(discounted, before) * meanValue * marginRate),
    undiscounted: requireNumber('undiscounted', before * meanValue * marginRate),
  };
}

/** The terms themselves, where they can be meant; throws StatisticsError. */
export function requireTerms(terms: LifetimeValueTerms): LifetimeValueTerms {
  requireWhole('months', terms.months, { atLeast: 1, atMost: 1_200 });
  requireNumber('monthlyDiscount', terms.monthlyDiscount, { atLeast: 0, atMost: 1e6 });
  requireNumber('marginRate', terms.marginRate, { atLeast: 0, atMost: 1 });
  return terms;
}
