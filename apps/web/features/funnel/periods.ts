/** Days, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export const PRESETS = [
  'thisMonth',
  'lastMonth',
  'thisQuarter',
  'lastQuarter',
  'thisYear',
  'lastYear',
  'last12Months',
] as const;
export type Preset = (typeof PRESETS)[number];

export const COMPARISONS = ['previous', 'yearBefore'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** The days a preset means on a day; what has begun ends with that day. */
export function periodOf(preset: Preset, today: string): Period {
  const thisMonth = monthOf(today);
  const thisQuarter = thisMonth - (thisMonth % 3);
  const thisYear = thisMonth - (thisMonth % 12);
  switch (preset) {
    case 'thisMonth':
      return { from: firstDay(thisMonth), to: today };
    case 'lastMonth':
      return months(thisMonth - 1, 1);
    case 'thisQuarter':
      return { from: firstDay(thisQuarter), to: today };
    case 'lastQuarter':
      return months(thisQuarter - 3, 3);
    case 'thisYear':
      return { from: firstDay(thisYear), to: today };
    case 'lastYear':
      return months(thisYear - 12, 12);
    case 'last12Months':
      return { from: addDays(shifted(today, -12), 1), to: today };
  }
}

/** The preset that means these days today, if any does. */
export function presetOf({ from, to }: Period, today: string): Preset | undefined {
  return PRESETS.find((preset) => {
    const period = periodOf(preset, today);
    return period.from === from && period.to === to;
  });
}

/**
 * What a period is compared with. The period before one that keeps to months, quarters or years is the same part of the
 * month, quarter or year before; otherwise as many days just before.
 */
export function comparedPeriod(comparison: Comparison, period: Period): Period {
  const step = comparison === 'yearBefore' ? 12 : calendarStep(period);
  if (step !== undefined) return { from: shifted(period.from, -step), to: shifted(period.to, -step) };
  const days = Math.round((Date.parse(period.to) - Date.parse(period.from)) / DAY) + 1;
  return { from: addDays(period.from, -days), to: addDays(period.from, -1) };
}

/** How a period is the other one's comparison, if it is. */
export function comparisonOf(compared: Period, period: Period): Comparison | undefined {
  return COMPARISONS.find((comparison) => {
    const { from, to } = comparedPeriod(comparison, period);
    return from === compared.from && to === compared.to;
  });
}

const DAY = 86_400_000;

/** Months from one beginning of such a period to the next. */
function calendarStep({ from, to }: Period): 1 | 3 | 12 | undefined {
  if (shifted(addDays(to, 1), -12) === from) return 12;
  const [first, last] = [monthOf(from), monthOf(to)];
  if (from !== firstDay(first)) return undefined;
  if (first === last) return 1;
  if (first % 3 === 0 && last < first + 3) return 3;
  return first % 12 === 0 && last < first + 12 ? 12 : undefined;
}

/** Months since the year 0. */
function monthOf(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

function firstDay(month: number): string {
  return new Date(Date.UTC(Math.floor(month / 12), month % 12, 1)).toISOString().slice(0, 10);
}

function months(first: number, count: number): Period {
  return { from: firstDay(first), to: addDays(firstDay(first + count), -1) };
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/** The same day in another month; the last day of a month stays the last. */
function shifted(day: string, by: number): string {
  const month = monthOf(day) + by;
  const last = addDays(firstDay(month + 1), -1);
  const wasLast = addDays(day, 1).endsWith('-01');
  const same = `${last.slice(0, 8)}${day.slice(8)}`;
  return wasLast || same > last ? last : same;
}
