import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { pearsonCorrelation, spearmanCorrelation } from './correlation.ts';

const intelligence = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
const television = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
const value = fc.integer({ min: -1000, max: 1000 });
const pairs = fc
  .array(fc.tuple(value, value), { minLength: 4, maxLength: 40 })
  .filter((all) => [0, 1].every((side) => new Set(all.map((pair) => pair[side])).size > 1));

describe.each([
  ["Pearson's", pearsonCorrelation],
  ["Spearman's", spearmanCorrelation],
] as const)('%s correlation', (_, correlation) => {
  test('is symmetric, in its interval and between −1 and 1', () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
        const { coefficient, interval } = correlation(xs, ys);
        const inOrder = [-1, interval.lower, coefficient, interval.upper, 1];
        expect(inOrder).toEqual(inOrder.toSorted((left, right) => left - right));
        expect(correlation(ys, xs).coefficient).toBeCloseTo(coefficient, 12);
        expect(correlation(xs.toReversed(), ys.toReversed()).coefficient).toBeCloseTo(coefficient, 12);
        const turned = correlation(
          xs.map((x) => 7 - 3 * x),
          ys,
        );
        expect(turned.coefficient).toBeCloseTo(-coefficient, 12);
        expect(turned.interval.lower).toBeCloseTo(-interval.upper, 9);
      }),
    );
  });

  test('of a rising line is 1, and the interval a point', () => {
    expect(correlation([1, 2, 3, 4], [10, 20, 30, 40])).toMatchObject({
      coefficient: 1,
      interval: { lower: 1, upper: 1 },
      pairs: 4,
    });
  });

  test('is refused where it has no value', () => {
    expect(() => correlation([], [])).toThrow(expect.objectContaining({ code: 'empty' }));
    expect(() => correlation([1, 2, 3], [1, 2, 3])).toThrow(expect.objectContaining({ code: 'too_few' }));
    expect(() => correlation([1, 2, 3, 4], [1, 2, 3])).toThrow(expect.objectContaining({ code: 'unequal_lengths' }));
    expect(() => correlation([1, 2, 3, 4], [0.1, 0.1, 0.1, 0.1])).toThrow(
      expect.objectContaining({ code: 'no_variation', field: 'ys' }),
    );
    expect(() => correlation([1, 2, 3, Number.NaN], [1, 2, 3, 4])).toThrow('xs[3]');
  });
});

describe('the correlation of intelligence and television', () => {
  test("is Pearson's as scipy has it", () => {
    const { coefficient, interval } = pearsonCorrelation(intelligence, television);
    expect(coefficient).toBeCloseTo(-0.07021632602905671, 14);
    expect(interval.lower).toBeCloseTo(-0.670212501188516, 12);
    expect(interval.upper).toBeCloseTo(0.5852854717450895, 12);
  });

  test("is Spearman's as published, −29 ÷ 165", () => {
    const { coefficient, interval } = spearmanCorrelation(intelligence, television);
    expect(coefficient).toBeCloseTo(-29 / 165, 14);
    expect(interval.lower).toBeCloseTo(-0.72783003, 8);
    expect(interval.upper).toBeCloseTo(0.51454666, 8);
  });
});

describe('a correlation of extreme values', () => {
  test('neither vanishes nor overflows', () => {
    expect(pearsonCorrelation([1e150, -1e150, 1e150, -1e150], [1, 2, 1, 2]).coefficient).toBeCloseTo(-1, 12);
    expect(pearsonCorrelation([1e-300, 2e-300, 3e-300, 4e-300], [1, 2, 3, 4]).coefficient).toBeCloseTo(1, 12);
    expect(pearsonCorrelation([1e15 + 1, 1e15 + 2, 1e15 + 3, 1e15 + 4], [1, 2, 3, 4]).coefficient).toBeCloseTo(1, 12);
  });

  test('of ranks shares the place of equal values', () => {
    // rank 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 ÷ √(4.5 × 5)
    expect(spearmanCorrelation([1, 5, 5, 9], [1, 2, 3, 4]).coefficient).toBeCloseTo(Math.sqrt(0.9), 12);
  });
});
