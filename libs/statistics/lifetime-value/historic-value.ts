import type { Money } from '../../eventsourcing/schema.ts';
import { multiple, rounded, type Fraction } from '../fraction.ts';
import { requireNumber, requireWhole, StatisticsError } from '../statistics-error.ts';

/** What a customer bought at once: what was paid, and what it cost the company. */
export interface Order {
  readonly amount: Money;
  readonly cost: Money;
}

/** A total in one currency; unlike `Money` it may be negative. */
export interface Margin {
  readonly minorUnits: number;
  readonly currency: string;
}

/**
 * What a customer has brought to date: paid amounts minus costs, exact in minor units, one total for each currency, in
 * the order of their codes; currencies are never added up. Nothing for no orders.
 *
 * Throws StatisticsError: `not_whole`, `not_finite` or `out_of_range` for an amount that is no whole number of minor
 * units from 0, `too_many` where a total cannot be told exactly.
 */
export function historicValue(orders: readonly Order[]): readonly Margin[] {
  return totalsOf(
    'orders',
    orders.flatMap(({ amount, cost }, index) => [
      { field: `orders[${index}].amount`, sign: 1n, money: amount },
      { field: `orders[${index}].cost`, sign: -1n, money: cost },
    ]),
  );
}

/**
 * What a customer has brought to date where only a margin rate is known: the sum of the paid amounts by the rate, rounded
 * once to minor units (halves to the even one), so that the error is at most half a minor unit however many orders there
 * are. One total for each currency, as `historicValue`; throws as it does, and `out_of_range` for a rate that is not from 0
 * to 1.
 */
export function historicValueAtRate(amounts: readonly Money[], marginRate: Fraction): readonly Margin[] {
  if (marginRate.numerator < 0n || marginRate.denominator <= 0n || marginRate.numerator > marginRate.denominator) {
    throw new StatisticsError('out_of_range', 'marginRate', 'marginRate must be from 0 to 1.');
  }
  const paid = totalsOf(
    'amounts',
    amounts.map((money, index) => ({ field: `amounts[${index}]`, sign: 1n, money })),
  );
  return paid.map(({ minorUnits, currency }) => ({ minorUnits: rounded(multiple(marginRate, minorUnits)), currency }));
}

export interface FormulaTerms {
  /** In any unit of money, which is that of the answer. */
  readonly averageOrderValue: number;
  readonly ordersPerYear: number;
  readonly lifespanYears: number;
  /** Margin as a share of the paid amount, from 0 to 1. */
  readonly marginRate: number;
}

/**
 * The formula of the textbooks: average order value × orders per year × lifespan in years × margin rate, in the unit of
 * the order value. It assumes that a customer buys alike in every year of the lifespan and then stops; nothing is
 * discounted. Throws StatisticsError for a negative or not finite term.
 */
export function formulaValue({ averageOrderValue, ordersPerYear, lifespanYears, marginRate }: FormulaTerms): number {
  requireNumber('averageOrderValue', averageOrderValue, { atLeast: 0, atMost: 1e15 });
  requireNumber('ordersPerYear', ordersPerYear, { atLeast: 0, atMost: 1e9 });
  requireNumber('lifespanYears', lifespanYears, { atLeast: 0, atMost: 1e6 });
  requireNumber('marginRate', marginRate, { atLeast: 0, atMost: 1 });
  return averageOrderValue * ordersPerYear * lifespanYears * marginRate;
}

/**
 * How many periods a customer stays on average, where a share `churn` of the customers is lost in each: 1 / churn, the
 * mean of the geometric distribution. True only where the share is the same in every period and for every customer, new
 * and old; as a rule it falls with the time a customer has stayed, and the answer is then too low. Churn of a month gives
 * months, of a year years. Throws StatisticsError `out_of_range` for a share that is not from above 0 to 1: from a period
 * in which nobody was lost no lifespan follows.
 */
export function lifespanOfChurn(churn: number): number {
  requireNumber('churn', churn, { above: 0, atMost: 1 });
  return requireNumber('lifespan', 1 / churn);
}

interface Entry {
  readonly field: string;
  readonly sign: 1n | -1n;
  readonly money: Money;
}

function totalsOf(field: string, entries: readonly Entry[]): readonly Margin[] {
  const totals = new Map<string, bigint>();
  for (const entry of entries) {
    const { minorUnits, currency } = entry.money;
    requireWhole(`${entry.field}.minorUnits`, minorUnits, { atLeast: 0 });
    totals.set(currency, (totals.get(currency) ?? 0n) + entry.sign * BigInt(minorUnits));
  }
  return [...totals]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, total]) => {
      const minorUnits = Number(total);
      if (!Number.isSafeInteger(minorUnits)) {
        throw new StatisticsError('too_many', field, `${field} add up to more ${currency} than can be told exactly.`);
      }
      return { minorUnits, currency };
    });
}
