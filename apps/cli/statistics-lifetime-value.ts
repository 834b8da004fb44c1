/** Lifetime values of a file: the models fitted, their check against the holdout period, and the customers. */
import {
  expectedPurchasesOfNewCustomer,
  scoreCustomers,
} from '../../libs/statistics/lifetime-value/bg-nbd-expectation.ts';
import { fitBgNbd, type BgNbdFit } from '../../libs/statistics/lifetime-value/bg-nbd-fit.ts';
import { fitGammaGamma, type GammaGammaFit } from '../../libs/statistics/lifetime-value/gamma-gamma.ts';
import { compareHoldout, type HoldoutComparison } from '../../libs/statistics/lifetime-value/lifetime-value-holdout.ts';
import {
  valueCustomers,
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
export type ValuedCustomer = CustomerSummary & CustomerValue;

export interface LifetimeValues {
  /** With money in the smallest parts of the file's unit, as it was read. */
  readonly summary: PurchaseSummary;
  readonly bgNbd: BgNbdFit;
  readonly gammaGamma: GammaGammaFit | null;
  /** Why there is no fit of Gamma–Gamma, and so no values; null where there is one. */
  readonly gammaGammaFault: { readonly code: string; readonly message: string } | null;
  readonly total: TotalValue;
  readonly holdout: Holdout | null;
  /** In the order of their names. */
  readonly customers: readonly ValuedCustomer[];
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
  const summary = purchaseSummary(log, periods);
  const inUnit = (minorUnits: number): number => inFileUnit(minorUnits, decimals);
  const customers = summary.customers.map((customer) => ({
    ...customer,
    meanValue: customer.meanValue === null ? null : inUnit(customer.meanValue),
    total: inUnit(customer.total),
    holdout: customer.holdout && { ...customer.holdout, value: inUnit(customer.holdout.value) },
  }));
  const bgNbd = fitBgNbd(customers);
  const { gammaGamma, gammaGammaFault } = spendOf(customers);
  const valued = valueCustomers(customers, bgNbd.parameters, gammaGamma, terms);
  return {
    summary,
    bgNbd,
    gammaGamma,
    gammaGammaFault,
    total: valued.total,
    holdout: holdoutOf(log, summary, bgNbd),
    customers: valued.customers,
  };
}

function spendOf(customers: readonly CustomerSummary[]): Pick<LifetimeValues, 'gammaGamma' | 'gammaGammaFault'> {
  try {
    return { gammaGamma: fitGammaGamma(customers), gammaGammaFault: null };
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    return { gammaGamma: null, gammaGammaFault: { code: error.code, message: error.message } };
  }
}

function holdoutOf(log: PurchaseLog, summary: PurchaseSummary, { parameters }: BgNbdFit): Holdout | null {
  const { customers, holdoutLength, holdoutEnd, calibrationEnd, unit } = summary;
  if (holdoutLength === null || holdoutEnd === null) return null;
  const columns = {
    frequency: customers.map(({ frequency }) => frequency),
    recency: customers.map(({ recency }) => recency),
    age: customers.map(({ age }) => age),
  };
  const { expectedPurchases } = scoreCustomers(parameters, columns, holdoutLength);
  const held = customers.map(({ frequency, holdout }, index) => ({
    frequency,
    expected: expectedPurchases[index]!,
    actual: holdout?.purchases ?? 0,
  }));
  const tracking = trackRepeatPurchases(log, { unit, calibrationEnd, observationEnd: holdoutEnd }, (units) =>
    expectedPurchasesOfNewCustomer(parameters, units),
  );
  return { ...compareHoldout(held), tracking };
}
