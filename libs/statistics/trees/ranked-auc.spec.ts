import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { rankedAuc } from './ranked-auc.ts';

const answers = fc
  .array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.boolean()), { minLength: 2, maxLength: 60 })
  .filter((rows) => rows.some(([, yes]) => yes) && rows.some(([, yes]) => !yes));

describe('the area under the ROC curve', () => {
  test('is 1 for a perfect ranking, 0 for a reversed one, a half for a constant one', () => {
    const responded = [true, true, false, false, false];
    expect(rankedAuc([5, 4, 3, 2, 1], responded)).toBe(1);
    expect(rankedAuc([1, 2, 3, 4, 5], responded)).toBe(0);
    expect(rankedAuc([7, 7, 7, 7, 7], responded)).toBe(0.5);
  });

  test('counts equal scores half', () => {
    // Of the six pairs, four are in order and one is tied.
    expect(rankedAuc([0.8, 0.4, 0.4, 0.35, 0.1], [true, false, true, false, false])).toBe(5.5 / 6);
  });

  test('is the share of pairs in order', () => {
    fc.assert(
      fc.property(answers, (rows) => {
        const [yes, no] = [rows.filter(([, answer]) => answer), rows.filter(([, answer]) => !answer)];
        const wins = yes.flatMap(([high]) => no.map(([low]) => (high > low ? 1 : Number(high === low) / 2)));
        const auc = rankedAuc(
          rows.map(([score]) => score),
          rows.map(([, answer]) => answer),
        );
        expect(auc).toBe(wins.reduce((sum, win) => sum + win, 0) / wins.length);
      }),
    );
  });

  test('is refused where there is nothing to tell apart', () => {
    expect(() => rankedAuc([1, 2], [true, true])).toThrow('at least one row that did not respond');
    expect(() => rankedAuc([1, 2], [false, false])).toThrow('at least one row that responded');
    expect(() => rankedAuc([], [])).toThrow(expect.objectContaining({ code: 'too_few' }));
    expect(() => rankedAuc([1], [true, false])).toThrow(expect.objectContaining({ code: 'unequal_lengths' }));
    expect(() => rankedAuc([Number.NaN, 1], [true, false])).toThrow(
      expect.objectContaining({ code: 'not_finite', field: 'scores[0]' }),
    );
  });
});
