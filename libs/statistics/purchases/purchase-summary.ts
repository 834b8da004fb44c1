import { StatisticsError } from '../statistics-error.ts';
import { dayAt, dayNumber } from './day-number.ts';
import type { PurchaseLog } from './purchase-log.ts';
import { daysOfUnit, type TimeUnit } from './time-unit.ts';

/** What models of buying know of a customer. Amounts are in minor units; recency and age in the unit of the summary. */
export interface CustomerSummary {
  readonly customer: string;
  /** Repeat purchases: days with a purchase after the first one. */
  readonly frequency: number;
  /** From the first purchase to the last; zero without a repeat purchase. */
  readonly recency: number;
  /** From the first purchase to the end of the calibration period. */
  readonly age: number;
  /** Mean of the repeat purchases; the first is left out. Null without any. */
  readonly meanValue: number | null;
  /** Sum of all purchases, the first one included. */
  readonly total: number;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Purchases behind the calibration period and their sum; null without a holdout period. */
  readonly holdout: { readonly purchases: number; readonly value: number } | null;
}

/** Customers first seen in the calibration period, and where every other purchase of the log went. */
export interface PurchaseSummary<Unit extends TimeUnit = TimeUnit> {
  readonly unit: Unit;
  readonly calibrationEnd: string;
  readonly holdoutEnd: string | null;
  /** Length of the holdout period. */
  readonly holdoutLength: number | null;
  /** Sorted by name as text. */
  readonly customers: readonly CustomerSummary[];
  /** Customers whose first purchase lies behind the calibration period; no model can know them. */
  readonly newcomers: { readonly customers: number; readonly purchases: number; readonly value: number };
  /** Purchases of the customers listed that lie behind the holdout period, or behind calibration without one. */
  readonly unused: { readonly purchases: number; readonly value: number };
}

export interface SummaryPeriods<Unit extends TimeUnit> {
  readonly unit: Unit;
  /** Last day of the calibration period; that of the last purchase unless said. */
  readonly calibrationEnd?: string | undefined;
  /** Last day of the holdout period; that of the last purchase unless said. */
  readonly holdoutEnd?: string | undefined;
}

/**
 * Frequency, recency, age and mean value of each customer (the x, t_x, T and z̄ of Fader, Hardie and Lee 2005, Marketing
 * Science 24(2), and of Fader and Hardie 2013 on Gamma–Gamma), with what the holdout period showed.
 *
 * Throws `StatisticsError` `out_of_range` for what is no day, for a calibration that ends before the first purchase, and
 * for a holdout period that does not end behind it; `unknown` for what is no unit.
 */
export function purchaseSummary<Unit extends TimeUnit>(
  log: PurchaseLog,
  { unit, calibrationEnd, holdoutEnd }: SummaryPeriods<Unit>,
): PurchaseSummary<Unit> {
  const days = daysOfUnit(unit);
  const end = calibrationEnd === undefined ? log.lastDay : dayNumber('calibrationEnd', calibrationEnd);
  if (end < log.firstDay) {
    const message = `calibrationEnd must not lie before ${dayAt(log.firstDay)}, the day of the first purchase.`;
    throw new StatisticsError('out_of_range', 'calibrationEnd', message);
  }
  const observed = holdoutEnd === undefined ? log.lastDay : dayNumber('holdoutEnd', holdoutEnd);
  if (holdoutEnd !== undefined && observed <= end) {
    const message = `holdoutEnd must lie behind ${dayAt(end)}, the end of the calibration period.`;
    throw new StatisticsError('out_of_range', 'holdoutEnd', message);
  }
  const hasHoldout = observed > end;
  const horizon = hasHoldout ? observed : end;

  // Millions of customers share few days, so each is written once.
  const texts = new Map<number, string>();
  const textOf = (day: number): string => {
    const known = texts.get(day) ?? dayAt(day);
    texts.set(day, known);
    return known;
  };
  const customers: CustomerSummary[] = [];
  const newcomers = { customers: 0, purchases: 0, value: 0 };
  const unused = { purchases: 0, value: 0 };
  for (const [index, customer] of log.customers.entries()) {
    const [from, to] = [log.starts[index]!, log.starts[index + 1]!];
    const calibrated = firstAfter(log, from, to, end);
    const held = firstAfter(log, calibrated, to, horizon);
    if (calibrated === from) {
      newcomers.customers++;
      newcomers.purchases += to - from;
      newcomers.value += sum(log, from, to);
      continue;
    }
    unused.purchases += to - held;
    unused.value += sum(log, held, to);
    const [firstDay, lastDay] = [log.days[from]!, log.days[calibrated - 1]!];
    const frequency = calibrated - from - 1;
    const repeated = sum(log, from + 1, calibrated);
    customers.push({
      customer,
      frequency,
      recency: (lastDay - firstDay) / days,
      age: (end - firstDay) / days,
      meanValue: frequency === 0 ? null : repeated / frequency,
      total: log.values[from]! + repeated,
      firstDay: textOf(firstDay),
      lastDay: textOf(lastDay),
      holdout: hasHoldout ? { purchases: held - calibrated, value: sum(log, calibrated, held) } : null,
    });
  }
  return {
    unit,
    calibrationEnd: dayAt(end),
    holdoutEnd: hasHoldout ? dayAt(observed) : null,
    holdoutLength: hasHoldout ? (observed - end) / days : null,
    customers,
    newcomers,
    unused,
  };
}

/** The first purchase of a range that lies behind a day. */
function firstAfter(log: PurchaseLog, from: number, to: number, day: number): number {
  let index = from;
  while (index < to && log.days[index]! <= day) index++;
  return index;
}

function sum(log: PurchaseLog, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) value += log.values[index]!;
  return value;
}
