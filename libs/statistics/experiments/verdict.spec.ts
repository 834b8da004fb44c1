import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { judgeExperiment, type Experiment, type NamedArm } from './verdict.ts';

function arm(name: string, conversions: number, subjects: number): NamedArm {
  return { name, conversions, subjects };
}

/** An experiment with one variant, `b`, against the control `a`. */
function judged(
  control: readonly [number, number],
  variant: readonly [number, number],
  more: Partial<Experiment> = {},
) {
  const experiment = { control: arm('a', ...control), variants: [arm('b', ...variant)], smallestDifference: 0.01 };
  return judgeExperiment({ ...experiment, ...more }).comparisons[0]!;
}

describe('the verdict on an experiment', () => {
  test('is that the variant is better, with the figures for it', () => {
    const { verdict, test: used, pValue } = judged([150, 10_000], [230, 10_000]);
    expect(verdict.code).toBe('variant_better');
    expect(verdict.text).toBe(
      'b converts better than a: +0.80 percentage points (between +0.42 and +1.18 percentage points, p < 0.0001).',
    );
    expect(used).toBe('two_proportion_z');
    expect(pValue).toBeCloseTo(3.42097e-5, 9);
  });

  test('is that it is worse when the arms change places', () => {
    const { verdict, difference } = judged([230, 10_000], [150, 10_000]);
    expect(verdict.code).toBe('variant_worse');
    expect(verdict.text).toContain('−0.80 percentage points');
    expect(difference).toBeCloseTo(-0.008, 12);
  });

  test('is that no difference is shown where one worth knowing would have been', () => {
    const { verdict, powerForSmallestDifference } = judged([1000, 20_000], [1010, 20_000]);
    expect(verdict.code).toBe('no_difference_shown');
    expect(verdict.text).toContain('does not prove');
    expect(powerForSmallestDifference).toBeGreaterThan(0.98);
  });

  test('is that there is not enough data where it would not', () => {
    const { verdict, powerForSmallestDifference } = judged([100, 2000], [101, 2000]);
    expect(verdict.code).toBe('not_enough_data');
    expect(verdict.text).toContain(`${(powerForSmallestDifference * 100).toFixed(0)} %`);
    expect(judged([0, 3], [0, 4]).verdict.code).toBe('not_enough_data');
    expect(judged([3, 3], [4, 4]).verdict.code).toBe('not_enough_data');
  });

  test('waits for the subjects that were planned', () => {
    const planned = { plannedSubjects: 10_001 };
    expect(judged([150, 10_000], [230, 10_000], planned).verdict).toMatchObject({
      code: 'not_enough_data',
      text: expect.stringContaining('planned'),
    });
    expect(judged([150, 10_000], [230, 10_000], { plannedSubjects: 10_000 }).verdict.code).toBe('variant_better');
  });

  test('is void where the subjects did not fall as planned', () => {
    const { verdict } = judged([150, 10_000], [230, 10_800]);
    expect(verdict.code).toBe('sample_ratio_broken');
    expect(verdict.text).toContain('must not be compared');
    const weighted = judgeExperiment({
      control: { ...arm('a', 150, 10_000), weight: 100 },
      variants: [{ ...arm('b', 230, 10_800), weight: 108 }],
      smallestDifference: 0.01,
    });
    expect(weighted.comparisons[0]!.verdict.code).toBe('variant_better');
  });

  test('goes by the exact test where a count of less than 5 is expected', () => {
    const few = judged([2, 100], [7, 100]);
    expect(few.test).toBe('fisher_exact');
    expect(few.whyThisTest).toBe('The smallest expected count is 4.5, below 5, so that only the exact test is right.');
    expect(few.pValue).toBeCloseTo(0.1697202775667877, 12);
    expect(judged([3, 100], [7, 100]).test).toBe('two_proportion_z');
    expect(judged([100, 100], [97, 100]).test).toBe('fisher_exact');
  });

  test('on several variants takes their number into account', () => {
    const control = arm('a', 1000, 20_000);
    const good = arm('b', 1100, 20_000);
    const alone = judgeExperiment({ control, variants: [good], smallestDifference: 0.01 }).comparisons;
    expect(alone[0]!.verdict.code).toBe('variant_better');
    const variants = [good, arm('c', 1005, 20_000), arm('d', 990, 20_000)];
    const { comparisons } = judgeExperiment({ control, variants, smallestDifference: 0.01 });
    expect(comparisons.map(({ verdict }) => verdict.code)).toEqual(Array(3).fill('no_difference_shown'));
    expect(comparisons[0]!.adjustedPValue).toBeCloseTo(3 * alone[0]!.pValue, 12);
    expect(comparisons[0]!.powerForSmallestDifference).toBeLessThan(alone[0]!.powerForSmallestDifference);
  });

  test('does not depend on the order of the variants, and has no figure that is none', () => {
    const counts = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }));
    fc.assert(
      fc.property(fc.array(counts, { minLength: 2, maxLength: 5 }), (all) => {
        const arms = all.map(([conversions, others], index) => arm(`${index}`, conversions, conversions + others + 1));
        const [control, ...variants] = arms as [NamedArm, ...NamedArm[]];
        const ask = (of: readonly NamedArm[]) => judgeExperiment({ control, variants: of, smallestDifference: 0.02 });
        const answer = ask(variants);
        expect(ask(variants.toReversed()).comparisons.toReversed()).toEqual(answer.comparisons);
        expect(JSON.stringify(answer)).not.toMatch(/NaN|null|Infinity/);
      }),
    );
  });

  test('is refused for an experiment that is none', () => {
    expect(() => judged([0, 0], [1, 2])).toThrow('control.subjects');
    expect(() => judged([0, 1], [3, 2])).toThrow('variants[0].conversions');
    expect(() => judged([0, 1], [1, 2], { variants: [] })).toThrow(expect.objectContaining({ code: 'empty' }));
    expect(() => judged([0, 1], [1, 2], { variants: [arm('a', 1, 2)] })).toThrow('name of their own');
    expect(() => judged([0, 1], [1, 2], { smallestDifference: 0 })).toThrow('smallestDifference');
    expect(() => judged([0, 1], [1, 2], { level: 95 })).toThrow('level');
  });
});
