import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Arm } from './arm.ts';
import { sequentialTest, type Look } from './sequential-test.ts';
import { twoProportionZTest } from './two-proportion-z-test.ts';

function look(control: readonly [number, number], variant: readonly [number, number]): Look {
  const arm = ([conversions, subjects]: readonly [number, number]): Arm => ({ conversions, subjects });
  return { control: arm(control), variant: arm(variant) };
}

/** What is counted after each further batch of subjects in both arms, with true rates in hundredths. */
function watched(seed: number, rates: readonly [control: number, variant: number], batches: number): readonly Look[] {
  const random = xoroshiro128plus(seed);
  const counts: [number, number] = [0, 0];
  return Array.from({ length: batches }, (_, index) => {
    for (let subject = 0; subject < 100; subject++)
      for (const arm of [0, 1] as const) if (uniformInt(random, 1, 100) <= rates[arm]) counts[arm]++;
    const subjects = (index + 1) * 100;
    return look([counts[0], subjects], [counts[1], subjects]);
  });
}

const growth = fc
  .array(fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 200 }))), {
    minLength: 1,
    maxLength: 20,
  })
  .map((steps) => {
    const sums = [0, 0, 0, 0];
    return steps.map((step) => {
      step.forEach((more, index) => (sums[index]! += more + (index % 2)));
      const [k1, n1, k2, n2] = sums as [number, number, number, number];
      return look([k1, k1 + n1], [k2, k2 + n2]);
    });
  });

describe('a test that may be looked at any time', () => {
  test.each([
    [look([50, 1000], [70, 1000]), 0.5959015638773162],
    [look([500, 10_000], [600, 10_000]), 0.041677574037837374],
    [look([100, 1000], [150, 1100]), 0.39684740117732026],
  ])('is one over the likelihood integrated over the mixture, of %j', (counts, pValue) => {
    expect(sequentialTest([counts]).pValue).toBeCloseTo(pValue, 9);
  });

  test('never has a p-value that rises, nor one outside of 0 and 1', () => {
    fc.assert(
      fc.property(growth, (looks) => {
        const { pValues, pValue } = sequentialTest(looks);
        expect(pValues).toHaveLength(looks.length);
        expect(pValues).toEqual(pValues.toSorted((left, right) => right - left));
        expect(pValue).toBe(pValues.at(-1));
        expect(pValues.every((each) => each >= 0 && each <= 1)).toBe(true);
      }),
    );
  });

  test('does not mind which arm is which', () => {
    fc.assert(
      fc.property(growth, (looks) => {
        const swapped = looks.map(({ control, variant }) => ({ control: variant, variant: control }));
        expect(sequentialTest(swapped).pValue).toBeCloseTo(sequentialTest(looks).pValue, 12);
      }),
    );
  });

  test('keeps its promise where the same p-value of a usual test breaks it', () => {
    const experiments = Array.from({ length: 400 }, (_, seed) => watched(seed + 1, [10, 10], 100));
    const alarms = experiments.filter((looks) => sequentialTest(looks).pValue <= 0.05).length;
    const usual = experiments.filter((looks) =>
      looks.slice(1).some(({ control, variant }) => twoProportionZTest(control, variant).pValue <= 0.05),
    ).length;
    expect(alarms / 400).toBeLessThanOrEqual(0.05);
    expect(usual / 400).toBeGreaterThan(0.2);
  });

  test('finds a difference that is there', () => {
    const found = Array.from({ length: 50 }, (_, seed) => watched(seed + 1, [10, 13], 100)).filter(
      (looks) => sequentialTest(looks).pValue <= 0.05,
    );
    expect(found.length).toBeGreaterThanOrEqual(48);
  });

  test('does not judge by a handful, however one-sided', () => {
    expect(sequentialTest([look([0, 50], [50, 50])]).pValue).toBe(1);
    expect(sequentialTest([look([4, 5000], [400, 5000])]).pValue).toBe(1);
    expect(sequentialTest([look([5, 5000], [400, 5000])]).pValue).toBeLessThan(1e-6);
    expect(sequentialTest([look([5, 1e12], [1e12 - 5, 1e12])]).pValue).toBe(0);
  });

  test('is refused for looks that are none or lose subjects', () => {
    expect(() => sequentialTest([])).toThrow('looks');
    const shrinking = [look([1, 10], [1, 10]), look([1, 9], [1, 10])];
    expect(() => sequentialTest(shrinking)).toThrow(
      expect.objectContaining({ code: 'not_sorted', field: 'looks[1].control' }),
    );
    const converting = [look([1, 10], [1, 10]), look([1, 10], [3, 11])];
    expect(() => sequentialTest(converting)).toThrow('looks[1].variant');
    expect(() => sequentialTest([look([1, 10], [1, 10])], 0)).toThrow('mixingVariance');
  });
});
