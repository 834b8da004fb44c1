import { numbers } from './statistics-columns.ts';

const AMOUNT = /^[+-]?(?:\d+\.?|\d*\.(?<decimals>\d+))(?:[eE](?<exponent>[+-]?\d{1,2}))?$/;

/** Up to here a number of minor units that was written with decimals is found again by rounding. */
const LARGEST = 2 ** 51;
/** The last power of ten that floating point has exactly. */
const MOST_DECIMALS = 22;

/** Amounts as written, to be kept exactly as whole numbers of the smallest part of their unit. */
export interface Amounts {
  /** Takes the next amount and answers it in the unit of the file, or why it is no amount. */
  add(text: string): number | string;
  /** To be asked once: all amounts, exactly or rounded; undefined where their sum is too large to be exact even without decimals. */
  inMinorUnits(): MinorUnits | undefined;
}

export interface MinorUnits {
  readonly amounts: Float64Array;
  /** Minor units are the unit of the file divided by ten to this power. */
  readonly decimals: number;
  /** How many amounts had more decimals, and were rounded to the nearest, halves to even. */
  readonly rounded: number;
}

/**
 * Collects amounts. With `decimals` they are rounded to so many; without, as many are kept as any amount has, or as keep
 * the sum of all exact where that is less, as it is for figures such as 35.21897810218978.
 */
export function collectAmounts(decimals?: number): Amounts {
  const written = numbers();
  let most = 0;
  let [largest, sum] = [0, 0];

  return {
    add(text) {
      const parts = AMOUNT.exec(text)?.groups;
      const amount = Number(text);
      if (!parts || !Number.isFinite(amount)) return `"${text}" is no amount such as 1234.56.`;
      most = Math.max(most, (parts['decimals']?.length ?? 0) - Number(parts['exponent'] ?? 0));
      largest = Math.max(largest, Math.abs(amount));
      sum += Math.abs(amount);
      written.push(amount);
      return amount;
    },
    inMinorUnits() {
      const fits = (scale: number) => largest * 10 ** scale <= LARGEST && sum * 10 ** scale <= Number.MAX_SAFE_INTEGER;
      let scale = decimals ?? Math.min(most, MOST_DECIMALS);
      while (decimals === undefined && scale > 0 && !fits(scale)) scale--;
      if (!fits(scale)) return undefined;
      const amounts = written.all();
      let rounded = 0;
      for (const [index, amount] of amounts.entries()) {
        amounts[index] = roundedTo(amount, 10 ** scale);
        if (amounts[index] / 10 ** scale !== amount) rounded++;
      }
      return { amounts, decimals: scale, rounded };
    },
  };
}

function roundedTo(amount: number, factor: number): number {
  const halves = Math.round(amount * factor * 2) / 2;
  if (!Number.isInteger(halves) && halves / factor === amount) return 2 * Math.round(halves / 2);
  return Math.round(amount * factor) + 0;
}

/** An amount of minor units in the unit of the file, for showing: the nearest floating-point number. */
export function inFileUnit(minorUnits: number, decimals: number): number {
  return minorUnits / 10 ** decimals;
}
