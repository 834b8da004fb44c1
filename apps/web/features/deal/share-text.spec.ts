import { describe, expect, test } from '@jest/globals';
import { basisPointsOf, percentText } from './share-text.ts';

describe('a typed share', () => {
  test.each([
    ['33.33', 3_333],
    ['66,67 %', 6_667],
    ['50%', 5_000],
    ['100', 10_000],
    ['0.5', 50],
  ])('“%s” is %i basis points', (typed, basisPoints) => {
    expect(basisPointsOf(typed)).toBe(basisPoints);
  });

  test.each(['', '33.333', 'half', '-1'])('“%s” is none', (typed) => {
    expect(basisPointsOf(typed)).toBeUndefined();
  });

  test('is read back as it is written, for every basis point', () => {
    for (let basisPoints = 0; basisPoints <= 10_000; basisPoints += 1) {
      expect(basisPointsOf(percentText(basisPoints))).toBe(basisPoints);
    }
  });
});
