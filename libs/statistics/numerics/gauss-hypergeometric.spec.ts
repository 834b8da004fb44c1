import { describe, expect, test } from '@jest/globals';
import stdlibHypergeometric from '@stdlib/math-base-special-hyp2f1';
import * as fc from 'fast-check';
import { isSmallBeside, logGaussHypergeometric } from './gauss-hypergeometric.ts';

// log(hyp2f1(a, b, c, z)) by mpmath with 80 digits, some far beyond the largest number.
const REFERENCE = [
  [0.243, 3.4, 4.2, 0.47, 0.11871480799192081],
  [2.243, 4.426, 4.219, 0.4766, 1.5323533822700628],
  [100.25, 102.4, 102.2, 0.5, 69.62471338559806],
  [5000.24, 5002.4, 5002.2, 0.5, 3466.040848371008],
  [40000.25, 40002.4, 40002.2, 0.9, 92104.43987427889],
  [0.5, 0.5, 1.5, 0.999, 0.43174244105868864],
  [1.243, 3.4, 0.3, 0.99, 22.3303787818857],
  [0.24, 2.4, 2.2, 0.9999, 3.326383570507138],
  [20000.5, 20010, 20040, 0.2, 4456.300122026942],
  [3, 50, 7, 0.95, 128.44377895550002],
  [50000, 2, 50003, 0.7, 2.4076656646348424],
  [1000.5, 2000.5, 10.5, 0.3, 2224.98277468751],
] as const;

describe('the logarithm of the Gauss hypergeometric function', () => {
  test.each(REFERENCE)('at (%p, %p; %p; %p) is %p', (a, b, c, z, expected) => {
    const actual = logGaussHypergeometric(a, b, c, z);
    expect(Math.abs(actual - expected)).toBeLessThan(2e-12 * Math.max(1, Math.abs(expected)));
    expect(logGaussHypergeometric(b, a, c, z)).toBeCloseTo(actual, 8);
  });

  test('agrees with another implementation where that one is stable', () => {
    const parameter = fc.double({ min: 0.05, max: 12, noNaN: true });
    fc.assert(
      fc.property(parameter, parameter, parameter, fc.double({ min: 0, max: 0.9, noNaN: true }), (a, b, c, z) => {
        const other = Math.log(stdlibHypergeometric(a, b, c, z));
        expect(Math.abs(logGaussHypergeometric(a, b, c, z) - other)).toBeLessThan(1e-9 * Math.max(1, other));
      }),
    );
  });

  test('has closed forms that it keeps', () => {
    expect(logGaussHypergeometric(3, 4, 5, 0)).toBe(0);
    // ₂F₁(a, b; b; z) = (1 − z)^−a
    expect(logGaussHypergeometric(30_000, 7, 7, 0.6)).toBeCloseTo(-30_000 * Math.log(0.4), 7);
    // ₂F₁(1, 1; 2; z) = −log(1 − z) / z
    expect(logGaussHypergeometric(1, 1, 2, 0.9)).toBeCloseTo(Math.log(-Math.log(0.1) / 0.9), 13);
  });

  test('takes small parameters of either sign beside a large c', () => {
    // By mpmath.
    expect(logGaussHypergeometric(-0.5, -0.25, 100, 0.9)).toBeCloseTo(0.001126259907216095, 15);
    expect(isSmallBeside(16, 1, -1)).toBe(true);
    expect(isSmallBeside(15.9, 1, -1)).toBe(false);
  });

  test('refuses what it cannot sum', () => {
    for (const [a, b, c, z, field] of [
      [0, 1, 1, 0.5, 'a'],
      [1, -1, 1, 0.5, 'b'],
      [1, 1, 0, 0.5, 'c'],
      [1, 1, 1, 1, 'z'],
      [1, 1, 1, -0.1, 'z'],
      [Number.NaN, 1, 1, 0.1, 'a'],
      [1, 1, 1, Number.NaN, 'z'],
    ] as const) {
      expect(() => logGaussHypergeometric(a, b, c, z)).toThrow(expect.objectContaining({ field }));
    }
  });
});
