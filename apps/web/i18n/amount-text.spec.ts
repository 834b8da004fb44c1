import { describe, expect, test } from '@jest/globals';
import { amountText, isCurrency, minorUnitsOf } from './amount-text.ts';

describe('an amount as people write it', () => {
  test.each([
    ['12,500.5', 'USD', 1_250_050],
    ['12，500', 'CNY', 1_250_000],
    [' 1 234.5 ', 'EUR', 123_450],
    ['1 000', 'JPY', 1_000],
    ['1_000', 'JPY', 1_000],
    ['1.234', 'KWD', 1_234],
    ['3.', 'USD', 300],
    ['1,234,567', 'USD', 123_456_700],
    ['1\u202f234\u202f567.8', 'EUR', 123_456_780],
    ['0.05', 'USD', 5],
    ['0', 'USD', 0],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
  ])('“%s” %s is %i minor units', (text, currency, minorUnits) => {
    expect(minorUnitsOf(text, currency)).toBe(minorUnits);
  });

  test.each([
    ['twelve', 'USD'],
    ['', 'USD'],
    ['-5', 'USD'],
    ['1234,56', 'USD'],
    ['12,34', 'USD'],
    ['1,5', 'USD'],
    ['1,2345', 'USD'],
    ['1234,567', 'USD'],
    ['1,234 567', 'USD'],
    ['1.234,56', 'EUR'],
    ['1e3', 'USD'],
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
    [1_234_567, 'EUR', '12345.67'],
    [5, 'USD', '0.05'],
    [1_000, 'JPY', '1000'],
    [1_234, 'KWD', '1.234'],
    [0, 'USD', '0'],
  ])('is of %i minor units of %s “%s”, and read back as the same', (minorUnits, currency, text) => {
    expect(amountText(minorUnits, currency)).toBe(text);
    expect(minorUnitsOf(text, currency)).toBe(minorUnits);
  });

  test('has two digits after its point while its currency is not typed whole', () => {
    expect(minorUnitsOf('12.5', 'U')).toBe(1_250);
  });

  test('is in a currency of three capital letters', () => {
    expect(['USD', 'usd', 'US', 'DOLLAR'].map(isCurrency)).toEqual([true, false, false, false]);
  });
});
