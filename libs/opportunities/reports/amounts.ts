import type { SumRow } from '../../eventsourcing/read-model-store.ts';
import { multiple, nothing, plus, rounded, type Fraction } from '../../statistics/fraction.ts';
import { chanceOf } from './deal-pipeline.ts';

/** What deals in one currency are worth, in its minor units. Currencies are never added up. */
export interface Worth {
  readonly currency: string;
  /** Deals that have an amount in this currency. */
  readonly count: number;
  readonly amount: number;
  /** The amounts times their chances to win, added up exactly and rounded once, halves to even. */
  readonly weightedAmount: number;
}

/** Adds up rows grouped by `stageId`, `currency` and `probability` with the sum of `amount`, for each currency. */
export function worthOf(rows: readonly SumRow[], chances: ReadonlyMap<string, Fraction>): readonly Worth[] {
  const totals = new Map<string, { count: number; amount: number; weighted: Fraction }>();
  for (const { group, count, sums } of rows) {
    const currency = group['currency'];
    if (typeof currency !== 'string') continue;
    const total = totals.get(currency) ?? { count: 0, amount: 0, weighted: nothing };
    const amount = sums['amount'] ?? 0;
    const chance = chanceOf(chances, group['stageId'] as string, (group['probability'] ?? null) as number | null);
    totals.set(currency, {
      count: total.count + count,
      amount: total.amount + amount,
      weighted: plus(total.weighted, multiple(chance, amount)),
    });
  }
  return [...totals]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, { count, amount, weighted }]) => ({
      currency,
      count,
      amount,
      weightedAmount: rounded(weighted),
    }));
}

/** In minor units of the currency. */
export interface CurrencySum {
  readonly currency: string;
  readonly count: number;
  readonly amount: number;
}

/** Adds up the amounts of deals for each currency. */
export function currencySumsOf(
  deals: readonly { readonly currency: string | null; readonly amount: number | null }[],
): readonly CurrencySum[] {
  const rows = deals.map(({ currency, amount }) => ({ group: { currency }, count: 1, sums: { amount: amount ?? 0 } }));
  return currencySums(rows);
}

/** Adds up rows grouped by `currency`, among others, with the sum of `amount`, for each currency. */
export function currencySums(rows: readonly SumRow[]): readonly CurrencySum[] {
  const valued = rows.filter(({ group }) => group['currency'] !== null);
  return [...Map.groupBy(valued, ({ group }) => group['currency'] as string)]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, part]) => ({
      currency,
      count: countOf(part),
      amount: part.reduce((total, { sums }) => total + (sums['amount'] ?? 0), 0),
    }));
}

export function countOf(rows: readonly SumRow[]): number {
  return rows.reduce((total, { count }) => total + count, 0);
}
