import { requireNumber, requireWhole } from '../statistics-error.ts';

export interface Flow {
  readonly openDeals: number;
  /** Deals won and lost, from which the win rate comes. */
  readonly decidedDeals: number;
  /** What the won deals brought in all, in any unit of money. */
  readonly wonTotal: number;
  /** How long a won deal takes on average. */
  readonly cycleDays: number;
}

/**
 * What the open deals are on the way to bring in, in the money's unit per day: open deals × win rate × average won
 * amount ÷ cycle days. Win rate × average won amount is the won total ÷ decided deals, which is how it is computed, so
 * that an amount of one of several currencies counts with its part of all won deals.
 *
 * Throws `StatisticsError` where no deal is decided, the cycle has no length, or the result is too large for a number.
 */
export function velocity({ openDeals, decidedDeals, wonTotal, cycleDays }: Flow): number {
  requireWhole('openDeals', openDeals, { atLeast: 0 });
  requireWhole('decidedDeals', decidedDeals, { atLeast: 1 });
  requireNumber('wonTotal', wonTotal);
  requireNumber('cycleDays', cycleDays, { above: 0 });
  return requireNumber('velocity', (openDeals * wonTotal) / decidedDeals / cycleDays);
}
