import { requireNumber } from '../statistics-error.ts';
import { kaplanMeier, type TimeQuantile } from './kaplan-meier.ts';
import { staysOfStages } from './success-rates.ts';

/** How long a deal stayed in a stage, or has stayed so far. */
export interface TimedStay {
  readonly stage: string;
  /** In any unit, the same for all; the answer has it too. */
  readonly time: number;
  readonly left: boolean;
}

export interface LearnedDuration {
  readonly stage: string;
  /** Stays the durations are learned from, finished or not. */
  readonly stays: number;
  readonly left: number;
  readonly stillThere: number;
  readonly median: TimeQuantile;
  readonly p75: TimeQuantile;
  readonly p90: TimeQuantile;
}

const nobody: TimeQuantile = { time: null, reason: 'No deal has been in the stage.' };

/**
 * How long deals stay in each stage, whichever way they leave it, with those still there counted as having stayed at
 * least so long (`kaplanMeier`). Each stay counts by itself, also where a deal came back. The answer has the stages in
 * the order given.
 *
 * Throws `StatisticsError`: `empty` without stages, `not_unique` for a stage twice, `unknown` for a stay elsewhere, and
 * for a time that is negative or not finite.
 */
export function learnedDurations(stages: readonly string[], stays: readonly TimedStay[]): readonly LearnedDuration[] {
  const perStage = staysOfStages(stages, stays);
  stays.forEach(({ time }, index) => requireNumber(`stays[${index}].time`, time, { atLeast: 0 }));
  return stages.map((stage) => {
    const here = perStage.get(stage) ?? [];
    if (here.length === 0) return { stage, stays: 0, left: 0, stillThere: 0, median: nobody, p75: nobody, p90: nobody };
    const { count, ended, censored, median, p75, p90 } = kaplanMeier(
      here.map(({ time, left }) => ({ time, ended: left })),
    );
    return { stage, stays: count, left: ended, stillThere: censored, median, p75, p90 };
  });
}
