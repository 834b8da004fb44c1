import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Arm } from './arm.ts';
import { conversionDifference } from './conversion-difference.ts';

const arms = fc
  .tuple(fc.integer({ min: 1, max: 3000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([subjects, share]): Arm => ({ subjects, conversions: Math.round(subjects * share) }));

describe('the difference of two conversion rates', () => {
  test.each([
    [56, 70, 48, 80, 0.2, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.6, 0.1705, 0.809],
    [6, 7, 2, 7, 0.5714, 0.0582, 0.8062],
    [5, 56, 0, 29, 0.0893, -0.0381, 0.1926],
    [0, 10, 0, 20, 0, -0.1611, 0.2775],
    [0, 10, 0, 10, 0, -0.2775, 0.2775],
    [10, 10, 0, 20, 1, 0.6791, 1],
    [10, 10, 0, 10, 1, 0.6075, 1],
  ])('has the interval published for %i of %i less %i of %i', (k1, n1, k2, n2, difference, lower, upper) => {
    const answer = conversionDifference({ conversions: k2, subjects: n2 }, { conversions: k1, subjects: n1 });
    expect(answer.difference).toBeCloseTo(difference, 4);
    expect(answer.interval.lower).toBeCloseTo(lower, 4);
    expect(answer.interval.upper).toBeCloseTo(upper, 4);
  });

  test('changes its sign when the arms change places', () => {
    fc.assert(
      fc.property(arms, arms, (control, variant) => {
        const [one, other] = [conversionDifference(control, variant), conversionDifference(variant, control)];
        expect(one.difference + other.difference).toBe(0);
        expect(one.interval.lower).toBeCloseTo(-other.interval.upper, 12);
        expect(one.interval.upper).toBeCloseTo(-other.interval.lower, 12);
      }),
    );
  });

  test('lies in its interval, which widens with the level', () => {
    fc.assert(
      fc.property(arms, arms, (control, variant) => {
        const { difference, interval } = conversionDifference(control, variant, 0.9);
        const wider = conversionDifference(control, variant, 0.99).interval;
        const inOrder = [-1, wider.lower, interval.lower, difference, interval.upper, wider.upper, 1];
        expect(inOrder).toEqual(inOrder.toSorted((left, right) => left - right));
      }),
    );
  });

  test('is refused for counts that cannot be', () => {
    const right = { subjects: 10, conversions: 1 };
    expect(() => conversionDifference({ subjects: 0, conversions: 0 }, right)).toThrow('control.subjects');
    expect(() => conversionDifference(right, { subjects: 10, conversions: 11 })).toThrow('variant.conversions');
    expect(() => conversionDifference(right, { subjects: 10, conversions: 0.5 })).toThrow('whole');
  });
});
