import { rounded } from '../../libs/statistics/fraction.ts';

const AMOUNT = /^(?<sign>[+-]?)(?<whole>\d+)(?:\.(?<decimals>\d*))?$/;

/** Amounts as written with decimals, kept exactly as whole numbers of the smallest part of the unit. */
export interface Amounts {
  /** Takes the next amount and answers it in the smallest parts known so far, or why it is no amount. */
  add(text: string): number | string;
  /** All amounts in the smallest part: the unit divided by ten to the power of `decimals`. */
  minorUnits(): Float64Array;
  /** Most decimals of any amount, or those asked for. */
  decimals(): number;
  /** How many amounts had more decimals than were asked for, and were rounded to the nearest, halves to even. */
  rounded(): number;
}

/**
 * Collects amounts. Without `decimals` every decimal is kept, where the amounts stay exact; with them, amounts are
 * rounded to so many.
 */
export function collectAmounts(decimals?: number): Amounts {
  let kept = new Float64Array(1_024);
  let length = 0;
  let scale = decimals ?? 0;
  let roundedAmounts = 0;
  let largest = 0;

  function widen(to: number): boolean {
    const factor = 10 ** (to - scale);
    if (!Number.isSafeInteger(largest * factor)) return false;
    for (let index = 0; index < length; index++) kept[index]! *= factor;
    largest *= factor;
    scale = to;
    return true;
  }

  return {
    add(text) {
      const parts = AMOUNT.exec(text)?.groups;
      if (!parts) return `"${text}" is no amount such as 1234.56.`;
      const fraction = parts['decimals'] ?? '';
      const tooLarge = `${text} is too large to be exact with ${Math.max(scale, fraction.length)} decimals.`;
      if (decimals === undefined && fraction.length > scale && !widen(fraction.length)) return tooLarge;
      const size = inMinorUnits(parts['whole']!, fraction, scale);
      if (!Number.isSafeInteger(size)) return tooLarge;
      if (/[1-9]/.test(fraction.slice(scale))) roundedAmounts++;
      largest = Math.max(largest, size);
      if (length === kept.length) {
        const grown = new Float64Array(length * 2);
        grown.set(kept);
        kept = grown;
      }
      const amount = parts['sign'] === '-' && size !== 0 ? -size : size;
      kept[length++] = amount;
      return amount;
    },
    minorUnits: () => kept.subarray(0, length),
    decimals: () => scale,
    rounded: () => roundedAmounts,
  };
}

/** An amount of minor units in the unit of the file, for showing: the nearest floating-point number. */
export function inFileUnit(minorUnits: number, decimals: number): number {
  return minorUnits / 10 ** decimals;
}

function inMinorUnits(whole: string, fraction: string, scale: number): number {
  if (fraction.length <= scale) return Number(whole + fraction.padEnd(scale, '0'));
  return rounded({ numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length - scale) });
}
