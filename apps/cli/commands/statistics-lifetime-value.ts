import { InvalidArgumentError, type Command } from 'commander';
import {
  monthlyDiscountOfYearly,
  type LifetimeValueTerms,
} from '../../../libs/statistics/lifetime-value/lifetime-value.ts';
import type { Estimate, ModelFit } from '../../../libs/statistics/lifetime-value/estimate.ts';
import type { SummaryPeriods } from '../../../libs/statistics/purchases/purchase-summary.ts';
import type { TimeUnit } from '../../../libs/statistics/purchases/time-unit.ts';
import { print } from '../answer.ts';
import { addAnsweringCommand, choice, day, UsageError, wholeNumber, type SharedOptions } from '../command-line.ts';
import { inFileUnit } from '../statistics-amounts.ts';
import { printDocument } from '../statistics-document.ts';
import { lifetimeValueText } from '../statistics-lifetime-value-texts.ts';
import { lifetimeValuesOf, type LifetimeValues } from '../statistics-lifetime-value.ts';
import { fileDocument } from '../statistics-texts.ts';
import {
  readTransactions,
  transactionOptions,
  type TransactionFile,
  type TransactionOptions,
} from '../statistics-transactions.ts';

interface LifetimeValueOptions extends SharedOptions, TransactionOptions {
  readonly unit: TimeUnit;
  readonly calibrationEnd?: string;
  readonly observationEnd?: string;
  readonly horizon: number;
  readonly discount?: number;
  readonly yearlyDiscount?: number;
  readonly margin: number;
  readonly customers: boolean;
}

const DISCOUNT = 0.01;

/** What customers are expected to bring. */
export function registerStatisticsLifetimeValue(statistics: Command): void {
  transactionOptions(addAnsweringCommand(statistics, 'clv <file.csv>', 'lifetime value by BG/NBD and Gamma–Gamma'))
    .addOption(choice('--unit <unit>', 'of time', ['weeks', 'days', 'months']).default('weeks'))
    .option('--calibration-end <day>', 'last day to learn from; later purchases are compared with those expected', day)
    .option('--observation-end <day>', 'last day that the file is complete to (default: of the last purchase)', day)
    .option('--horizon <months>', 'how far ahead customers are valued', wholeNumber(1, 1_200), 12)
    .option('--discount <rate>', `discount of a month, as a decimal (default: ${DISCOUNT})`, rate(0, 10))
    .option('--yearly-discount <rate>', 'discount of a year, as a decimal, instead of that of a month', rate(0, 1_000))
    .option('--margin <rate>', 'share of the amounts that is margin, as a decimal', rate(0, 1), 1)
    .option('--no-customers', 'leave the customers themselves out of the JSON document')
    .action(async (path: string, options: LifetimeValueOptions) => {
      const { unit, horizon, margin } = options;
      const terms = { months: horizon, unit, monthlyDiscount: discountOf(options), marginRate: margin };
      const periods = periodsOf(options);
      const file = await readTransactions(path, options);
      const values = lifetimeValuesOf(file.log, file.decimals, periods, terms);
      if (options.json)
        await printDocument(documentOf(file, values, terms), options.customers ? values.customers() : []);
      else await print(`${lifetimeValueText(file, values, terms)}\n`);
    });
}

function discountOf({ discount, yearlyDiscount }: LifetimeValueOptions): number {
  if (discount !== undefined && yearlyDiscount !== undefined) {
    throw new UsageError('--discount and --yearly-discount say the same; give one of them.');
  }
  return yearlyDiscount === undefined ? (discount ?? DISCOUNT) : monthlyDiscountOfYearly(yearlyDiscount);
}

/** Without a calibration period of its own all that was observed is learnt from. */
function periodsOf({ unit, calibrationEnd, observationEnd }: LifetimeValueOptions): SummaryPeriods<TimeUnit> {
  if (calibrationEnd === undefined) return { unit, calibrationEnd: observationEnd };
  if (observationEnd !== undefined && observationEnd <= calibrationEnd) {
    throw new UsageError('--observation-end must lie behind --calibration-end.');
  }
  return { unit, calibrationEnd, holdoutEnd: observationEnd };
}

function documentOf(file: TransactionFile, values: LifetimeValues, terms: LifetimeValueTerms) {
  const { summary, bgNbd, gammaGamma, gammaGammaFault, total, holdout } = values;
  const money = <Some extends { readonly value: number }>(of: Some): Some => ({
    ...of,
    value: inFileUnit(of.value, file.decimals),
  });
  const { newcomers, unused, ...periods } = summary;
  return {
    input: {
      ...fileDocument(file),
      ...periods,
      summarised: bgNbd.customers,
      repeatBuyers: bgNbd.repeatCustomers,
      newcomers: money(newcomers),
      unused: money(unused),
    },
    terms,
    bgNbd: {
      ...fitDocument(bgNbd),
      purchaseRate: bgNbd.estimates.purchaseRate,
      dropout: bgNbd.estimates.dropout,
    },
    gammaGamma: gammaGamma && {
      ...fitDocument(gammaGamma),
      correlation: gammaGamma.independence.correlation?.coefficient ?? null,
    },
    gammaGammaFault,
    totals: total,
    holdout,
  };
}

/** The parameters as plain numbers, and beside them what each is worth. */
function fitDocument<Parameters extends object>({ parameters, estimates, ...fit }: ModelFit<Parameters>) {
  const names = Object.keys(parameters) as (keyof Parameters)[];
  const each = <Answer>(of: (estimate: Estimate) => Answer) =>
    Object.fromEntries(names.map((name) => [name, of(estimates[name])]));
  return {
    ...parameters,
    ...fit,
    standardErrors: each(({ standardError }) => standardError),
    identification: {
      identified: names.every((name) => estimates[name].identification === 'identified'),
      ...each(({ identification }) => identification),
      verdicts: names.map((name) => estimates[name].verdict),
    },
  };
}

/** Reads a decimal between bounds, both included. */
function rate(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const number = /^\d+(\.\d*)?$|^\.\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= lowest && number <= highest)) {
      throw new InvalidArgumentError(`It must be a decimal from ${lowest} to ${highest}, such as 0.01.`);
    }
    return number;
  };
}
