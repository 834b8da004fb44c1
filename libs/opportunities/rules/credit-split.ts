import type { Money } from '../../eventsourcing/schema.ts';
import type { CreditShare } from '../opportunity.events.ts';

/** The whole, in basis points. */
export const WHOLE = 10_000;

/**
 * Parts of an amount by share, in minor units, that add up to the amount exactly: each is rounded down, and what is
 * left goes one unit each to the largest remainders, the first named of equal ones first. The shares add up to `WHOLE`.
 */
export function splitCredit(amount: Money, shares: readonly CreditShare[]): { rep: string; amount: Money }[] {
  const whole = BigInt(WHOLE);
  const parts = shares.map(({ rep, share }) => {
    const product = BigInt(amount.minorUnits) * BigInt(share);
    return { rep, units: Number(product / whole), remainder: Number(product % whole) };
  });
  const left = amount.minorUnits - parts.reduce((sum, part) => sum + part.units, 0);
  const luckiest = parts.toSorted((one, other) => other.remainder - one.remainder).slice(0, left);
  const lucky = new Set(luckiest);
  return parts.map((part) => ({
    rep: part.rep,
    amount: { minorUnits: part.units + (lucky.has(part) ? 1 : 0), currency: amount.currency },
  }));
}
