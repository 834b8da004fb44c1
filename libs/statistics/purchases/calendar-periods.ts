import { StatisticsError } from '../statistics-error.ts';
import { dayAt, dayNumber } from './day-number.ts';

/** A stretch of the calendar: a month, a quarter, or a week from Monday to Sunday. */
export type CalendarPeriod = 'month' | 'quarter' | 'week';

/** Periods are numbered one after the other. */
export interface PeriodCalendar {
  /** The period that a day, counted from 1970-01-01, lies in. */
  readonly numberOf: (day: number) => number;
  /** Its first day. */
  readonly startOf: (period: number) => number;
  /** `2026-01`, `2026-Q1`, or the ISO week `2026-W05`. */
  readonly labelOf: (period: number) => string;
}

export const calendars: Readonly<Record<CalendarPeriod, PeriodCalendar>> = {
  month: months(1, (year, month) => `${year}-${String(month + 1).padStart(2, '0')}`),
  quarter: months(3, (year, month) => `${year}-Q${month / 3 + 1}`),
  // 1970-01-01 was a Thursday.
  week: {
    numberOf: (day) => Math.floor((day + 3) / 7),
    startOf: (period) => period * 7 - 3,
    labelOf: isoWeek,
  },
};

/** The calendar of a kind of period. Throws `StatisticsError` `unknown` for a kind that is none. */
export function calendarOf(period: CalendarPeriod): PeriodCalendar {
  if (Object.hasOwn(calendars, period)) return calendars[period];
  throw new StatisticsError('unknown', 'period', `period must be month, quarter or week, not ${period}.`);
}

/** More periods than these make tables that nobody reads, and are a sign of a wrong day. */
const MOST_PERIODS = 1_200;

/**
 * The numbers of the first period, of the last one begun, and of the last complete one. Throws `StatisticsError`
 * `too_many` for more than 1,200 periods.
 */
export function periodsBetween(
  { numberOf, startOf }: PeriodCalendar,
  firstDay: number,
  lastDay: number,
): { readonly first: number; readonly last: number; readonly lastComplete: number } {
  const [first, last] = [numberOf(firstDay), numberOf(lastDay)];
  if (last - first >= MOST_PERIODS) {
    const message = `From ${dayAt(firstDay)} to ${dayAt(lastDay)} are ${last - first + 1} periods; at most ${MOST_PERIODS} can be told.`;
    throw new StatisticsError('too_many', 'period', message);
  }
  return { first, last, lastComplete: startOf(last + 1) - 1 <= lastDay ? last : last - 1 };
}

/** The period of each of some days, found by looking it up: much faster than the calendar for many days. */
export function periodLookup({ numberOf }: PeriodCalendar, firstDay: number, lastDay: number): (day: number) => number {
  const periods = Int32Array.from({ length: lastDay - firstDay + 1 }, (_, index) => numberOf(firstDay + index));
  return (day) => periods[day - firstDay]!;
}

function months(length: number, label: (year: string, month: number) => string): PeriodCalendar {
  return {
    numberOf: (day) => {
      const [year, month] = dayAt(day).split('-').map(Number) as [number, number];
      return Math.floor((year * 12 + month - 1) / length);
    },
    startOf: (period) => {
      const [year, month] = monthOf(period * length);
      return dayNumber('period', `${year}-${String(month + 1).padStart(2, '0')}-01`);
    },
    labelOf: (period) => label(...monthOf(period * length)),
  };
}

function monthOf(index: number): [year: string, month: number] {
  return [String(Math.floor(index / 12)).padStart(4, '0'), index % 12];
}

/** The year of a week is that of its Thursday. */
function isoWeek(period: number): string {
  const thursday = period * 7;
  const year = dayAt(thursday).slice(0, 4);
  const week = Math.floor((thursday - dayNumber('period', `${year}-01-01`)) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
