import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { fitGammaGamma } from './gamma-gamma.ts';
import type { Spending } from './gamma-gamma-values.ts';

/** A gamma distributed number of whole shape: a sum of exponential ones. */
function gamma(random: RandomGenerator, shape: number, rate: number): number {
  let sum = 0;
  for (let term = 0; term < shape; term += 1) sum -= Math.log(1 - uniformFloat64(random));
  return sum / rate;
}

function simulated(customers: number, p: number, q: number, v: number, seed = 1): readonly Spending[] {
  const random = xoroshiro128plus(seed);
  return Array.from({ length: customers }, (_, index) => {
    const frequency = index % 6;
    if (frequency === 0) return { frequency, meanValue: null };
    return { frequency, meanValue: gamma(random, p * frequency, gamma(random, q, v) * frequency) };
  });
}

const shop = simulated(3_000, 4, 5, 60);

describe('a fit of the Gamma–Gamma model', () => {
  const fit = fitGammaGamma(shop);

  test('finds the parameters that made the data, within their errors', () => {
    expect(fit).toMatchObject({ converged: true, starts: 5, startsAgreeing: 5 });
    for (const [name, truth] of [
      ['p', 4],
      ['q', 5],
      ['v', 60],
    ] as const) {
      const { value, standardError, identification } = fit.estimates[name];
      expect(value).toBe(fit.parameters[name]);
      expect(Math.abs(value - truth)).toBeLessThan(3 * standardError!);
      expect(standardError!).toBeLessThan(truth / 4);
      expect(identification).toBe('identified');
    }
    const { p, q, v } = fit.parameters;
    expect(fit.populationMeanValue).toBeCloseTo((p * v) / (q - 1), 9);
  });

  test('counts whom it leaves out', () => {
    expect(fit.customers).toEqual({ fitted: 2_500, oneTime: 500, withoutValue: 0 });
    const withGifts = fitGammaGamma([...shop, { frequency: 3, meanValue: 0 }, { frequency: 0, meanValue: 0 }]);
    expect(withGifts).toMatchObject({
      parameters: fit.parameters,
      customers: { fitted: 2_500, oneTime: 501, withoutValue: 1 },
    });
  });

  test('checks that frequency and value are independent', () => {
    expect(fit.independence).toMatchObject({ verdict: 'holds', correlation: { pairs: 2_500 } });
  });

  test('follows the unit of money in v alone', () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 9, noNaN: true }), (magnitude) => {
        const scale = 10 ** magnitude;
        const scaled = fitGammaGamma(
          shop.map(({ frequency, meanValue }) => ({ frequency, meanValue: meanValue && meanValue * scale })),
        );
        expect(scaled.parameters.p / fit.parameters.p).toBeCloseTo(1, 7);
        expect(scaled.parameters.q / fit.parameters.q).toBeCloseTo(1, 7);
        expect(scaled.parameters.v / (fit.parameters.v * scale)).toBeCloseTo(1, 7);
        expect(scaled.estimates.v.standardError! / (fit.estimates.v.standardError! * scale)).toBeCloseTo(1, 5);
        expect(scaled.logLikelihood).toBeCloseTo(fit.logLikelihood - 2_500 * Math.log(scale), 5);
      }),
      { numRuns: 5 },
    );
  });

  test('is the same whatever the order of the customers', () => {
    const shuffled = shop.toSorted((left, right) => (left.meanValue ?? 0) - (right.meanValue ?? 0));
    const other = fitGammaGamma(shuffled);
    expect(other.logLikelihood / fit.logLikelihood).toBeCloseTo(1, 8);
    for (const name of ['p', 'q', 'v'] as const) {
      expect(other.parameters[name] / fit.parameters[name]).toBeCloseTo(1, 8);
    }
  });
});

describe('a fit of the Gamma–Gamma model that data cannot settle', () => {
  test('says that customers do not differ', () => {
    const random = xoroshiro128plus(3);
    // The means of many purchases lie even nearer to each other than chance would have it.
    const alike = Array.from({ length: 400 }, (_, index) => {
      const frequency = 1 + (index % 5);
      return { frequency, meanValue: gamma(random, 4 * frequency ** 2, frequency ** 2 / 5) };
    });
    const fit = fitGammaGamma(alike);
    const { p, q, v } = fit.estimates;
    expect(p.identification).toBe('identified');
    for (const { verdict, standardError } of [q, v]) {
      expect(verdict).toMatch(/is not identified: customers do not differ/);
      expect(standardError).toBeNull();
    }
    expect(fit.populationMeanValue).toBeGreaterThan(15);
    expect(fit.populationMeanValue).toBeLessThan(25);
  });

  test('says that purchases of one customer do not differ', () => {
    // The means of many purchases lie no nearer to each other than single ones do.
    const random = xoroshiro128plus(4);
    const loyal = Array.from({ length: 300 }, (_, index) => {
      const frequency = 1 + (index % 40);
      const shape = 3 + Math.round(40 / frequency);
      return { frequency, meanValue: 1 / gamma(random, shape, 30 * (shape - 1)) };
    });
    const { estimates, populationMeanValue } = fitGammaGamma(loyal);
    expect(estimates.q.identification).toBe('identified');
    for (const { verdict } of [estimates.p, estimates.v]) {
      expect(verdict).toMatch(/is not identified: purchases of one customer do not differ/);
    }
    expect(populationMeanValue).toBeGreaterThan(20);
  });

  test('says where no mean value exists, and never a number without end', () => {
    const wild = Array.from({ length: 300 }, (_, index) => ({
      frequency: 1 + (index % 3),
      meanValue: Math.exp(20 * ((index * 0.618_033_988_749_895) % 1)),
    }));
    const fit = fitGammaGamma(wild);
    expect(fit.parameters.q).toBeLessThan(1);
    expect(fit.populationMeanValue).toBeNull();
  });

  test('answers with finite numbers, whatever it is given', () => {
    const anyone = fc.record({
      frequency: fc.integer({ min: 0, max: 50 }),
      meanValue: fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(anyone, { minLength: 10, maxLength: 30 }), (drawn) => {
        const customers = drawn.map((one) => (one.frequency === 0 ? { ...one, meanValue: null } : one));
        fc.pre(customers.filter(({ frequency }) => frequency > 0).length >= 3);
        const notFinite: unknown[] = [];
        JSON.stringify(fitGammaGamma(customers), (_, value: unknown) => {
          if (typeof value === 'number' && !Number.isFinite(value)) notFinite.push(value);
          return value;
        });
        expect(notFinite).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['empty', []],
    ['too_few', [{ frequency: 3, meanValue: 5 }]],
    ['too_few', shop.map(() => ({ frequency: 2, meanValue: 0 }))],
    ['too_few', shop.map(() => ({ frequency: 0, meanValue: null }))],
    ['no_variation', shop.map(() => ({ frequency: 2, meanValue: 5 }))],
  ] as const)('is refused as %s', (code, customers) => {
    expect(() => fitGammaGamma(customers)).toThrow(expect.objectContaining({ code, field: 'customers' }));
  });

  test('names the customer whose figures cannot be', () => {
    expect(() => fitGammaGamma([...shop.slice(0, 5), { frequency: 1, meanValue: -2 }])).toThrow(
      'customers[5].meanValue must be at least 0, not -2.',
    );
  });
});
