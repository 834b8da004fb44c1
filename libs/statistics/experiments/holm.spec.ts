import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { holmAdjusted } from './holm.ts';

describe("Holm's correction", () => {
  test('is as R gives it', () => {
    // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"): 0.03 0.06 0.06 0.02
    const adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((pValue, index) => {
      expect(adjusted[index]).toBeCloseTo(pValue, 15);
    });
  });

  test('leaves a single p-value alone', () => {
    expect(holmAdjusted([0.04])).toEqual([0.04]);
  });

  test('raises no p-value above 1, lowers none, and keeps their order wherever they stand', () => {
    const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(pValues, (given) => {
        const adjusted = holmAdjusted(given);
        const turned = holmAdjusted(given.toReversed()).toReversed();
        expect(turned).toEqual(adjusted);
        given.forEach((pValue, index) => {
          expect(adjusted[index]).toBeGreaterThanOrEqual(pValue);
          expect(adjusted[index]).toBeLessThanOrEqual(1);
          const larger = adjusted.filter((_, place) => given[place]! > pValue);
          expect(larger.every((other) => other >= adjusted[index]!)).toBe(true);
        });
      }),
    );
  });

  test('is refused for what is no p-value', () => {
    expect(() => holmAdjusted([])).toThrow('pValues');
    expect(() => holmAdjusted([0.5, 1.1])).toThrow('pValues[1]');
  });
});
