/** An exact share of something. The denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const nothing: Fraction = { numerator: 0n, denominator: 1n };
export const whole: Fraction = { numerator: 1n, denominator: 1n };

/** 10,000 basis points are the whole. */
export function basisPoints(points: number): Fraction {
  return { numerator: BigInt(points), denominator: 10_000n };
}

export function plus(left: Fraction, right: Fraction): Fraction {
  return reduced(
    left.numerator * right.denominator + right.numerator * left.denominator,
    left.denominator * right.denominator,
  );
}

export function times(left: Fraction, right: Fraction): Fraction {
  return reduced(left.numerator * right.numerator, left.denominator * right.denominator);
}

/** A whole number of parts. Throws where it is not whole. */
export function multiple(of: Fraction, parts: number): Fraction {
  return times(of, { numerator: BigInt(parts), denominator: 1n });
}

/** The nearest whole number, halves to the even one. */
export function rounded({ numerator, denominator }: Fraction): number {
  const negative = numerator < 0n;
  const size = negative ? -numerator : numerator;
  const quotient = size / denominator;
  const twice = (size % denominator) * 2n;
  const up = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  const result = Number(up ? quotient + 1n : quotient);
  return negative && result !== 0 ? -result : result;
}

/** The least whole number that is not smaller. */
export function roundedUp({ numerator, denominator }: Fraction): number {
  const quotient = numerator / denominator;
  return Number(numerator > quotient * denominator ? quotient + 1n : quotient);
}

/** As a floating-point number, divided once where both parts fit into one. */
export function toNumber({ numerator, denominator }: Fraction): number {
  return Number(numerator) / Number(denominator);
}

function reduced(numerator: bigint, denominator: bigint): Fraction {
  const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [larger, smaller] = [left, right];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger === 0n ? 1n : larger;
}
