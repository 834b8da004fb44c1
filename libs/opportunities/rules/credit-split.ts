import type { Money } from '../../eventsourcing/schema.ts';
import { splitAmount } from '../../statistics/largest-remainder.ts';
import type { CreditShare } from '../opportunity.events.ts';

/** The whole, in basis points. */
export const WHOLE = 10_000;

/** Parts of an amount by share, in minor units, that add up to the amount exactly. The shares add up to `WHOLE`. */
export function splitCredit(amount: Money, shares: readonly CreditShare[]): { rep: string; amount: Money }[] {
  const parts = splitAmount(
    amount.minorUnits,
    shares.map(({ share }) => share),
  );
  return shares.map(({ rep }, index) => ({
    rep,
    amount: { minorUnits: parts[index]!, currency: amount.currency },
  }));
}
