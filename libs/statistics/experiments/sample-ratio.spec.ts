import { describe, expect, test } from '@jest/globals';
import { sampleRatioMismatch } from './sample-ratio.ts';

function split(...subjects: readonly number[]) {
  return subjects.map((each) => ({ subjects: each, weight: 1 }));
}

describe('the check of the sample ratio', () => {
  test('is as scipy has it', () => {
    const two = sampleRatioMismatch(split(821, 740));
    expect(two).toMatchObject({ verdict: 'as_planned', expected: [780.5, 780.5], degreesOfFreedom: 1 });
    expect(two.chiSquare).toBeCloseTo(4.203074951953876, 12);
    expect(two.pValue).toBeCloseTo(0.040350748823476106, 13);
    const three = sampleRatioMismatch([
      { subjects: 5000, weight: 40 },
      { subjects: 5200, weight: 40 },
      { subjects: 3100, weight: 20 },
    ]);
    expect(three).toMatchObject({ verdict: 'broken', degreesOfFreedom: 2 });
    expect(Math.abs(three.pValue / 2.680131606562539e-21 - 1)).toBeLessThan(1e-10);
  });

  test('has its threshold from who asks', () => {
    expect(sampleRatioMismatch(split(821, 740), 0.05).verdict).toBe('broken');
  });

  test('does not mind the order and the size of the weights', () => {
    const [one, other] = [
      { subjects: 700, weight: 3 },
      { subjects: 320, weight: 1 },
    ] as const;
    const { pValue } = sampleRatioMismatch([one, other]);
    expect(sampleRatioMismatch([other, one]).pValue).toBeCloseTo(pValue, 13);
    const scaled = [one, other].map(({ subjects, weight }) => ({ subjects, weight: weight * 25 }));
    expect(sampleRatioMismatch(scaled).pValue).toBeCloseTo(pValue, 13);
  });

  test('is certain of a perfect split and waits for enough subjects', () => {
    expect(sampleRatioMismatch(split(10, 10, 10, 10))).toMatchObject({ verdict: 'as_planned', pValue: 1 });
    expect(sampleRatioMismatch(split(9, 0))).toMatchObject({ verdict: 'not_enough_data' });
    expect(sampleRatioMismatch(split(20, 0))).toMatchObject({ verdict: 'broken' });
  });

  test('is refused for what is no split', () => {
    expect(() => sampleRatioMismatch(split(5))).toThrow(expect.objectContaining({ code: 'too_few' }));
    expect(() => sampleRatioMismatch(split(0, 0))).toThrow('subjects');
    expect(() => sampleRatioMismatch(split(3, -1))).toThrow('variants[1].subjects');
    expect(() => sampleRatioMismatch([...split(3), { subjects: 3, weight: 0 }])).toThrow('variants[1].weight');
  });
});
