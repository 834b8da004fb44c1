import { StatisticsError, requireWhole } from '../statistics-error.ts';
import { calendarOf, periodLookup, periodsBetween } from './calendar-periods.ts';
import type { ObservedPeriods } from './cohorts.ts';
import { dayAt } from './day-number.ts';
import { endOfObservation, type PurchaseLog } from './purchase-log.ts';

/** What became of the customers who were there before a period. */
export interface PeriodChurn {
  readonly period: string;
  readonly active: number;
  readonly retained: number;
  readonly lost: number;
  /** Lost ÷ active; null where nobody was active. */
  readonly churn: number | null;
  /** Retained ÷ active, which is 1 − churn; null where nobody was active. */
  readonly retention: number | null;
}

export interface Churn {
  readonly observedUntil: string;
  readonly periods: readonly PeriodChurn[];
}

/**
 * Churn from period to period: of the customers with a purchase in `period`, those without one in the next. Periods
 * whose next one was not observed to its end are absent. Suits what is bought in every period, as a subscription is;
 * elsewhere it takes a pause for a loss.
 *
 * Throws `StatisticsError`: `too_few` where not one next period was observed to its end, `out_of_range` for an end of
 * observation before the last purchase, `too_many` for more than 1,200 periods.
 */
export function churnByPeriod(log: PurchaseLog, { period, until }: ObservedPeriods): Churn {
  const calendar = calendarOf(period);
  const end = endOfObservation(log, until);
  const { first, lastComplete } = periodsBetween(calendar, log.firstDay, end);
  const periods = Math.max(0, lastComplete - first);
  if (periods === 0) {
    const message = `No ${period} with the next one observed to its end lies in ${dayAt(log.firstDay)} to ${dayAt(end)}.`;
    throw new StatisticsError('too_few', 'period', message);
  }
  const periodOf = periodLookup(calendar, log.firstDay, log.lastDay);
  const active = new Uint32Array(periods + 2);
  const retained = new Uint32Array(periods + 2);
  for (let customer = 0; customer < log.customers.length; customer++) {
    let before = -2;
    for (let purchase = log.starts[customer]!; purchase < log.starts[customer + 1]!; purchase++) {
      const index = periodOf(log.days[purchase]!) - first;
      if (index === before) continue;
      active[index]!++;
      if (index === before + 1) retained[before]!++;
      before = index;
    }
  }
  return {
    observedUntil: dayAt(end),
    periods: Array.from({ length: periods }, (_, index) =>
      churnOf(calendar.labelOf(first + index), active[index]!, retained[index]!),
    ),
  };
}

/**
 * Churn by silence: a customer is active at the end of a day while the last purchase lies fewer than `inactiveDays`
 * days back. Of those active on the eve of `period`, the lost are no longer active on its last day. Periods that were
 * not observed to their end are absent, and so are the first ones, before whose eve the log does not reach back for
 * `inactiveDays`: there, customers of before the log would be missing and nobody could be lost yet.
 *
 * Throws `StatisticsError`: `too_few` where no period can be told; otherwise as `churnByPeriod`.
 */
export function churnByInactivity(
  log: PurchaseLog,
  { period, until, inactiveDays }: ObservedPeriods & { readonly inactiveDays: number },
): Churn {
  requireWhole('inactiveDays', inactiveDays, { atLeast: 1 });
  const calendar = calendarOf(period);
  const end = endOfObservation(log, until);
  const { lastComplete } = periodsBetween(calendar, log.firstDay, end);
  const reachesBack = log.firstDay + inactiveDays - 1;
  const first = reachesBack > end ? Infinity : calendar.numberOf(reachesBack);
  if (first >= lastComplete) {
    const message = `From ${dayAt(log.firstDay)} to ${dayAt(end)}, no ${period} was observed to its end with ${inactiveDays} days before it.`;
    throw new StatisticsError('too_few', 'inactiveDays', message);
  }
  // Between two neighbouring eves lies one period.
  const eves = Array.from({ length: lastComplete - first + 1 }, (_, index) => calendar.startOf(first + 1 + index) - 1);
  const periodOf = periodLookup(calendar, log.firstDay, log.lastDay);
  const active = new Uint32Array(eves.length);
  const retained = new Uint32Array(eves.length);
  for (let customer = 0; customer < log.customers.length; customer++) {
    let before = -2;
    for (let purchase = log.starts[customer]!; purchase < log.starts[customer + 1]!; purchase++) {
      const day = log.days[purchase]!;
      let eve = Math.max(0, before + 1, periodOf(day) - first);
      for (; eve < eves.length && eves[eve]! - day < inactiveDays; eve++) {
        active[eve]!++;
        if (before === eve - 1) retained[before]!++;
        before = eve;
      }
    }
  }
  return {
    observedUntil: dayAt(end),
    periods: Array.from({ length: eves.length - 1 }, (_, index) =>
      churnOf(calendar.labelOf(first + 1 + index), active[index]!, retained[index]!),
    ),
  };
}

function churnOf(period: string, active: number, retained: number): PeriodChurn {
  const lost = active - retained;
  return {
    period,
    active,
    retained,
    lost,
    churn: active === 0 ? null : lost / active,
    retention: active === 0 ? null : retained / active,
  };
}
