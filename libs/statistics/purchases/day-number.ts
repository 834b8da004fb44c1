import { StatisticsError } from '../statistics-error.ts';

const MILLISECONDS_OF_A_DAY = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Days from 1970-01-01 to a day, `2026-01-31`. Throws `out_of_range` for a text that is no day of the calendar. */
export function dayNumber(field: string, day: string): number {
  const number = DAY.test(day) ? Date.parse(day) / MILLISECONDS_OF_A_DAY : Number.NaN;
  if (Number.isNaN(number) || dayAt(number) !== day) {
    throw new StatisticsError('out_of_range', field, `${field} must be a day such as 2026-01-31, not "${day}".`);
  }
  return number;
}

/** The day so many days after 1970-01-01. */
export function dayAt(number: number): string {
  return new Date(number * MILLISECONDS_OF_A_DAY).toISOString().slice(0, 10);
}
