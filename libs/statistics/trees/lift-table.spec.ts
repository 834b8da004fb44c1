import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { liftTable } from './lift-table.ts';

describe('a lift table', () => {
  test('says how much better than chance each tenth responds', () => {
    const scores = Array.from({ length: 100 }, (_, index) => 100 - index);
    const table = liftTable(
      scores,
      scores.map((score) => score > 95 || score === 1),
    );
    expect(table).toHaveLength(10);
    expect(table[0]).toMatchObject({ decile: 1, rows: 10, responses: 5, rate: 0.5, cumulativeShare: 5 / 6 });
    expect(table[0]!.lift).toBeCloseTo(0.5 / 0.06, 12);
    expect(table[1]).toMatchObject({ responses: 0, rate: 0, lift: 0, cumulativeShare: 5 / 6 });
    expect(table[9]).toMatchObject({ responses: 1, cumulativeShare: 1 });
  });

  test('spreads the responses of equal scores evenly, whatever the order of the rows', () => {
    const responded = Array.from({ length: 40 }, (_, index) => index < 10);
    const constant = responded.map(() => 0.3);
    for (const { responses, lift } of liftTable(constant, responded)) {
      expect(responses).toBeCloseTo(1, 12);
      expect(lift).toBeCloseTo(1, 12);
    }
    expect(liftTable(constant, responded.toReversed())).toEqual(liftTable(constant, responded));
  });

  test('sums to the whole', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.boolean()), { minLength: 10, maxLength: 200 })
          .filter((rows) => rows.some(([, yes]) => yes)),
        (rows) => {
          const [scores, responded] = [rows.map(([score]) => score), rows.map(([, yes]) => yes)];
          const table = liftTable(scores, responded);
          expect(table.reduce((sum, decile) => sum + decile.rows, 0)).toBe(rows.length);
          expect(table.reduce((sum, { responses }) => sum + responses, 0)).toBeCloseTo(
            responded.filter(Boolean).length,
            9,
          );
          expect(table[9]!.cumulativeShare).toBeCloseTo(1, 12);
          expect(table.every(({ rate }) => rate >= 0 && rate <= 1 + 1e-12)).toBe(true);
        },
      ),
    );
  });

  test('needs ten rows and a response', () => {
    expect(() => liftTable([1], [true])).toThrow('at least 10 rows, not 1');
    expect(() => liftTable(Array(10).fill(1), Array(10).fill(false))).toThrow('at least one response');
  });
});
