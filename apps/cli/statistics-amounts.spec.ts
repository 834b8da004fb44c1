import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { collectAmounts, inFileUnit } from './statistics-amounts.ts';

function minorUnitsOf(texts: readonly string[], decimals?: number) {
  const amounts = collectAmounts(decimals);
  for (const text of texts) expect(typeof amounts.add(text)).toBe('number');
  const found = amounts.inMinorUnits();
  return found && { ...found, amounts: [...found.amounts] };
}

describe('amounts of a file', () => {
  test('are kept exactly, with as many decimals as any of them has', () => {
    expect(minorUnitsOf(['12', '0.07', '-1.005', '4.', '+2.50', '-0', '.5', '1e3', '2E-3'])).toEqual({
      amounts: [12_000, 70, -1_005, 4_000, 2_500, 0, 500, 1_000_000, 2],
      decimals: 3,
      rounded: 0,
    });
  });

  test('are rounded where decimals are asked for, halves to even, and that is counted', () => {
    const texts = ['29.330000000000002', '0.125', '-0.135', '1.015', '1.005', '1.5', '2.1000', '3'];
    expect(minorUnitsOf(texts, 2)).toEqual({
      amounts: [2_933, 12, -14, 102, 100, 150, 210, 300],
      decimals: 2,
      rounded: 5,
    });
  });

  test('that have too many decimals are rounded to as many as keep the sum exact', () => {
    expect(minorUnitsOf(['35.21897810218978', '29.330000000000002'])).toEqual({
      amounts: [352_189_781_021_898, 293_300_000_000_000],
      decimals: 13,
      rounded: 2,
    });
    expect(minorUnitsOf(['90071992547409', '0.125'])).toEqual({
      amounts: [900_719_925_474_090, 1],
      decimals: 1,
      rounded: 1,
    });
  });

  test.each(['', 'x', '1,5', '.', 'e3', 'NaN', 'Infinity', '1.2.3', '--1', '0x10', '1 000', '$5'])(
    'are none as %j',
    (text) => {
      expect(collectAmounts().add(text)).toBe(`"${text}" is no amount such as 1234.56.`);
    },
  );

  test('cannot be kept where even their whole sum is too large to be exact', () => {
    expect(minorUnitsOf(['9007199254740993'])).toBeUndefined();
    expect(minorUnitsOf(['1000000000000', '1'], 12)).toBeUndefined();
  });

  test('come back as they were written', () => {
    const some = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 3_000 });
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 6 }), (minorUnits, decimals) => {
        const written = minorUnits.map((amount) => String(inFileUnit(amount, decimals)));
        const found = minorUnitsOf(written)!;
        expect(found.amounts.map((amount) => String(inFileUnit(amount, found.decimals)))).toEqual(written);
        expect(found.rounded).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});
