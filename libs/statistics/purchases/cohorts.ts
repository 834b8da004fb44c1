import { calendarOf, periodLookup, periodsBetween, type CalendarPeriod } from './calendar-periods.ts';
import { dayAt } from './day-number.ts';
import { endOfObservation, type PurchaseLog } from './purchase-log.ts';

/** A cohort in one period. Amounts are in minor units. */
export interface CohortCell {
  /** Periods since the first purchase; the first one has 0. */
  readonly offset: number;
  readonly period: string;
  /** The period was observed to its end. Of others, the figures are those so far. */
  readonly complete: boolean;
  /** Customers with a purchase in the period. */
  readonly active: number;
  /** Of the cohort; null in an incomplete period, whose share is not known yet. */
  readonly activeShare: number | null;
  readonly purchases: number;
  readonly revenue: number;
  /** Revenue of this and all earlier periods. */
  readonly cumulativeRevenue: number;
}

/** Customers whose first purchase lies in the same period. */
export interface Cohort {
  readonly cohort: string;
  readonly customers: number;
  /** Every period from the first purchase to the end of observation; later ones are absent. */
  readonly cells: readonly CohortCell[];
}

/** All cohorts that were observed to the end of the period so long after the first purchase. */
export interface RetentionAt {
  readonly offset: number;
  readonly cohorts: number;
  readonly customers: number;
  readonly active: number;
  readonly activeShare: number;
}

export interface CohortTriangle {
  readonly period: CalendarPeriod;
  readonly observedUntil: string;
  /** Oldest first; periods without a new customer are left out. */
  readonly cohorts: readonly Cohort[];
  readonly byOffset: readonly RetentionAt[];
}

export interface ObservedPeriods {
  readonly period: CalendarPeriod;
  /** Last day that the log is complete to; that of the last purchase unless said. */
  readonly until?: string | undefined;
}

/**
 * The retention triangle: customers by the period of their first purchase, and how many of them bought, and for how
 * much, in each period since. The log must reach back to the first purchases: older customers look like new ones.
 *
 * Throws `StatisticsError`: `out_of_range` for an end of observation before the last purchase, `too_many` for more than
 * 1,200 periods, `unknown` for what is no period.
 */
export function cohortTriangle(log: PurchaseLog, { period, until }: ObservedPeriods): CohortTriangle {
  const calendar = calendarOf(period);
  const end = endOfObservation(log, until);
  const { first, last, lastComplete } = periodsBetween(calendar, log.firstDay, end);
  const periodOf = periodLookup(calendar, log.firstDay, log.lastDay);
  const tallies = tally(log, periodOf, first, last);
  const cohorts = tallies.flatMap((cells, index): Cohort[] => {
    const customers = cells[0]!.active;
    if (customers === 0) return [];
    let cumulativeRevenue = 0;
    const described = cells.map(({ active, purchases, revenue }, offset): CohortCell => {
      const number = first + index + offset;
      const complete = number <= lastComplete;
      cumulativeRevenue += revenue;
      return {
        offset,
        period: calendar.labelOf(number),
        complete,
        active,
        activeShare: complete ? active / customers : null,
        purchases,
        revenue,
        cumulativeRevenue,
      };
    });
    return [{ cohort: calendar.labelOf(first + index), customers, cells: described }];
  });
  return { period, observedUntil: dayAt(end), cohorts, byOffset: retentionByOffset(cohorts) };
}

interface CellTally {
  active: number;
  purchases: number;
  revenue: number;
}

/** By the period of the first purchase, then by the periods since. */
function tally(log: PurchaseLog, periodOf: (day: number) => number, first: number, last: number): CellTally[][] {
  const tallies = Array.from({ length: last - first + 1 }, (_, index) =>
    Array.from({ length: last - first - index + 1 }, () => ({ active: 0, purchases: 0, revenue: 0 })),
  );
  for (let customer = 0; customer < log.customers.length; customer++) {
    const [from, to] = [log.starts[customer]!, log.starts[customer + 1]!];
    const cohort = periodOf(log.days[from]!);
    let before = -1;
    for (let purchase = from; purchase < to; purchase++) {
      const offset = periodOf(log.days[purchase]!) - cohort;
      const cell = tallies[cohort - first]![offset]!;
      if (offset !== before) cell.active++;
      before = offset;
      cell.purchases++;
      cell.revenue += log.values[purchase]!;
    }
  }
  return tallies;
}

function retentionByOffset(cohorts: readonly Cohort[]): readonly RetentionAt[] {
  const totals: { cohorts: number; customers: number; active: number }[] = [];
  for (const { customers, cells } of cohorts) {
    for (const { offset, complete, active } of cells) {
      if (!complete) continue;
      const total = (totals[offset] ??= { cohorts: 0, customers: 0, active: 0 });
      total.cohorts++;
      total.customers += customers;
      total.active += active;
    }
  }
  return [...totals.entries()]
    .filter(([, total]) => total !== undefined)
    .map(([offset, total]) => ({ offset, ...total, activeShare: total.active / total.customers }));
}
