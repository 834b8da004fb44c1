import { describe, expect, test } from '@jest/globals';
import { covarianceOf, hessian } from './hessian.ts';

describe('second derivatives from a gradient', () => {
  test('are those of a function whose derivatives are known', () => {
    // exp(x)·sin(y) at (0.3, 0.7)
    const gradient = ([x, y]: readonly number[]) => [Math.exp(x!) * Math.sin(y!), Math.exp(x!) * Math.cos(y!)];
    const [[xx, xy], [yx, yy]] = hessian(gradient, [0.3, 0.7]) as [[number, number], [number, number]];
    expect(xx).toBeCloseTo(Math.exp(0.3) * Math.sin(0.7), 10);
    expect(xy).toBeCloseTo(Math.exp(0.3) * Math.cos(0.7), 10);
    expect(yx).toBe(xy);
    expect(yy).toBeCloseTo(-Math.exp(0.3) * Math.sin(0.7), 10);
  });
});

describe('the covariance of estimates', () => {
  test('is the inverse of the information', () => {
    const covariance = covarianceOf([[4, 1], [1, 3]], 1e-4)!; // prettier-ignore
    expect(covariance.flat().map((entry) => entry * 11)).toEqual(
      [3, -1, -1, 4].map((entry) => expect.closeTo(entry, 12)),
    );
  });

  test('is large, and finite, along a direction that is flat or bends the wrong way, and there alone', () => {
    // Flat along (1, −1); a saddle along it.
    for (const [diagonal, beside] of [
      [1, 1],
      [1, 2],
    ] as const) {
      const covariance = covarianceOf([[diagonal, beside], [beside, diagonal]], 1e-4)!; // prettier-ignore
      const known = 1 / (diagonal + beside);
      const entries = [known + 1e4, known - 1e4, known - 1e4, known + 1e4].map((entry) => expect.closeTo(entry / 2, 6));
      expect(covariance.flat()).toEqual(entries);
    }
  });

  test('is none of what is no number', () => {
    expect(covarianceOf([[Number.NaN]], 1e-4)).toBeNull();
  });
});
