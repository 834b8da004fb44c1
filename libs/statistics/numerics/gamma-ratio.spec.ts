import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { digammaDifference, logGammaRatio } from './gamma-ratio.ts';

const moderate = fc.double({ min: 1e-3, max: 100, noNaN: true });

describe('ratios of gamma functions', () => {
  test('are what they are taken apart, where that is exact', () => {
    fc.assert(
      fc.property(moderate, moderate, (a, by) => {
        const size = Math.max(1, Math.abs(gammaln(a + by)));
        expect(Math.abs(logGammaRatio(a, by) - (gammaln(a + by) - gammaln(a))) / size).toBeLessThan(1e-13);
        const scale = Math.max(1, 1 / a);
        expect(Math.abs(digammaDifference(a, by) - (digamma(a + by) - digamma(a))) / scale).toBeLessThan(1e-13);
      }),
    );
  });

  test('are products and sums where the numbers differ by whole ones', () => {
    for (const a of [15.9, 16, 1e3, 1e8, 1e15]) {
      const terms = [0, 1, 2, 3, 4].map((index) => a + index);
      const logarithm = terms.reduce((sum, term) => sum + Math.log(term), 0);
      const difference = terms.reduce((sum, term) => sum + 1 / term, 0);
      expect(Math.abs(logGammaRatio(a, 5) / logarithm - 1)).toBeLessThan(1e-14);
      expect(Math.abs(digammaDifference(a, 5) / difference - 1)).toBeLessThan(1e-13);
    }
  });

  test('are not finite of what is no number', () => {
    expect(logGammaRatio(Number.NaN, 1)).toBeNaN();
    expect(digammaDifference(20, Number.NaN)).toBeNaN();
  });
});
