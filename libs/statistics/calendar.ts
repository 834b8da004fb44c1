const MILLISECONDS_OF_A_DAY = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** The UTC day of a timestamp. */
export function dayOf(timestamp: string): string {
  return timestamp.slice(0, 10);
}

/** Calendar days from one day or timestamp to another, in UTC; negative where the second lies before the first. */
export function calendarDays(from: string, to: string): number {
  return (Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / MILLISECONDS_OF_A_DAY;
}

/** The day a number of days later (earlier where negative). */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * MILLISECONDS_OF_A_DAY).toISOString());
}

/**
 * The day a number of months and days later. Months come first and keep the day of the month, or take the last one
 * where the month is shorter: a month after January 31st is the end of February.
 */
export function addMonthsAndDays(day: string, months: number, days: number): string {
  const start = new Date(Date.parse(day));
  const monthIndex = start.getUTCFullYear() * 12 + start.getUTCMonth() + months;
  const [year, month] = [Math.floor(monthIndex / 12), monthIndex % 12];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const then = Date.UTC(year, month, Math.min(start.getUTCDate(), lastOfMonth));
  return dayOf(new Date(then + days * MILLISECONDS_OF_A_DAY).toISOString());
}

/** The first instant of a day. */
export function startOfDay(day: string): string {
  return `${day}T00:00:00.000Z`;
}

/** The last instant of a day that a timestamp can tell. */
export function endOfDay(day: string): string {
  return `${day}T23:59:59.999Z`;
}

/**
 * Why an instant cannot be asked for: nothing is known of what is to come, and today in UTC is the last day. Undefined
 * where it can.
 */
export function whyNotPast(subject: string, instant: string, now: string): string | undefined {
  return dayOf(instant) > dayOf(now) ? `${subject} must not lie after today.` : undefined;
}

/**
 * The instant that a text names, UTC with milliseconds: a timestamp with its offset, or a day for its last instant in
 * UTC. Undefined for a text that is neither.
 */
export function instantOf(text: string): string | undefined {
  const timestamp = DAY.test(text) ? endOfDay(text) : text;
  const milliseconds = TIME.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(milliseconds)) return undefined;
  const instant = new Date(milliseconds).toISOString();
  // A day such as February 30th would otherwise be read as one in March.
  return DAY.test(text) && !instant.startsWith(text) ? undefined : instant;
}
