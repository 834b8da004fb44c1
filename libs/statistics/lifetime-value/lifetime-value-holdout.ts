import type { Correlation } from '../forecasting/correlation.ts';
import { requireNumber, requireSome, requireWhole } from '../statistics-error.ts';
import { possibleCorrelation } from './possible-correlation.ts';

/** A customer whose future was expected at the end of calibration, and has been seen since. */
export interface Held {
  /** Repeat purchases in the calibration period. */
  readonly frequency: number;
  /** Purchases expected in the holdout period. */
  readonly expected: number;
  /** Purchases made in the holdout period. */
  readonly actual: number;
}

/** Expected against actual purchases of the holdout period. */
export interface HoldoutComparison extends Compared {
  /** (expected − actual) / actual; null where nobody bought. */
  readonly relativeError: number | null;
  /** Mean of |expected − actual| over the customers. */
  readonly meanAbsoluteError: number;
  /** Root of the mean of (expected − actual)² over the customers. */
  readonly rootMeanSquaredError: number;
  /** Of expected and actual; null with less than four customers, or where either is the same for everyone. */
  readonly correlation: Correlation | null;
  /** By repeat purchases in the calibration period; only groups that somebody is in. */
  readonly groups: readonly HoldoutGroup[];
}

export interface HoldoutGroup extends Compared {
  readonly frequency: number;
  /** Whether the group is of so many repeat purchases or more. */
  readonly orMore: boolean;
  readonly meanExpected: number;
  readonly meanActual: number;
}

interface Compared {
  readonly customers: number;
  readonly expected: number;
  readonly actual: number;
}

/** The last group takes all from here on, as in figure 3 of Fader, Hardie and Lee (2005). */
const LAST_GROUP = 7;

/**
 * Compares what was expected of customers with what they did: in total, customer by customer, and by how often they had
 * bought before (0, 1, … 6, 7 and more), the "conditional expectations" of Fader, Hardie and Lee (2005, figure 3). A model
 * can be right in total and wrong for every customer, or the other way round, so all are given.
 *
 * Throws StatisticsError: `empty`, and for counts that are not whole or figures that are negative or not finite.
 */
export function compareHoldout(customers: readonly Held[]): HoldoutComparison {
  requireSome('customers', customers);
  customers.forEach(({ frequency, expected, actual }, index) => {
    requireWhole(`customers[${index}].frequency`, frequency, { atLeast: 0 });
    requireNumber(`customers[${index}].expected`, expected, { atLeast: 0, atMost: 1e12 });
    requireWhole(`customers[${index}].actual`, actual, { atLeast: 0 });
  });
  const all = compared(customers);
  const errors = customers.map(({ expected, actual }) => expected - actual);
  const correlation = possibleCorrelation(
    customers.map(({ expected }) => expected),
    customers.map(({ actual }) => actual),
  );
  const groups = Map.groupBy(customers, ({ frequency }) => Math.min(frequency, LAST_GROUP));
  return {
    ...all,
    relativeError: all.actual === 0 ? null : (all.expected - all.actual) / all.actual,
    meanAbsoluteError: errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length,
    rootMeanSquaredError: Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length),
    correlation,
    groups: [...groups]
      .toSorted(([left], [right]) => left - right)
      .map(([frequency, members]) => groupOf(frequency, members)),
  };
}

function groupOf(frequency: number, members: readonly Held[]): HoldoutGroup {
  const { customers, expected, actual } = compared(members);
  return {
    frequency,
    orMore: frequency === LAST_GROUP,
    customers,
    expected,
    actual,
    meanExpected: expected / customers,
    meanActual: actual / customers,
  };
}

function compared(customers: readonly Held[]): Compared {
  return {
    customers: customers.length,
    expected: customers.reduce((sum, { expected }) => sum + expected, 0),
    actual: customers.reduce((sum, { actual }) => sum + actual, 0),
  };
}
