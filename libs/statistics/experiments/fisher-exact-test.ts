import { StatisticsError } from '../statistics-error.ts';
import { requireArm, type Arm } from './arm.ts';

const MOST_SUBJECTS = 10_000_000_000;
/** R's: what rounding may part two tables of the same probability by. */
const TIE = 1 + 1e-7;

/** Below, numbers lose digits and cease to shrink. */
const SMALLEST = 1e-300;

export interface FisherTest {
  /** Two-sided; 0 where it is smaller than about 10⁻³⁰⁰. */
  readonly pValue: number;
}

/**
 * Fisher's exact test of equal rates, right for any counts: given how many converted in all, the chance of a table no
 * more probable than the one seen (R's rule for two sides, with its tolerance for ties).
 *
 * Throws `StatisticsError` for counts that cannot be, and `too_many` for more than 10¹⁰ subjects.
 *
 * Source: Fisher 1935, The Design of Experiments, §11–12; Agresti 2002, Categorical Data Analysis, §3.5.
 */
export function fisherExactTest(control: Arm, variant: Arm): FisherTest {
  requireArm('control', control);
  requireArm('variant', variant);
  const table: Table = {
    control: control.subjects,
    variant: variant.subjects,
    conversions: control.conversions + variant.conversions,
  };
  if (table.control + table.variant > MOST_SUBJECTS)
    throw new StatisticsError('too_many', 'subjects', `subjects must be at most ${MOST_SUBJECTS} in both arms.`);
  const observed = weightOf(table, control.conversions);
  const { all, asExtreme } = sumOfWeights(table, observed * TIE);
  return { pValue: Math.min(1, asExtreme / all) };
}

/** The margins that the test holds fixed. */
interface Table {
  readonly control: number;
  readonly variant: number;
  readonly conversions: number;
}

function fewest({ variant, conversions }: Table): number {
  return Math.max(0, conversions - variant);
}

function most({ control, conversions }: Table): number {
  return Math.min(control, conversions);
}

/** The most probable number of conversions in the control; within what is possible even where rounding errs. */
function modeOf(table: Table): number {
  const { control, variant, conversions } = table;
  const mode = Math.floor(((control + 1) * (conversions + 1)) / (control + variant + 2));
  return Math.min(most(table), Math.max(fewest(table), mode));
}

/** How much more probable one more conversion in the control is. */
function stepUp({ control, variant, conversions }: Table, count: number): number {
  return ((control - count) / (count + 1)) * ((conversions - count) / (variant - conversions + count + 1));
}

/**
 * The probabilities from the mode outwards, relative to its own. No factorial is needed, so nothing overflows and large
 * counts lose no digits; in the tails they end where they no longer count.
 */
function* weights(table: Table, up: boolean): Generator<readonly [count: number, weight: number]> {
  const last = up ? most(table) : fewest(table);
  let weight = 1;
  for (let count = modeOf(table); count !== last && weight > SMALLEST;) {
    weight = up ? weight * stepUp(table, count) : weight / stepUp(table, count - 1);
    count += up ? 1 : -1;
    yield [count, weight];
  }
}

function weightOf(table: Table, wanted: number): number {
  const mode = modeOf(table);
  if (wanted === mode) return 1;
  for (const [count, weight] of weights(table, wanted > mode)) if (count === wanted) return weight;
  return 0;
}

function sumOfWeights(table: Table, limit: number): { all: number; asExtreme: number } {
  let [all, asExtreme] = [1, limit >= 1 ? 1 : 0];
  for (const up of [false, true]) {
    for (const [, weight] of weights(table, up)) {
      all += weight;
      if (weight <= limit) asExtreme += weight;
    }
  }
  return { all, asExtreme };
}
