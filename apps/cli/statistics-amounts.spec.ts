import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { collectAmounts, inFileUnit } from './statistics-amounts.ts';

describe('amounts of a file', () => {
  test('are kept exactly, with as many decimals as any of them has', () => {
    const amounts = collectAmounts();
    for (const text of ['12', '0.07', '-1.005', '4.', '+2.50', '-0']) amounts.add(text);
    expect([...amounts.minorUnits()]).toEqual([12_000, 70, -1_005, 4_000, 2_500, 0]);
    expect([amounts.decimals(), amounts.rounded()]).toEqual([3, 0]);
  });

  test('are rounded where decimals are asked for, halves to even, and that is counted', () => {
    const amounts = collectAmounts(2);
    for (const text of ['29.330000000000002', '0.125', '-0.135', '1.5', '2.1000', '3']) amounts.add(text);
    expect([...amounts.minorUnits()]).toEqual([2_933, 12, -14, 150, 210, 300]);
    expect([amounts.decimals(), amounts.rounded()]).toEqual([2, 3]);
  });

  test.each(['', 'x', '1,5', '1e3', 'NaN', 'Infinity', '1.2.3', '.5', '--1', '0x10', '1 000'])(
    'are none as %j',
    (text) => {
      expect(collectAmounts().add(text)).toBe(`"${text}" is no amount such as 1234.56.`);
    },
  );

  test('are refused where they cannot be exact', () => {
    expect(collectAmounts().add('9007199254740993')).toMatch(/too large to be exact/);
    expect(collectAmounts().add('29.3300000000000021')).toMatch(/too large to be exact with 16 decimals/);
    const amounts = collectAmounts();
    amounts.add('90071992547409');
    expect(amounts.add('0.125')).toMatch(/too large to be exact/);
  });

  test('come back as they were written', () => {
    const some = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 3_000 });
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 6 }), (minorUnits, decimals) => {
        const amounts = collectAmounts();
        const written = minorUnits.map((amount) => String(inFileUnit(amount, decimals)));
        for (const text of written) expect(typeof amounts.add(text)).toBe('number');
        const back = [...amounts.minorUnits()].map((amount) => String(inFileUnit(amount, amounts.decimals())));
        expect(back).toEqual(written);
      }),
      { numRuns: 30 },
    );
  });
});
