import { requireNumber, requireSome } from '../statistics-error.ts';

/** How long something lasted, in any unit, or has lasted so far where it has not ended. */
export interface Duration {
  readonly time: number;
  readonly ended: boolean;
}

/** A step of the curve: a time at which something ended or was lost from sight. */
export interface SurvivalStep {
  readonly time: number;
  /** How many had lasted up to this time. */
  readonly atRisk: number;
  readonly ended: number;
  readonly censored: number;
  /** The share that lasts longer than this time. */
  readonly survival: number;
  /** Greenwood's standard error of the share; null where the share is 0, for which the formula has no value. */
  readonly standardError: number | null;
}

/** A time by which a share has ended; null, with the reason in words, where the curve does not fall that far. */
export type TimeQuantile =
  { readonly time: number; readonly reason: null } | { readonly time: null; readonly reason: string };

export interface Survival {
  readonly count: number;
  readonly ended: number;
  /** Those not ended yet. */
  readonly censored: number;
  readonly curve: readonly SurvivalStep[];
  readonly median: TimeQuantile;
  readonly p75: TimeQuantile;
  readonly p90: TimeQuantile;
}

/** Products of many ratios are a little off the share they stand for; R allows as much. */
const ROUNDING = 1e-9;

/**
 * How long things last, learned from those that ended and those that have not yet: leaving the latter out would make
 * everything look faster than it is. Censoring must have nothing to do with how long the thing would have lasted. What
 * ends and what is lost from sight at the same time: the ending came first.
 *
 * The curve has a step for each time that occurs, in order. The answer is in the unit of the times.
 *
 * Throws `StatisticsError` without durations, or where a time is negative or not finite.
 *
 * Source: Kaplan and Meier 1958, JASA 53(282), 457–481, equations 2b and 3b (Greenwood).
 */
export function kaplanMeier(durations: readonly Duration[]): Survival {
  requireSome('durations', durations);
  durations.forEach(({ time }, index) => requireNumber(`durations[${index}].time`, time, { atLeast: 0 }));
  const curve = curveOf(durations);
  const ended = durations.filter((duration) => duration.ended).length;
  return {
    count: durations.length,
    ended,
    censored: durations.length - ended,
    curve,
    median: timeQuantile(curve, 0.5),
    p75: timeQuantile(curve, 0.75),
    p90: timeQuantile(curve, 0.9),
  };
}

function curveOf(durations: readonly Duration[]): readonly SurvivalStep[] {
  const byTime = [...Map.groupBy(durations, ({ time }) => time)].toSorted(([left], [right]) => left - right);
  let [atRisk, survival, greenwood] = [durations.length, 1, 0];
  return byTime.map(([time, all]) => {
    const ended = all.filter((duration) => duration.ended).length;
    const lasting = atRisk - ended;
    survival *= lasting / atRisk;
    greenwood += lasting === 0 ? 0 : ended / (atRisk * lasting);
    const standardError = survival === 0 ? null : survival * Math.sqrt(greenwood);
    const step = { time, atRisk, ended, censored: all.length - ended, survival, standardError };
    atRisk -= all.length;
    return step;
  });
}

/**
 * The first time of the curve by which the share has ended, so that of n durations without censoring it is the
 * ⌈n × share⌉-th shortest: a time that occurred, where R type 7 would interpolate. The share is more than 0 and at most 1.
 */
export function timeQuantile(curve: readonly SurvivalStep[], share: number): TimeQuantile {
  requireNumber('share', share, { above: 0, atMost: 1 });
  requireSome('curve', curve);
  curve.forEach(({ time, survival }, index) => {
    requireNumber(`curve[${index}].time`, time, { atLeast: 0 });
    requireNumber(`curve[${index}].survival`, survival, { atLeast: 0, atMost: 1 });
  });
  const step = curve.find(({ survival }) => survival <= 1 - share + ROUNDING);
  if (step) return { time: step.time, reason: null };
  const ended = (100 * (1 - curve.at(-1)!.survival)).toFixed(1);
  const reason = `Of those watched, ${ended} % ended by the longest time seen, less than the ${+(100 * share).toFixed(6)} % asked for.`;
  return { time: null, reason };
}
