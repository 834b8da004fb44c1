import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { splitCredit, WHOLE } from './credit-split.ts';

const yuan = (minorUnits: number) => ({ minorUnits, currency: 'CNY' });
const units = (parts: ReturnType<typeof splitCredit>) => parts.map(({ amount }) => amount.minorUnits);

/** Shares that make the whole, by cutting it in random places. */
const wholeShares = fc
  .array(fc.integer({ min: 0, max: WHOLE }), { maxLength: 20 })
  .map((cuts) => [0, ...cuts.toSorted((one, other) => one - other), WHOLE])
  .map((edges) => edges.slice(1).map((edge, index) => ({ rep: `rep-${index}`, share: edge - edges[index]! })));
const amounts = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }).map(yuan);

describe('a credit split', () => {
  test('gives each rep the share of the amount', () => {
    const shares = [
      { rep: 'ann', share: 6_000 },
      { rep: 'bo', share: 4_000 },
    ];
    expect(splitCredit(yuan(1_000), shares)).toEqual([
      { rep: 'ann', amount: yuan(600) },
      { rep: 'bo', amount: yuan(400) },
    ]);
  });

  test('gives what is left to the largest remainders', () => {
    const shares = [3_334, 3_333, 3_333].map((share, index) => ({ rep: `rep-${index}`, share }));
    expect(units(splitCredit(yuan(100), shares))).toEqual([34, 33, 33]);
    const uneven = [1_250, 1_250, 7_500].map((share, index) => ({ rep: `rep-${index}`, share }));
    expect(units(splitCredit(yuan(10), uneven))).toEqual([1, 1, 8]);
    const reversed = [5_010, 4_990].map((share, index) => ({ rep: `rep-${index}`, share }));
    expect(units(splitCredit(yuan(99), reversed))).toEqual([50, 49]);
  });

  test('gives it to the first named of equal remainders', () => {
    const halves = [5_000, 5_000].map((share, index) => ({ rep: `rep-${index}`, share }));
    expect(units(splitCredit(yuan(1), halves))).toEqual([1, 0]);
  });

  test('adds up to the amount exactly, whatever the amount and the shares', () => {
    fc.assert(
      fc.property(amounts, wholeShares, (amount, shares) => {
        const sum = units(splitCredit(amount, shares)).reduce((total, part) => total + BigInt(part), 0n);
        expect(sum).toBe(BigInt(amount.minorUnits));
      }),
    );
  });

  test('is nowhere a unit or more away from the exact share', () => {
    fc.assert(
      fc.property(amounts, wholeShares, (amount, shares) => {
        for (const [index, part] of units(splitCredit(amount, shares)).entries()) {
          const off = BigInt(part) * BigInt(WHOLE) - BigInt(amount.minorUnits) * BigInt(shares[index]!.share);
          expect(off > -BigInt(WHOLE) && off < BigInt(WHOLE)).toBe(true);
        }
      }),
    );
  });

  test('names the reps in the order of the shares, in the currency of the amount', () => {
    fc.assert(
      fc.property(amounts, wholeShares, (amount, shares) => {
        const parts = splitCredit(amount, shares);
        expect(parts.map(({ rep }) => rep)).toEqual(shares.map(({ rep }) => rep));
        expect(new Set(parts.map((part) => part.amount.currency))).toEqual(new Set(['CNY']));
      }),
    );
  });
});
