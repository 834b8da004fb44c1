import { dayAt, dayNumber } from '../purchases/day-number.ts';
import type { PurchaseLog } from '../purchases/purchase-log.ts';
import { daysIn, type TimeUnit } from '../purchases/time-unit.ts';
import { requireNumber } from '../statistics-error.ts';

/** Repeat purchases from the first day of the log to the end of a day. */
export interface TrackedWeek {
  /** The last day of the week, or of the observation where that ends within the week. */
  readonly day: string;
  readonly period: 'calibration' | 'holdout';
  readonly expected: number;
  readonly actual: number;
}

export interface TrackingPeriods {
  /** The unit of time of the expected purchases. */
  readonly unit: TimeUnit;
  /** Customers whose first purchase lies behind this day are left out, as no model knows of them. */
  readonly calibrationEnd: string;
  /** The day of the last purchase unless said. */
  readonly observationEnd?: string | undefined;
}

/**
 * Cumulative repeat purchases, expected and actual, at the end of each week since the first purchase of the log (Fader,
 * Hardie and Lee 2005, figure 2): each customer counts from the own first purchase on.
 * @param expectedOfNew repeat purchases expected of a new customer within so many units of time
 *
 * Throws StatisticsError for what is no day, and for an expectation that is negative or not finite.
 */
export function trackRepeatPurchases(
  log: PurchaseLog,
  { unit, calibrationEnd, observationEnd }: TrackingPeriods,
  expectedOfNew: (units: number) => number,
): readonly TrackedWeek[] {
  const calibrated = dayNumber('calibrationEnd', calibrationEnd);
  const end = observationEnd === undefined ? log.lastDay : dayNumber('observationEnd', observationEnd);
  const { firstPurchases, repeatPurchases } = countsByDay(log, calibrated);
  const expectedAt = cached((days) =>
    requireNumber('expectedOfNew', expectedOfNew(days / daysIn[unit]), { atLeast: 0 }),
  );

  const weeks: TrackedWeek[] = [];
  let [actual, counted] = [0, log.firstDay];
  for (let week = 1; counted <= end; week += 1) {
    const last = Math.min(log.firstDay + 7 * week - 1, end);
    for (; counted <= last; counted += 1) actual += repeatPurchases.get(counted) ?? 0;
    let expected = 0;
    for (const [day, customers] of firstPurchases) if (day < last) expected += customers * expectedAt(last - day);
    weeks.push({ day: dayAt(last), period: last <= calibrated ? 'calibration' : 'holdout', expected, actual });
  }
  return weeks;
}

function countsByDay(
  log: PurchaseLog,
  calibrated: number,
): { readonly firstPurchases: ReadonlyMap<number, number>; readonly repeatPurchases: ReadonlyMap<number, number> } {
  const [firstPurchases, repeatPurchases] = [new Map<number, number>(), new Map<number, number>()];
  for (const index of log.customers.keys()) {
    const [from, to] = [log.starts[index]!, log.starts[index + 1]!];
    if (log.days[from]! > calibrated) continue;
    add(firstPurchases, log.days[from]!);
    for (let purchase = from + 1; purchase < to; purchase += 1) add(repeatPurchases, log.days[purchase]!);
  }
  return { firstPurchases, repeatPurchases };
}

function add(counts: Map<number, number>, day: number): void {
  counts.set(day, (counts.get(day) ?? 0) + 1);
}

function cached(of: (days: number) => number): (days: number) => number {
  const known = new Map<number, number>();
  return (days) => {
    let answer = known.get(days);
    if (answer === undefined) known.set(days, (answer = of(days)));
    return answer;
  };
}
