import { StatisticsError, requireSome } from '../statistics-error.ts';
import { wilsonInterval, type Interval } from './wilson-interval.ts';

/** One stay of a deal in a stage. */
export interface StageStay {
  readonly deal: string;
  readonly stage: string;
  /** On to the next stage or won; out any other way (back, lost, terminated); or in the stage still. */
  readonly end: 'reached_next' | 'left' | 'still_there';
}

export interface LearnedSuccessRate {
  readonly stage: string;
  /** Deals behind the rate: that reached the next stage, or left without reaching it and have not come back. */
  readonly deals: number;
  readonly reachedNext: number;
  /** Deals in the stage still, that never got beyond; not among the deals behind the rate. */
  readonly stillThere: number;
  /** reachedNext ÷ deals with its Wilson interval; null where there is no deal behind it. */
  readonly rate: number | null;
  readonly interval: Interval | null;
}

/**
 * The chance of each stage to lead on to the next, learned from what became of past deals. A deal counts once per stage,
 * however often it came through: as one that reached the next stage if it ever did. A deal still in the stage has not
 * failed, and counts neither way. That flatters a stage where failing takes longer than succeeding, and the other way
 * round; `stillThere` says how many deals that concerns.
 *
 * The answer has the stages in the order given. `level` belongs to the interval, 0.95 where left out.
 *
 * Throws `StatisticsError`: `empty` without stages, `not_unique` for a stage twice, `unknown` for a stay elsewhere.
 */
export function learnedSuccessRates(
  stages: readonly string[],
  stays: readonly StageStay[],
  level = 0.95,
): readonly LearnedSuccessRate[] {
  const perStage = staysOfStages(stages, stays);
  return stages.map((stage) => {
    const ends = [...Map.groupBy(perStage.get(stage) ?? [], ({ deal }) => deal).values()].map(endOf);
    const reachedNext = ends.filter((end) => end === 'reached_next').length;
    const stillThere = ends.filter((end) => end === 'still_there').length;
    const deals = ends.length - stillThere;
    const rate = deals === 0 ? null : reachedNext / deals;
    return {
      stage,
      deals,
      reachedNext,
      stillThere,
      rate,
      interval: rate === null ? null : wilsonInterval(reachedNext, deals, level),
    };
  });
}

function endOf(stays: readonly StageStay[]): StageStay['end'] {
  const ends = new Set(stays.map(({ end }) => end));
  if (ends.has('reached_next')) return 'reached_next';
  return ends.has('still_there') ? 'still_there' : 'left';
}

/** The stays in each stage. Throws `StatisticsError` where the stages are not what the stays speak of. */
export function staysOfStages<Stay extends { readonly stage: string }>(
  stages: readonly string[],
  stays: readonly Stay[],
): ReadonlyMap<string, readonly Stay[]> {
  requireSome('stages', stages);
  const known = new Set(stages);
  if (known.size < stages.length) throw new StatisticsError('not_unique', 'stages', 'stages must not name one twice.');
  stays.forEach(({ stage }, index) => {
    const field = `stays[${index}].stage`;
    if (!known.has(stage))
      throw new StatisticsError('unknown', field, `${field} must be one of the stages, not ${stage}.`);
  });
  return Map.groupBy(stays, ({ stage }) => stage);
}
