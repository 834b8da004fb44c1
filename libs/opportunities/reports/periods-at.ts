import type { Where } from '../../eventsourcing/read-model-store.ts';
import { endOfDay, startOfDay } from '../../statistics/calendar.ts';
import { LONGEST_CLASS, longestOf } from '../read-models/stage-periods.ts';

/** Days, both included; a bound left out bounds nothing. */
export interface Days {
  readonly from?: string;
  readonly to?: string;
}

/**
 * Conditions that together find every period valid at a moment. Periods are kept in classes of length, so that those
 * of a class began in a span before the moment not much longer than they are: otherwise half of all would be read.
 */
export function classesAt(where: Where, moment: string): readonly Where[] {
  const classes = Array.from({ length: LONGEST_CLASS + 1 }, (_, lengthClass) => lengthClass);
  return classes.map((lengthClass) => {
    const longest = longestOf(lengthClass);
    const earliest = Number.isFinite(longest) ? { gt: new Date(Date.parse(moment) - longest).toISOString() } : {};
    return { ...where, lengthClass, fromAt: { ...earliest, lte: moment }, toAt: { gt: moment } };
  });
}

const everyClass = { in: Array.from({ length: LONGEST_CLASS + 2 }, (_, index) => index - 1) };

/** The condition for periods that began in one of these ways within some days, and not after a moment. */
export function begunWith(entries: readonly string[], days: Days, moment: string | undefined): Where {
  const times = timesOf(days, moment);
  return { lengthClass: everyClass, ...(times ? { fromAt: times } : {}), entry: { in: entries } };
}

/** The condition for periods that finished in one of these ways within some days, and not after a moment. */
export function finishedWith(exits: readonly string[], days: Days, moment: string | undefined): Where {
  const times = timesOf(days, moment);
  return { exit: { in: exits }, ...(times ? { toAt: times } : {}) };
}

/** The condition for deals that ended within some days, and have counted as they do now since before a moment. */
export function endedWithin(days: Days, moment: string | undefined): Where {
  const endedOn = range(days.from, days.to);
  return {
    ...(endedOn ? { endedOn } : {}),
    ...(moment === undefined ? {} : { endedFrom: { lte: moment } }),
  };
}

function timesOf({ from, to }: Days, moment: string | undefined) {
  const [last] = [to === undefined ? undefined : endOfDay(to), moment]
    .filter((bound) => bound !== undefined)
    .toSorted();
  return range(from === undefined ? undefined : startOfDay(from), last);
}

/** A condition between two bounds, both included; undefined where neither is given. */
export function range<Bound extends string | number>(from: Bound | undefined, to: Bound | undefined) {
  if (from === undefined && to === undefined) return undefined;
  return { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lte: to }) };
}
