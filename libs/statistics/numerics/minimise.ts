import { requireNumber, requireSome, requireWhole, StatisticsError } from '../statistics-error.ts';

/** A function's value and its derivative by each coordinate. Not finite where the function is not defined. */
export interface Slope {
  readonly value: number;
  readonly gradient: readonly number[];
}

export interface Minimum {
  readonly point: readonly number[];
  readonly value: number;
  readonly gradient: readonly number[];
  readonly iterations: number;
  /** Whether the gradient vanished; else the search ran out of steps, or rounding hid any further descent. */
  readonly converged: boolean;
}

export interface MinimiseOptions {
  /** Converged where no entry of the gradient exceeds this share of max(1, |value|). Default: 1e-9. */
  readonly tolerance?: number;
  /** Default: 500. */
  readonly iterations?: number;
  /** The most by which one step changes a coordinate. Default: 5, which is a lot for logarithms. */
  readonly longestStep?: number;
}

/** Conditions of Wolfe: descent in proportion to the step, and a slope that flattened. */
const DESCENT = 1e-4;
const CURVATURE = 0.9;
const TRIALS = 60;
/** Where the value moves no more than rounding does, only the gradient can still tell uphill from downhill. */
const ROUNDING = 1e-13;

/**
 * Searches for a local minimum of a smooth function of a few variables by BFGS with a line search that keeps the strong
 * Wolfe conditions (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms 3.5, 3.6 and 6.1). A step to where
 * the function is not finite is taken back, so the function may have edges, but it must be finite at the start.
 *
 * The answer is the best point found, with `converged` telling what it is worth. Throws StatisticsError where start or
 * options are not finite numbers, or the function is not finite at the start.
 */
export function minimise(
  objective: (point: readonly number[]) => Slope,
  start: readonly number[],
  { tolerance = 1e-9, iterations: most = 500, longestStep = 5 }: MinimiseOptions = {},
): Minimum {
  requireSome('start', start);
  start.forEach((coordinate, index) => requireNumber(`start[${index}]`, coordinate));
  requireNumber('tolerance', tolerance, { above: 0 });
  requireWhole('iterations', most, { atLeast: 1 });
  requireNumber('longestStep', longestStep, { above: 0 });
  let at: Place = { point: [...start], ...objective(start) };
  if (!isFinitePlace(at))
    throw new StatisticsError('not_finite', 'start', 'The function is not finite where the search starts.');

  let inverse: number[][] | undefined;
  let iterations = 0;
  while (iterations < most && !isFlat(at, tolerance)) {
    const direction = descent(at, inverse, longestStep);
    const next = searchLine(objective, at, direction, longestStep / Math.max(...direction.map(Math.abs)));
    iterations += 1;
    if (next === undefined) {
      // The quasi-Newton direction failed; steepest descent is the last one to try before giving up.
      if (inverse === undefined) break;
      inverse = undefined;
      continue;
    }
    inverse = updated(inverse, difference(next.point, at.point), difference(next.gradient, at.gradient));
    at = next;
  }
  return { ...at, iterations, converged: isFlat(at, tolerance) };
}

interface Place extends Slope {
  readonly point: readonly number[];
}

function isFlat({ value, gradient }: Place, tolerance: number): boolean {
  return Math.max(...gradient.map(Math.abs)) <= tolerance * Math.max(1, Math.abs(value));
}

function isFinitePlace({ value, gradient }: Slope): boolean {
  return Number.isFinite(value) && gradient.every(Number.isFinite);
}

/** −H·gradient, or the steepest descent where H is not known or leads uphill; no longer than a step may be. */
function descent(
  { gradient }: Place,
  inverse: readonly (readonly number[])[] | undefined,
  longestStep: number,
): number[] {
  const newton = inverse?.map((row) => -dot(row, gradient));
  const leadsDown = newton?.every(Number.isFinite) && dot(newton, gradient) < 0;
  const steepest = (): number[] => {
    const size = Math.max(...gradient.map(Math.abs));
    return gradient.map((slope) => -slope / Math.max(1, size));
  };
  const direction = leadsDown ? newton! : steepest();
  const longest = Math.max(...direction.map(Math.abs));
  return longest <= longestStep ? direction : direction.map((part) => (part * longestStep) / longest);
}

/**
 * A place along the direction that keeps the strong Wolfe conditions, or is merely lower where these lie beyond the
 * furthest step or below what rounding shows; undefined where there is none.
 */
function searchLine(
  objective: (point: readonly number[]) => Slope,
  from: Place,
  direction: readonly number[],
  furthest: number,
): Place | undefined {
  const slopeOf = ({ gradient }: Slope): number => dot(gradient, direction);
  const startSlope = slopeOf(from);
  const noise = ROUNDING * Math.abs(from.value);
  const at = (step: number): Place => {
    const point = from.point.map((coordinate, index) => coordinate + step * direction[index]!);
    return { point, ...objective(point) };
  };
  const descends = (place: Place, step: number): boolean =>
    place.value <= from.value + DESCENT * step * startSlope + noise;

  let low: Trial = { step: 0, place: from };
  let high: number | undefined;
  let step = Math.min(1, furthest);
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const place = at(step);
    const slope = slopeOf(place);
    if (!isFinitePlace(place)) high = step;
    else if (!descends(place, step) || (low.step > 0 && place.value > low.place.value + noise)) high = step;
    else if (Math.abs(slope) <= -CURVATURE * startSlope) return place;
    else if (slope >= 0) high = step;
    else low = { step, place };
    const next = high === undefined ? Math.min(step * 2, furthest) : within(low, high, place, step, slopeOf);
    if (next === step || next === low.step) break;
    step = next;
  }
  return low.step > 0 && low.place.value < from.value ? low.place : undefined;
}

interface Trial {
  readonly step: number;
  readonly place: Place;
}

/** The next step between two others: the minimum of the cubic through them, kept away from the ends. */
function within(low: Trial, high: number, last: Place, lastStep: number, slopeOf: (place: Slope) => number): number {
  const width = high - low.step;
  const middle = low.step + width / 2;
  if (lastStep !== high || !isFinitePlace(last)) return isFinitePlace(last) ? middle : low.step + width / 10;
  const lowSlope = slopeOf(low.place);
  const highSlope = slopeOf(last);
  const d1 = lowSlope + highSlope - (3 * (low.place.value - last.value)) / (low.step - high);
  const radicand = d1 ** 2 - lowSlope * highSlope;
  if (!(radicand >= 0)) return middle;
  const d2 = Math.sqrt(radicand);
  const cubic = high - (width * (highSlope + d2 - d1)) / (highSlope - lowSlope + 2 * d2);
  const margin = width / 20;
  return cubic >= low.step + margin && cubic <= high - margin ? cubic : middle;
}

/** The inverse Hessian after a step (equation 6.17), left alone where the step showed no curvature. */
function updated(
  inverse: readonly (readonly number[])[] | undefined,
  step: readonly number[],
  change: readonly number[],
): number[][] | undefined {
  const curvature = dot(step, change);
  if (!(curvature > Number.EPSILON * norm(step) * norm(change))) return inverse?.map((row) => [...row]);
  const scale = curvature / dot(change, change);
  const before = inverse ?? step.map((_, row) => step.map((_other, column) => (row === column ? scale : 0)));
  const product = before.map((row) => dot(row, change));
  const factor = (1 + dot(change, product) / curvature) / curvature;
  return before.map((row, i) =>
    row.map(
      (entry, j) =>
        entry + factor * step[i]! * step[j]! - (product[i]! * step[j]! + step[i]! * product[j]!) / curvature,
    ),
  );
}

function difference(left: readonly number[], right: readonly number[]): number[] {
  return left.map((coordinate, index) => coordinate - right[index]!);
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, coordinate, index) => sum + coordinate * right[index]!, 0);
}

function norm(vector: readonly number[]): number {
  return Math.sqrt(dot(vector, vector));
}
