import { distributionOf, type Distribution } from '../quantiles.ts';
import { requireWhole } from '../statistics-error.ts';
import { calendarOf, periodLookup, periodsBetween } from './calendar-periods.ts';
import type { ObservedPeriods } from './cohorts.ts';
import { dayAt } from './day-number.ts';
import { endOfObservation, type PurchaseLog } from './purchase-log.ts';

/** How many of some customers bought on two days or more. */
export interface RepeatShare {
  readonly customers: number;
  readonly repeaters: number;
  readonly rate: number;
}

/** Who came back soon enough, of those watched for long enough. */
export interface RepeatWithin {
  readonly days: number;
  /** Customers whose first purchase lies so many days, or more, before the end of observation. */
  readonly customers: number;
  readonly repeaters: number;
  /** Null where nobody was watched for so long. */
  readonly rate: number | null;
  /** Customers left out because they were not watched for so long yet. */
  readonly notYetObserved: number;
}

export interface RepeatRate extends RepeatShare {
  readonly observedUntil: string;
  /** By the period of the first purchase, oldest first. Younger cohorts had less time to come back. */
  readonly byCohort: readonly (RepeatShare & { readonly cohort: string })[];
  readonly within: RepeatWithin | null;
}

/**
 * The share of customers with two purchases or more up to the end of observation, and where `withinDays` is given, the
 * share with a second purchase at most so many days after the first: the only one of the two that compares fairly.
 *
 * Throws `StatisticsError`: `out_of_range` for an end of observation before the last purchase or less than one day,
 * `not_whole`, and `too_many` for more than 1,200 periods.
 */
export function repeatRate(
  log: PurchaseLog,
  { period, until, withinDays }: ObservedPeriods & { readonly withinDays?: number | undefined },
): RepeatRate {
  if (withinDays !== undefined) requireWhole('withinDays', withinDays, { atLeast: 1 });
  const calendar = calendarOf(period);
  const end = endOfObservation(log, until);
  periodsBetween(calendar, log.firstDay, end);
  const periodOf = periodLookup(calendar, log.firstDay, log.lastDay);
  const cohorts = new Map<number, { customers: number; repeaters: number }>();
  const within = { customers: 0, repeaters: 0, notYetObserved: 0 };
  let repeaters = 0;
  for (let customer = 0; customer < log.customers.length; customer++) {
    const [from, to] = [log.starts[customer]!, log.starts[customer + 1]!];
    const firstDay = log.days[from]!;
    const number = periodOf(firstDay);
    let cohort = cohorts.get(number);
    if (!cohort) cohorts.set(number, (cohort = { customers: 0, repeaters: 0 }));
    cohort.customers++;
    if (to - from > 1) {
      cohort.repeaters++;
      repeaters++;
    }
    if (withinDays === undefined) continue;
    if (firstDay + withinDays > end) within.notYetObserved++;
    else {
      within.customers++;
      if (to - from > 1 && log.days[from + 1]! - firstDay <= withinDays) within.repeaters++;
    }
  }
  return {
    ...shareOf({ customers: log.customers.length, repeaters }),
    observedUntil: dayAt(end),
    byCohort: [...cohorts]
      .toSorted(([left], [right]) => left - right)
      .map(([number, cohort]) => ({ cohort: calendar.labelOf(number), ...shareOf(cohort) })),
    within:
      withinDays === undefined
        ? null
        : {
            days: withinDays,
            ...within,
            rate: within.customers === 0 ? null : within.repeaters / within.customers,
          },
  };
}

/**
 * Days from each purchase of a customer to the next one. Only intervals that have ended are known: customers who have
 * not come back (yet) are not in it, so it describes those who do.
 */
export function daysBetweenPurchases(log: PurchaseLog): Distribution {
  const gaps = new Map<number, number>();
  for (let customer = 0; customer < log.customers.length; customer++) {
    for (let purchase = log.starts[customer]! + 1; purchase < log.starts[customer + 1]!; purchase++) {
      const gap = log.days[purchase]! - log.days[purchase - 1]!;
      gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
    }
  }
  return distributionOf([...gaps]);
}

function shareOf({ customers, repeaters }: { customers: number; repeaters: number }): RepeatShare {
  return { customers, repeaters, rate: repeaters / customers };
}
