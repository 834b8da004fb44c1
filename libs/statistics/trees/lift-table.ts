import { groupsByScore, requireScores } from './ranked-auc.ts';
import { StatisticsError } from '../statistics-error.ts';

const PARTS = 10;

/** A tenth of the ranked rows. */
export interface LiftDecile {
  /** 1 for the best tenth. */
  readonly decile: number;
  readonly rows: number;
  /**
   * Responses in it. Where its edge cuts through rows of equal score, each of them counts with their common rate, so
   * this need not be whole.
   */
  readonly responses: number;
  readonly rate: number;
  /** Its rate per rate of all rows: 3 means that it responds three times as well as a random choice. */
  readonly lift: number;
  /** Share of all responses in this decile and the better ones. */
  readonly cumulativeShare: number;
}

/**
 * Ten equal parts of the rows (to within one row), best scores first, each with its response. The responses sum to those
 * of all rows. The order of rows plays no part.
 *
 * `scores` in any unit, `responded` beside them. Throws `unequal_lengths`, `not_finite`, and `too_few` for less than ten
 * rows or no response at all.
 */
export function liftTable(scores: readonly number[], responded: readonly boolean[]): readonly LiftDecile[] {
  requireScores(scores, responded);
  const all = responded.filter(Boolean).length;
  if (scores.length < PARTS) {
    throw new StatisticsError('too_few', 'scores', `A lift table needs at least ${PARTS} rows, not ${scores.length}.`);
  }
  if (all === 0) throw new StatisticsError('too_few', 'responded', 'A lift table needs at least one response.');
  const captured = capturedBy(scores, responded);
  const edges = Array.from({ length: PARTS + 1 }, (_, part) => Math.round((part * scores.length) / PARTS));
  return Array.from({ length: PARTS }, (_, part) => {
    const [from, to] = [edges[part]!, edges[part + 1]!];
    const rows = to - from;
    const responses = captured(to) - captured(from);
    const rate = responses / rows;
    return {
      decile: part + 1,
      rows,
      responses,
      rate,
      lift: (rate * scores.length) / all,
      cumulativeShare: captured(to) / all,
    };
  });
}

/** How many responses the best rows hold, for any number of them. */
function capturedBy(scores: readonly number[], responded: readonly boolean[]): (best: number) => number {
  const groups = groupsByScore(scores, responded);
  return (best) => {
    let [left, responses] = [best, 0];
    for (const { yes, no } of groups) {
      const taken = Math.min(left, yes + no);
      responses += (taken * yes) / (yes + no);
      left -= taken;
    }
    return responses;
  };
}
