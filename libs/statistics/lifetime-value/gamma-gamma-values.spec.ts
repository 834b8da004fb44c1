import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { expectedMeanValue, populationMeanValue } from './gamma-gamma-values.ts';

/** Fader and Hardie (2013), table 1. */
const cdnow = { p: 6.25, q: 3.74, v: 15.44 };

describe('the mean value of a purchase', () => {
  test('of a random customer is that of the paper', () => {
    expect(populationMeanValue(cdnow)).toBeCloseTo(35.219, 3);
  });

  test('of a customer is drawn from what was seen towards the mean', () => {
    // By hand: 6.25 · (15.44 + 2 · 22.35) / (6.25 · 2 + 3.74 − 1).
    expect(expectedMeanValue(cdnow, { frequency: 2, meanValue: 22.35 })).toBeCloseTo(375.875 / 15.24, 12);
  });

  test('of a customer who never came back is that of anybody', () => {
    expect(expectedMeanValue(cdnow, { frequency: 0, meanValue: null })).toBe(populationMeanValue(cdnow));
    expect(expectedMeanValue(cdnow, { frequency: 0, meanValue: 0 })).toBe(populationMeanValue(cdnow));
  });

  test('of a customer lies between the own and that of anybody, nearer to the own with each purchase', () => {
    const population = populationMeanValue(cdnow)!;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (frequency, meanValue) => {
          const expected = expectedMeanValue(cdnow, { frequency, meanValue })!;
          const slack = 1e-9 * Math.max(population, meanValue);
          expect(expected).toBeGreaterThanOrEqual(Math.min(meanValue, population) - slack);
          expect(expected).toBeLessThanOrEqual(Math.max(meanValue, population) + slack);
          const later = expectedMeanValue(cdnow, { frequency: frequency + 1, meanValue })!;
          expect(Math.abs(later - meanValue)).toBeLessThanOrEqual(Math.abs(expected - meanValue) + slack);
        },
      ),
    );
  });

  test('does not exist where values spread too far, but may for who has bought', () => {
    const spread = { p: 2, q: 0.5, v: 10 };
    expect(populationMeanValue(spread)).toBeNull();
    expect(populationMeanValue({ ...spread, q: 1 })).toBeNull();
    expect(expectedMeanValue(spread, { frequency: 0, meanValue: null })).toBeNull();
    expect(expectedMeanValue(spread, { frequency: 1, meanValue: 20 })).toBe(40);
    expect(expectedMeanValue({ p: 0.1, q: 0.5, v: 10 }, { frequency: 1, meanValue: 20 })).toBeNull();
    expect(populationMeanValue({ p: 1e300, q: 1 + 1e-10, v: 1e10 })).toBeNull();
  });

  test.each([
    [{ ...cdnow, q: 0 }, { frequency: 0, meanValue: null }, 'q'],
    [{ ...cdnow, v: Number.NaN }, { frequency: 0, meanValue: null }, 'v'],
    [cdnow, { frequency: -1, meanValue: 1 }, 'customer.frequency'],
    [cdnow, { frequency: 1.5, meanValue: 1 }, 'customer.frequency'],
    [cdnow, { frequency: 1, meanValue: -1 }, 'customer.meanValue'],
    [cdnow, { frequency: 1, meanValue: null }, 'customer.meanValue'],
    [cdnow, { frequency: 1, meanValue: Number.POSITIVE_INFINITY }, 'customer.meanValue'],
    [cdnow, { frequency: 0, meanValue: 3 }, 'customer.meanValue'],
  ])('is refused of %j and %j', (parameters, customer, field) => {
    expect(() => expectedMeanValue(parameters, customer)).toThrow(expect.objectContaining({ field }));
  });
});
