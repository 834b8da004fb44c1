import { describe, expect, test } from '@jest/globals';
import { basisPoints, multiple, plus, rounded, roundedUp, times, toNumber } from './fraction.ts';

describe('a fraction', () => {
  test('rounds halves to the even number', () => {
    const halves = [-3n, -1n, 1n, 3n, 5n].map((numerator) => rounded({ numerator, denominator: 2n }));
    expect(halves).toEqual([-2, 0, 0, 2, 2]);
  });

  test('rounds up only what is not whole', () => {
    expect(roundedUp({ numerator: 8n, denominator: 4n })).toBe(2);
    expect(roundedUp({ numerator: 9n, denominator: 4n })).toBe(3);
  });

  test('multiplies and adds without loss', () => {
    const chance = times(times(basisPoints(5_000), basisPoints(8_000)), basisPoints(9_000));
    expect(toNumber(chance)).toBe(0.36);
    const thirds = Array.from({ length: 3 }, () => ({ numerator: 1n, denominator: 3n })).reduce(plus);
    expect(rounded(multiple(thirds, Number.MAX_SAFE_INTEGER))).toBe(Number.MAX_SAFE_INTEGER);
  });
});
