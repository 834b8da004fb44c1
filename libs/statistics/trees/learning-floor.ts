import { StatisticsError } from '../statistics-error.ts';

/** Rows of either answer that training needs at least: a rate learned from fewer says little. */
const TRAINING_OF_EITHER = 25;
/** Rows of either answer that must be held out at least, for a measured quality to mean anything. */
const HELD_OUT_OF_EITHER = 10;
/** Attribute values that the library handles in reasonable time and memory. */
const MOST_VALUES = 20_000_000;

/** Throws `too_few` or `too_many` where a tree cannot be learned from so many answers, and says how many it takes. */
export function requireLearnable(
  responses: number,
  refusals: number,
  attributes: number,
  holdOutShare: number,
  minimumLeaf: number,
): void {
  const rows = responses + refusals;
  const ofEither = Math.max(
    Math.ceil(TRAINING_OF_EITHER / (1 - holdOutShare)),
    Math.ceil(HELD_OUT_OF_EITHER / holdOutShare),
  );
  const inAll = Math.ceil((2 * minimumLeaf) / (1 - holdOutShare)) + 1;
  if (rows < inAll) {
    throw new StatisticsError(
      'too_few',
      'rows',
      `Learning needs at least ${inAll} rows, two leaves of ${minimumLeaf} beside what is held out, not ${rows}.`,
    );
  }
  for (const [count, kind] of [
    [responses, 'responded'],
    [refusals, 'did not respond'],
  ] as const) {
    if (count < ofEither) {
      throw new StatisticsError(
        'too_few',
        'rows',
        `Learning needs at least ${ofEither} rows that ${kind} (${TRAINING_OF_EITHER} to learn from, ` +
          `${HELD_OUT_OF_EITHER} to measure with), not ${count}.`,
      );
    }
  }
  if (rows * attributes > MOST_VALUES) {
    const most = Math.floor(MOST_VALUES / attributes);
    throw new StatisticsError(
      'too_many',
      'rows',
      `Of ${attributes} attributes at most ${most} rows can be learned from, not ${rows}; take a sample.`,
    );
  }
}
