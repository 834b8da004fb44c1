import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { robustTrend } from './robust-trend.ts';

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const point = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: -100, max: 100 }));
const points = fc
  .array(point, { minLength: 3, maxLength: 40 })
  .filter((all) => new Set(all.map(([time]) => time)).size > 1);

function trendOf(all: readonly (readonly [time: number, value: number])[]) {
  return robustTrend(
    all.map(([time]) => time),
    all.map(([, value]) => value),
  );
}

describe('the robust trend', () => {
  test('is as scipy has it and does not follow a wild value', () => {
    const trend = robustTrend(months, [12, 15, 11, 18, 21, 19, 25, 24, 30, 80, 29, 33]);
    expect(trend.slope).toBeCloseTo(2.1547619047619047, 13);
    expect(trend.intercept).toBeCloseTo(8.49404761904762, 12);
    expect(trend.interval!.lower).toBeCloseTo(1.5714285714285714, 13);
    expect(trend.interval!.upper).toBeCloseTo(3, 13);
    expect(trend.mannKendallS).toBe(52);
    expect(trend.pValue).toBeCloseTo(0.0004701692793139693, 13);
  });

  test('takes ties into account', () => {
    const trend = robustTrend(months, [3, 3, 4, 4, 4, 5, 7, 7, 6, 9, 9, 10]);
    expect(trend).toMatchObject({ mannKendallS: 56, slope: 2 / 3 });
    expect(trend.interval!.lower).toBeCloseTo(0.5, 13);
    expect(trend.interval!.upper).toBeCloseTo(0.8, 13);
    expect(trend.pValue).toBeCloseTo(0.00012708942131548878, 13);
    // Kendall's variance is 110 + 168 ÷ 180 + 72 ÷ 6,480; by 40,000 permutations 111.6.
    const both = robustTrend([1, 1, 2, 2, 3, 3, 3, 4, 4, 5], [1, 2, 2, 3, 3, 3, 5, 4, 4, 4]);
    expect(both.mannKendallS).toBe(28);
    expect(both.pValue).toBeCloseTo(0.010366206457684827, 13);
  });

  test('of a line is the line', () => {
    const line = fc.record({ slope: fc.integer({ min: -9, max: 9 }), start: fc.integer({ min: -99, max: 99 }) });
    fc.assert(
      fc.property(line, points, ({ slope, start }, all) => {
        const trend = trendOf(all.map(([time]) => [time, start + slope * time]));
        expect(trend.slope === slope).toBe(true);
        expect(trend.intercept).toBeCloseTo(start, 9);
        const { lower, upper } = trend.interval ?? { lower: slope, upper: slope };
        expect(lower === slope && upper === slope).toBe(true);
      }),
    );
  });

  test('moves and scales with the values and turns with them', () => {
    fc.assert(
      fc.property(points, (all) => {
        const trend = trendOf(all);
        const other = trendOf(all.map(([time, value]) => [time, 1000 - 4 * value]));
        expect(other.slope).toBeCloseTo(-4 * trend.slope, 9);
        expect(other.pValue).toBeCloseTo(trend.pValue, 12);
        expect(other.mannKendallS + trend.mannKendallS).toBe(0);
        expect(other.interval?.upper ?? 0).toBeCloseTo(-4 * (trend.interval?.lower ?? 0), 9);
      }),
    );
  });

  test('lies in its interval, does not mind the order, and has no figure that is none', () => {
    fc.assert(
      fc.property(points, (all) => {
        const trend = trendOf(all);
        expect(trendOf(all.toReversed())).toEqual(trend);
        const { lower, upper } = trend.interval ?? { lower: trend.slope, upper: trend.slope };
        expect(lower <= trend.slope && trend.slope <= upper).toBe(true);
        expect(trend.pValue).toBeGreaterThanOrEqual(0);
        expect(trend.pValue).toBeLessThanOrEqual(1);
        expect(Object.values(trend).every((figure) => typeof figure !== 'number' || Number.isFinite(figure))).toBe(
          true,
        );
      }),
    );
  });

  test('of values that do not move is none, for certain', () => {
    expect(robustTrend(months, Array(12).fill(5))).toMatchObject({
      slope: 0,
      interval: { lower: 0, upper: 0 },
      pValue: 1,
      intercept: 5,
    });
    const times = [...Array<number>(2).fill(1), ...Array<number>(3).fill(2)];
    const steady = robustTrend(times, Array(5).fill(5));
    expect(steady).toMatchObject({ slope: 0, interval: { lower: 0, upper: 0 }, pValue: 1 });
  });

  test('has no interval of three points', () => {
    expect(robustTrend([1, 2, 3], [1, 5, 4]).interval).toBeNull();
  });

  test('is refused for too few or too many points and for what is no series', () => {
    expect(() => robustTrend([1, 2], [1, 2])).toThrow(expect.objectContaining({ code: 'too_few' }));
    const many = Array.from({ length: 2001 }, (_, index) => index);
    expect(() => robustTrend(many, many)).toThrow(expect.objectContaining({ code: 'too_many' }));
    expect(robustTrend(many.slice(1), many.slice(1)).slope).toBe(1);
    expect(() => robustTrend([1, 1, 1], [1, 2, 3])).toThrow(
      expect.objectContaining({ code: 'no_variation', field: 'times' }),
    );
    expect(() => robustTrend([1, 2, 3], [1, 2])).toThrow(expect.objectContaining({ code: 'unequal_lengths' }));
    expect(() => robustTrend([1, 2, Number.NaN], [1, 2, 3])).toThrow('times[2]');
    expect(() => robustTrend([0, 1e-300, 1], [0, 1e150, 3])).toThrow(expect.objectContaining({ code: 'not_finite' }));
  });
});
