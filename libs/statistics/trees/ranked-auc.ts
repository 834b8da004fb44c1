import { requireNumber, StatisticsError } from '../statistics-error.ts';

/**
 * The area under the ROC curve: the chance that somebody who responded was scored above somebody who did not, an equal
 * score counting half. 1 for a perfect ranking, 0.5 for a constant one, 0 for a reversed one. Exact: the Mann–Whitney
 * statistic in whole numbers (Hanley and McNeil 1982, Radiology 143), divided once.
 *
 * `scores` in any unit, one per row, `responded` beside them. Throws `unequal_lengths`, `not_finite`, and `too_few`
 * where nobody responded or everybody did.
 */
export function rankedAuc(scores: readonly number[], responded: readonly boolean[]): number {
  requireScores(scores, responded);
  let [below, halves] = [0, 0];
  for (const { yes, no } of groupsByScore(scores, responded).toReversed()) {
    halves += yes * (2 * below + no);
    below += no;
  }
  const yesses = scores.length - below;
  if (below === 0 || yesses === 0) {
    const missing = below === 0 ? 'did not respond' : 'responded';
    throw new StatisticsError('too_few', 'responded', `A ranking needs at least one row that ${missing}.`);
  }
  return halves / (2 * yesses * below);
}

/** Rows that share a score. */
export interface ScoreGroup {
  readonly score: number;
  readonly yes: number;
  readonly no: number;
}

/** The rows grouped by score, the highest first. */
export function groupsByScore(scores: readonly number[], responded: readonly boolean[]): readonly ScoreGroup[] {
  const groups = new Map<number, { score: number; yes: number; no: number }>();
  scores.forEach((score, index) => {
    const group = groups.get(score) ?? { score, yes: 0, no: 0 };
    if (responded[index]) group.yes += 1;
    else group.no += 1;
    groups.set(score, group);
  });
  return [...groups.values()].toSorted((left, right) => right.score - left.score);
}

/** Throws `unequal_lengths` or `not_finite` where these are no scores of these rows. */
export function requireScores(scores: readonly number[], responded: readonly boolean[]): void {
  if (scores.length !== responded.length) {
    const message = `There must be one score per row, not ${scores.length} for ${responded.length} rows.`;
    throw new StatisticsError('unequal_lengths', 'scores', message);
  }
  scores.forEach((score, index) => requireNumber(`scores[${index}]`, score));
}
