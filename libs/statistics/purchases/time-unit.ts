import { StatisticsError } from '../statistics-error.ts';

/** The unit that a model counts time in. */
export type TimeUnit = 'days' | 'weeks' | 'months';

/**
 * Days of each unit, all of constant length, as rates per unit must mean the same all year. A month is 4.345 weeks: the
 * length that lifetime values are discounted by.
 */
export const daysIn: Readonly<Record<TimeUnit, number>> = { days: 1, weeks: 7, months: 30.415 };

/** Days of a unit. Throws `StatisticsError` `unknown` for a unit that is none. */
export function daysOfUnit(unit: TimeUnit): number {
  if (Object.hasOwn(daysIn, unit)) return daysIn[unit];
  throw new StatisticsError('unknown', 'unit', `unit must be days, weeks or months, not ${unit}.`);
}
