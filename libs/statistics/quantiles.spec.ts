import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { distributionOf, quantile, quantileOfValues } from './quantiles.ts';

describe('the distribution of counted values', () => {
  test('interpolates linearly between neighbours, as R does by default', () => {
    // quantile(c(1, 2, 2, 10), c(.25, .5, .75, .9)): 1.75, 2, 4, 7.6
    const { median, p25, p75, p90 } = distributionOf([
      [10, 1],
      [2, 2],
      [1, 1],
    ]);
    expect([p25, median, p75, p90]).toEqual([1.75, 2, 4, 7.6]);
  });

  test('has the deviation of a sample', () => {
    const tally = [2, 4, 4, 4, 5, 5, 7, 9].map((value) => [value, 1] as const);
    expect(distributionOf(tally)).toMatchObject({
      n: 8,
      mean: 5,
      min: 2,
      max: 9,
      standardDeviation: Math.sqrt(32 / 7),
    });
  });

  test('says nothing of nothing', () => {
    expect(quantile([], 0.5)).toBeNull();
    expect(distributionOf([])).toMatchObject({ n: 0, mean: null, median: null, standardDeviation: null });
  });

  test('is the same however the values are grouped', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }), (values) => {
        const alone = values.map((value) => [value, 1] as const);
        const grouped = [...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length] as const);
        expect(distributionOf(grouped)).toEqual(distributionOf(alone));
      }),
    );
  });
});

describe('a quantile of plain numbers', () => {
  test('interpolates linearly between neighbours, whole or not', () => {
    // quantile(c(1.5, 2, 2, 10), c(0, .25, .9, 1)): 1.5, 1.875, 7.6, 10
    const values = [10, 2, 1.5, 2];
    expect([0, 0.25, 0.9, 1].map((share) => quantileOfValues(values, share))).toEqual([
      1.5,
      1.875,
      expect.closeTo(7.6, 12),
      10,
    ]);
    expect(values).toEqual([10, 2, 1.5, 2]);
    expect(quantileOfValues([7], 0.3)).toBe(7);
  });

  test('is that of the same numbers counted', () => {
    const percent = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }), percent, (values, at) => {
        const tally = values.map((value) => [value, 1] as const);
        expect(quantile(tally, at / 100)).toBeCloseTo(quantileOfValues(values, at / 100), 9);
      }),
    );
  });

  test('is refused for what is no sample', () => {
    expect(() => quantileOfValues([], 0.5)).toThrow(expect.objectContaining({ code: 'empty' }));
    expect(() => quantileOfValues([1, Number.NaN], 0.5)).toThrow('values[1]');
    expect(() => quantileOfValues([1, 1e308], 0.5)).toThrow('values[1]');
    expect(() => quantileOfValues([1], 1.1)).toThrow('share');
  });
});
