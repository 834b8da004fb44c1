import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { negativeLogLikelihood } from './gamma-gamma-likelihood.ts';

const buyer = fc.record({
  frequency: fc.integer({ min: 1, max: 30 }),
  meanValue: fc.double({ min: 0.01, max: 1_000, noNaN: true }),
});
const logarithm = fc.double({ min: -2, max: 3, noNaN: true });
const point = fc.tuple(logarithm, logarithm, logarithm);

describe('the likelihood of the Gamma–Gamma model', () => {
  test('is that of a scaled F distribution for one purchase', () => {
    // p = 1: the density of z is q v^q / (v + z)^(q + 1), by hand.
    const [q, v, z] = [3, 10, 5];
    const { value } = negativeLogLikelihood([{ frequency: 1, meanValue: z }])([0, Math.log(q), Math.log(v)]);
    expect(-value).toBeCloseTo(Math.log((q * v ** q) / (v + z) ** (q + 1)), 12);
  });

  test('integrates to one over the mean value', () => {
    const density = (z: number): number =>
      Math.exp(-negativeLogLikelihood([{ frequency: 3, meanValue: z }])([2, 4, 10].map(Math.log)).value);
    const step = 0.01;
    // In ln z, so that the long tail is covered.
    const places = Array.from({ length: 4_000 }, (_, index) => Math.exp(-15 + step * index));
    expect(places.reduce((sum, z) => sum + density(z) * z * step, 0)).toBeCloseTo(1, 6);
  });

  test('has the gradient of its finite differences', () => {
    fc.assert(
      fc.property(fc.array(buyer, { minLength: 1, maxLength: 5 }), point, (buyers, at) => {
        const likelihood = negativeLogLikelihood(buyers);
        const { gradient } = likelihood(at);
        const step = 1e-5;
        for (const [index, slope] of gradient.entries()) {
          const [above, below] = [step, -step].map((by) => likelihood(at.with(index, at[index]! + by)).value);
          const size = Math.max(1, Math.abs(slope), Math.abs(above!) * 1e-3);
          expect(Math.abs((above! - below!) / (2 * step) - slope) / size).toBeLessThan(1e-6);
        }
      }),
    );
  });

  test('comes to that of a gamma distribution where customers do not differ, without loss', () => {
    // q and v = q / 2 without bound: the mean of 3 purchases is gamma distributed with shape 12 and rate 6.
    const [z, q] = [2.5, 1e9];
    const { value, gradient } = negativeLogLikelihood([{ frequency: 3, meanValue: z }])([4, q, q / 2].map(Math.log));
    const logGamma12 = Math.log(39_916_800);
    expect(-value).toBeCloseTo(12 * Math.log(6) - logGamma12 + 11 * Math.log(z) - 6 * z, 7);
    expect(Math.abs(gradient[1]! + gradient[2]!)).toBeLessThan(1e-6);
  });
});
