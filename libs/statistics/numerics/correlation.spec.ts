import { describe, expect, test } from '@jest/globals';
import { correlation } from './correlation.ts';

describe('a correlation', () => {
  test('is covariance by deviations, with its interval', () => {
    // By hand: 16 / √(35/2 · 70/3).
    const { coefficient, interval, pairs } = correlation([1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 7, 5]);
    expect(coefficient).toBeCloseTo(16 / Math.sqrt((35 / 2) * (70 / 3)), 12);
    expect(interval![0]).toBeCloseTo(Math.tanh(Math.atanh(coefficient!) - 1.959_963_985 / Math.sqrt(3)), 9);
    expect(interval![1]).toBeCloseTo(Math.tanh(Math.atanh(coefficient!) + 1.959_963_985 / Math.sqrt(3)), 9);
    expect(pairs).toBe(6);
  });

  test('is one on a line, whatever the scale', () => {
    const line = [1, 2, 3, 4];
    expect(correlation(line, line.map((value) => 1e200 * value)).coefficient).toBeCloseTo(1, 12); // prettier-ignore
    const falling = correlation(line, line.map((value) => 7 - 1e-9 * value)); // prettier-ignore
    expect(falling.coefficient).toBeCloseTo(-1, 5);
    expect(falling.interval!.every(Number.isFinite)).toBe(true);
  });

  test('is none where one side does not vary, and has no interval from three pairs', () => {
    expect(correlation([1, 2], [0.1, 0.1])).toEqual({ coefficient: null, interval: null, pairs: 2 });
    expect(correlation([0, 0], [1, 2])).toEqual({ coefficient: null, interval: null, pairs: 2 });
    expect(correlation([1, 2, 4], [1, 3, 2])).toMatchObject({ coefficient: expect.any(Number), interval: null });
  });

  test('refuses lists that do not match', () => {
    expect(() => correlation([], [])).toThrow(expect.objectContaining({ code: 'empty', field: 'left' }));
    expect(() => correlation([1], [1, 2])).toThrow(
      expect.objectContaining({ code: 'unequal_lengths', field: 'right' }),
    );
    expect(() => correlation([1, 2], [1, Number.NaN])).toThrow(
      expect.objectContaining({ code: 'not_finite', field: 'right[1]' }),
    );
  });
});
