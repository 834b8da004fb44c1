import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { wilsonInterval } from './wilson-interval.ts';

const counts = fc
  .tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 5000 }))
  .filter(([successes, failures]) => successes + failures > 0);
const levels = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

describe('the interval of a proportion', () => {
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('is as published for %i of %i', (successes, trials, lower, upper) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval.lower).toBeCloseTo(lower, 4);
    expect(interval.upper).toBeCloseTo(upper, 4);
  });

  test('has the ends that statsmodels gives, at another level, too', () => {
    expect(wilsonInterval(81, 263).lower).toBeCloseTo(0.2552885198782742, 14);
    expect(wilsonInterval(81, 263, 0.99).lower).toBeCloseTo(0.24013690268760773, 14);
    expect(wilsonInterval(81, 263, 0.99).upper).toBeCloseTo(0.38528250231822986, 14);
  });

  test('contains the share and lies within 0 and 1', () => {
    fc.assert(
      fc.property(counts, levels, ([successes, failures], level) => {
        const { lower, upper } = wilsonInterval(successes, successes + failures, level);
        const share = successes / (successes + failures);
        expect(0 <= lower && lower <= share && share <= upper && upper <= 1).toBe(true);
      }),
    );
  });

  test('mirrors when successes and failures change places', () => {
    fc.assert(
      fc.property(counts, ([successes, failures]) => {
        const trials = successes + failures;
        const [one, other] = [wilsonInterval(successes, trials), wilsonInterval(failures, trials)];
        expect(one.lower).toBeCloseTo(1 - other.upper, 12);
      }),
    );
  });

  test('is refused for counts and levels that cannot be', () => {
    expect(() => wilsonInterval(0, 0)).toThrow(expect.objectContaining({ field: 'trials' }));
    expect(() => wilsonInterval(3, 2)).toThrow(expect.objectContaining({ field: 'successes' }));
    expect(() => wilsonInterval(-1, 2)).toThrow(expect.objectContaining({ field: 'successes' }));
    expect(() => wilsonInterval(1, 2, 1)).toThrow(expect.objectContaining({ field: 'level' }));
    expect(() => wilsonInterval(1, Number.NaN)).toThrow(expect.objectContaining({ code: 'not_finite' }));
  });
});
