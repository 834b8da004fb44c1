import { describe, expect, test } from '@jest/globals';
import { covarianceOf, errorsOfExponentials, hessian } from './hessian.ts';

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
    const covariance = covarianceOf([
      [4, 1],
      [1, 3],
    ])!;
    expect(covariance.flat().map((entry) => entry * 11)).toEqual(
      [3, -1, -1, 4].map((entry) => expect.closeTo(entry, 12)),
    );
  });

  test('is none where a direction is flat, a saddle, or unknown', () => {
    expect(covarianceOf([[1, 1], [1, 1]])).toBeNull(); // prettier-ignore
    expect(covarianceOf([[1, 2], [2, 1]])).toBeNull(); // prettier-ignore
    expect(covarianceOf([[0, 0], [0, 0]])).toBeNull(); // prettier-ignore
    expect(covarianceOf([[Number.NaN]])).toBeNull();
    expect(covarianceOf([[1, 0], [0, 1e-12]])).toBeNull(); // prettier-ignore
  });

  test('gives the errors of parameters whose logarithms were estimated', () => {
    expect(errorsOfExponentials([2, 10], [[0.04, 0], [0, 0.25]])).toEqual([0.4, 5]); // prettier-ignore
  });
});
