/** Lifetime values of a file: the models fitted, their check against the holdout period, and the customers. */
import {
  expectedPurchasesOfNewCustomer,
  scoreCustomers,
} from '../../libs/statistics/lifetime-value/bg-nbd-expectation.ts';
import { fitBgNbd, type BgNbdFit } from '../../libs/statistics/lifetime-value/bg-nbd-fit.ts';
import { fitGammaGamma, type GammaGammaFit } from '../../libs/statistics/lifetime-value/gamma-gamma.ts';
import type { Spending } from '../../libs/statistics/lifetime-value/gamma-gamma-values.ts';
import { compareHoldout, type HoldoutComparison } from '../../libs/statistics/lifetime-value/lifetime-value-holdout.ts';
import {
  totalValueOf,
  valuing,
  type CustomerValue,
  type TotalValue,
} from '../../libs/statistics/lifetime-value/lifetime-value-of-customers.ts';
import {
  trackRepeatPurchases,
  type TrackedWeek,
} from '../../libs/statistics/lifetime-value/lifetime-value-tracking.ts';
import type { LifetimeValueTerms } from '../../libs/statistics/lifetime-value/lifetime-value.ts';
import type { PurchaseLog } from '../../libs/statistics/purchases/purchase-log.ts';
import {
  purchaseSummary,
  type CustomerSummary,
  type PurchaseSummary,
  type SummaryPeriods,
} from '../../libs/statistics/purchases/purchase-summary.ts';
import type { TimeUnit } from '../../libs/statistics/purchases/time-unit.ts';
import { StatisticsError } from '../../libs/statistics/statistics-error.ts';
import { inFileUnit } from './statistics-amounts.ts';

/** A customer of the file with the expected future; money in the unit of the file. */
export type ValuedCustomer = Omit<CustomerSummary, 'holdout'> &
  CustomerValue & {
    /** Purchases made and expected in the holdout period; null without one. */
    readonly holdout: { readonly purchases: number; readonly value: number; readonly expectedPurchases: number } | null;
  };

export interface LifetimeValues {
  /** With money in the smallest parts of the file's unit, as it was read. */
  readonly summary: Omit<PurchaseSummary, 'customers'>;
  readonly bgNbd: BgNbdFit;
  readonly gammaGamma: GammaGammaFit | null;
  /** Why there is no fit of Gamma–Gamma, and so no values; null where there is one. */
  readonly gammaGammaFault: { readonly code: string; readonly message: string } | null;
  readonly total: TotalValue;
  readonly holdout: Holdout | null;
  /** In the order of their names, valued as they are asked for: millions need not be held at once. */
  readonly customers: () => Iterable<ValuedCustomer>;
}

export interface Holdout extends HoldoutComparison {
  readonly tracking: readonly TrackedWeek[];
}

/**
 * Fits both models to a log and values its customers as of the end of calibration. Where Gamma–Gamma cannot be fitted,
 * the purchases are answered without values and with the reason; where BG/NBD cannot, its StatisticsError is thrown.
 */
export function lifetimeValuesOf(
  log: PurchaseLog,
  decimals: number,
  periods: SummaryPeriods<TimeUnit>,
  terms: LifetimeValueTerms,
): LifetimeValues {
  const { customers: summarised, ...summary } = purchaseSummary(log, periods);
  const bgNbd = fitBgNbd(summarised);
  const meanValueOf = ({ meanValue }: CustomerSummary) => meanValue && inFileUnit(meanValue, decimals);
  const { gammaGamma, gammaGammaFault } = spendOf(
    summarised.map((customer) => ({ frequency: customer.frequency, meanValue: meanValueOf(customer) })),
  );
  const valueOf = valuing(bgNbd.parameters, gammaGamma && gammaGamma.parameters, terms);
  const expected = expectedInHoldout(summarised, summary.holdoutLength, bgNbd);
  function* customers(): Generator<ValuedCustomer> {
    for (const [index, { holdout, total, ...summarisedCustomer }] of summarised.entries()) {
      const customer = { ...summarisedCustomer, meanValue: meanValueOf(summarised[index]!) };
      yield {
        ...customer,
        total: inFileUnit(total, decimals),
        ...valueOf(customer, customer.customer),
        holdout: holdout &&
          expected && {
            purchases: holdout.purchases,
            value: inFileUnit(holdout.value, decimals),
            expectedPurchases: expected[index]!,
          },
      };
    }
  }
  return {
    summary,
    bgNbd,
    gammaGamma,
    gammaGammaFault,
    total: totalValueOf(customers()),
    holdout: expected && holdoutOf(log, summary, bgNbd, summarised, expected),
    customers,
  };
}

/** Purchases to expect of each customer in the holdout period; null without one. */
function expectedInHoldout(
  customers: readonly CustomerSummary[],
  holdoutLength: number | null,
  { parameters }: BgNbdFit,
): Float64Array | null {
  if (holdoutLength === null) return null;
  const columns = {
    frequency: customers.map(({ frequency }) => frequency),
    recency: customers.map(({ recency }) => recency),
    age: customers.map(({ age }) => age),
  };
  return scoreCustomers(parameters, columns, holdoutLength).expectedPurchases;
}

function spendOf(customers: readonly Spending[]): Pick<LifetimeValues, 'gammaGamma' | 'gammaGammaFault'> {
  try {
    return { gammaGamma: fitGammaGamma(customers), gammaGammaFault: null };
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    return { gammaGamma: null, gammaGammaFault: { code: error.code, message: error.message } };
  }
}

function holdoutOf(
  log: PurchaseLog,
  { holdoutEnd, calibrationEnd, unit }: LifetimeValues['summary'],
  { parameters }: BgNbdFit,
  customers: readonly CustomerSummary[],
  expected: Float64Array,
): Holdout {
  const held = customers.map(({ frequency, holdout }, index) => ({
    frequency,
    expected: expected[index]!,
    actual: holdout!.purchases,
  }));
  const observationEnd = holdoutEnd ?? undefined;
  const tracking = trackRepeatPurchases(log, { unit, calibrationEnd, observationEnd }, (units) =>
    expectedPurchasesOfNewCustomer(parameters, units),
  );
  return { ...compareHoldout(held), tracking };
}
