import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Arm } from './arm.ts';
import { fisherExactTest } from './fisher-exact-test.ts';
import { smallestExpectedCount, twoProportionZTest } from './two-proportion-z-test.ts';

const arms = fc
  .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }))
  .filter(([conversions, others]) => conversions + others > 0)
  .map(([conversions, others]): Arm => ({ conversions, subjects: conversions + others }));

function arm(conversions: number, subjects: number): Arm {
  return { conversions, subjects };
}

function unconverted({ conversions, subjects }: Arm): Arm {
  return arm(subjects - conversions, subjects);
}

/** By whole numbers of any size: the sum of the products of binomials that are no larger than the one seen. */
function exactly(control: Arm, variant: Arm): number {
  const conversions = control.conversions + variant.conversions;
  const [ofControl, ofVariant] = [choices(control.subjects), choices(variant.subjects)];
  const waysOf = (count: number) => (ofControl[count] ?? 0n) * (ofVariant[conversions - count] ?? 0n);
  const seen = waysOf(control.conversions);
  const ways = Array.from({ length: control.subjects + 1 }, (_, count) => waysOf(count)).filter((all) => all <= seen);
  const scale = 10n ** 18n;
  const sum = ways.reduce((total, all) => total + all, 0n);
  return Number((sum * scale) / choices(control.subjects + variant.subjects)[conversions]!) / Number(scale);
}

/** The binomial coefficients of a number: how many ways there are to choose none, one, two, … */
function choices(from: number): readonly bigint[] {
  const ways = [1n];
  for (let count = 1; count <= from; count++) ways.push((ways[count - 1]! * BigInt(from - count + 1)) / BigInt(count));
  return ways;
}

describe("Fisher's exact test", () => {
  test('does not believe the lady tasting tea who is right three times of four', () => {
    expect(fisherExactTest(arm(3, 4), arm(1, 4)).pValue).toBeCloseTo(17 / 35, 15);
  });

  test.each([
    [arm(1, 24), arm(8, 10), 2.0781199214752838e-5],
    [arm(7, 12), arm(0, 5), 0.04411764705882353],
    [arm(10, 15), arm(4, 15), 0.06559547883437022],
    [arm(2, 1000), arm(13, 900), 0.002850615006691289],
    [arm(150, 10_000), arm(230, 10_000), 4.034721843792021e-5],
    [arm(1000, 20_000), arm(1100, 20_000), 0.026438291081825806],
  ])('is as computed in whole numbers for %j and %j', (control, variant, pValue) => {
    expect(Math.abs(fisherExactTest(control, variant).pValue / pValue - 1)).toBeLessThan(1e-11);
  });

  test('is as scipy has it where the counts are large', () => {
    const { pValue } = fisherExactTest(arm(50_000, 1_000_000), arm(50_600, 1_000_000));
    expect(pValue).toBeCloseTo(0.0526331673, 8);
    expect(fisherExactTest(arm(400_000, 100_000_000), arm(402_000, 100_000_000)).pValue).toBeCloseTo(0.0253091333, 8);
  });

  test('ends in 0 and not in something else where nothing can be less probable', () => {
    expect(fisherExactTest(arm(0, 100_000), arm(100_000, 100_000)).pValue).toBe(0);
    expect(fisherExactTest(arm(10_000_000, 10_000_000), arm(1, 1)).pValue).toBe(1);
  });

  test('is exact for any small counts', () => {
    fc.assert(
      fc.property(arms, arms, (control, variant) => {
        expect(fisherExactTest(control, variant).pValue).toBeCloseTo(exactly(control, variant), 9);
      }),
      { numRuns: 60 },
    );
  });

  test('is the same for arms and outcomes changed about, and never more than 1', () => {
    fc.assert(
      fc.property(arms, arms, (control, variant) => {
        const { pValue } = fisherExactTest(control, variant);
        expect(pValue).toBeGreaterThan(0);
        expect(pValue).toBeLessThanOrEqual(1);
        expect(fisherExactTest(variant, control).pValue).toBeCloseTo(pValue, 10);
        expect(fisherExactTest(unconverted(control), unconverted(variant)).pValue).toBeCloseTo(pValue, 10);
      }),
    );
  });

  test('is refused for counts that cannot be or are too large', () => {
    expect(() => fisherExactTest(arm(1, 0), arm(0, 1))).toThrow('control.subjects');
    expect(() => fisherExactTest(arm(1, 1e10), arm(0, 1))).toThrow(expect.objectContaining({ code: 'too_many' }));
  });
});

describe('the z test of two proportions', () => {
  test.each([
    [arm(1000, 20_000), arm(1100, 20_000), 2.2418200205745373, 0.024973006760644293],
    [arm(150, 10_000), arm(230, 10_000), 4.143465098265981, 3.4209715515134396e-5],
    [arm(56, 70), arm(48, 80), -2.6501719512585336, 0.008045081368196568],
  ])('is as computed elsewhere for %j and %j', (control, variant, z, pValue) => {
    const answer = twoProportionZTest(control, variant);
    expect(answer.z).toBeCloseTo(z, 12);
    expect(Math.abs(answer.pValue / pValue - 1)).toBeLessThan(1e-11);
  });

  test('is refused where nothing varies', () => {
    expect(() => twoProportionZTest(arm(0, 5), arm(0, 9))).toThrow(expect.objectContaining({ code: 'no_variation' }));
    expect(() => twoProportionZTest(arm(5, 5), arm(9, 9))).toThrow('all converted');
  });

  test('knows the smallest count to expect', () => {
    expect(smallestExpectedCount(arm(3, 30), arm(7, 70))).toBe(3);
    expect(smallestExpectedCount(arm(30, 30), arm(50, 70))).toBe(6);
    expect(smallestExpectedCount(arm(0, 30), arm(0, 70))).toBe(0);
  });
});
