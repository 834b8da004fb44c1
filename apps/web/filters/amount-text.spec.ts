import { describe, expect, test } from '@jest/globals';
import { amountText, digitsOf, minorUnitsOf } from './amount-text.ts';

describe('an amount as people write it', () => {
  test.each([
    ['12,500.5', 'USD', 1_250_050],
    ['12，500', 'CNY', 1_250_000],
    ['1 000', 'JPY', 1_000],
    ['3.', 'USD', 300],
    ['0.05', 'USD', 5],
  ])('“%s” %s is %i minor units', (text, currency, minorUnits) => {
    expect(minorUnitsOf(text, currency)).toBe(minorUnits);
  });

  test.each([
    ['twelve', 'USD'],
    ['', 'USD'],
    ['1.005', 'USD'],
    ['1.5', 'JPY'],
    ['.5', 'USD'],
    ['90071992547409.92', 'USD'],
  ])('“%s” %s is none', (text, currency) => {
    expect(minorUnitsOf(text, currency)).toBeUndefined();
  });

  test.each([
    [1_250_000, 'USD', '12500'],
    [1_250_050, 'USD', '12500.50'],
    [5, 'USD', '0.05'],
    [1_000, 'JPY', '1000'],
    [0, 'USD', '0'],
  ])('is of %i minor units of %s “%s”', (minorUnits, currency, text) => {
    expect(amountText(minorUnits, currency)).toBe(text);
    expect(minorUnitsOf(text, currency)).toBe(minorUnits);
  });

  test('has the digits of its currency', () => {
    expect(['USD', 'JPY', 'KWD'].map(digitsOf)).toEqual([2, 0, 3]);
  });
});
