import { describe, expect, test } from '@jest/globals';
import { basisPointsOf, isCurrency, minorUnitsOf, moneyText, percentText } from './money-text.ts';

describe('a typed amount', () => {
  test.each([
    ['6200.50', 'USD', 620_050],
    ['12,500', 'USD', 1_250_000],
    [' 1 234.5 ', 'EUR', 123_450],
    ['1500', 'JPY', 1_500],
    ['1.234', 'KWD', 1_234],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
    ['0', 'USD', 0],
  ])('“%s” %s is %i minor units', (typed, currency, minorUnits) => {
    expect(minorUnitsOf(typed, currency)).toBe(minorUnits);
  });

  test.each([
    ['', 'USD'],
    ['twelve', 'USD'],
    ['-5', 'USD'],
    ['1.234', 'USD'],
    ['1500.5', 'JPY'],
    ['90071992547409.92', 'USD'],
    ['1e3', 'USD'],
  ])('“%s” %s is none', (typed, currency) => {
    expect(minorUnitsOf(typed, currency)).toBeUndefined();
  });

  test.each([
    [1_234_567, 'EUR', '12345.67'],
    [5, 'USD', '0.05'],
    [1_500, 'JPY', '1500'],
  ])('of %i minor units of %s is edited as “%s”, and read back as the same', (minorUnits, currency, text) => {
    expect(moneyText(minorUnits, currency)).toBe(text);
    expect(minorUnitsOf(text, currency)).toBe(minorUnits);
  });

  test('is in a currency of three capital letters', () => {
    expect(['USD', 'usd', 'US', 'DOLLAR'].map(isCurrency)).toEqual([true, false, false, false]);
  });
});

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
