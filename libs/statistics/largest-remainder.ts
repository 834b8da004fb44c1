import { StatisticsError, requireNumber, requireSome, requireWhole } from './statistics-error.ts';

/**
 * Parts of a whole amount by weight that add up to the amount exactly (largest remainder, Hamilton's method): each is
 * rounded towards zero, and what is left goes one unit each to the largest remainders, the first named of equal ones
 * first. Weights need not add up to anything, and are taken as exactly the numbers they are; one of zero gets nothing.
 * The parts of a negative amount, as of a refund, are those of the positive one with their signs changed.
 * Throws `empty` without weights, `not_finite` or `out_of_range` for a weight that is not finite or negative, and
 * `out_of_range` where all are zero.
 */
export function splitUnits(amount: bigint, weights: readonly number[]): bigint[] {
  requireSome('weights', weights);
  for (const [index, weight] of weights.entries()) requireNumber(`weights[${index}]`, weight, { atLeast: 0 });
  const exact = wholeNumbersInProportion(weights);
  const whole = exact.reduce((sum, weight) => sum + weight, 0n);
  if (whole === 0n) throw new StatisticsError('out_of_range', 'weights', 'weights must not all be zero.');
  if (amount < 0n) return splitUnits(-amount, weights).map((part) => -part);

  const parts = exact.map((weight) => ({ units: (amount * weight) / whole, remainder: (amount * weight) % whole }));
  const left = amount - parts.reduce((sum, { units }) => sum + units, 0n);
  const luckiest = parts.toSorted((one, other) => compare(other.remainder, one.remainder)).slice(0, Number(left));
  const lucky = new Set(luckiest);
  return parts.map((part) => part.units + (lucky.has(part) ? 1n : 0n));
}

/** `splitUnits` for an amount that is a whole number, such as the minor units of money. Throws also `not_whole`. */
export function splitAmount(amount: number, weights: readonly number[]): number[] {
  requireWhole('amount', amount);
  return splitUnits(BigInt(amount), weights).map(Number);
}

/** Whole numbers in exactly the proportion of finite numbers that are not negative, each of which is m × 2^e. */
function wholeNumbersInProportion(weights: readonly number[]): bigint[] {
  if (weights.every(Number.isSafeInteger)) return weights.map(BigInt);
  const binary = weights.map(mantissaAndExponent);
  const lowest = Math.min(...binary.filter(([mantissa]) => mantissa > 0n).map(([, exponent]) => exponent));
  return binary.map(([mantissa, exponent]) => (mantissa === 0n ? 0n : mantissa << BigInt(exponent - lowest)));
}

/** The number as mantissa × 2^exponent, read off its bits (IEEE 754). */
function mantissaAndExponent(number: number): [mantissa: bigint, exponent: number] {
  const [bits] = new BigUint64Array(new Float64Array([number]).buffer) as unknown as [bigint];
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return biased === 0 ? [fraction, -1074] : [fraction | 0x10000000000000n, biased - 1075];
}

function compare(left: bigint, right: bigint): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
