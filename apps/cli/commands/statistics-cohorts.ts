import type { Command } from 'commander';
import type { CalendarPeriod } from '../../../libs/statistics/purchases/calendar-periods.ts';
import { churnByInactivity, churnByPeriod, type Churn } from '../../../libs/statistics/purchases/churn.ts';
import { cohortTriangle, type CohortTriangle } from '../../../libs/statistics/purchases/cohorts.ts';
import type { PurchaseLog } from '../../../libs/statistics/purchases/purchase-log.ts';
import { daysBetweenPurchases, repeatRate } from '../../../libs/statistics/purchases/repeat-rate.ts';
import { StatisticsError } from '../../../libs/statistics/statistics-error.ts';
import { answer, count, figure, percent, table } from '../answer.ts';
import { addAnsweringCommand, choice, day, wholeNumber, type SharedOptions } from '../command-line.ts';
import { inFileUnit } from '../statistics-amounts.ts';
import { amountText, fileDocument, fileText } from '../statistics-texts.ts';
import {
  readTransactions,
  transactionOptions,
  type TransactionFile,
  type TransactionOptions,
} from '../statistics-transactions.ts';

interface CohortsOptions extends SharedOptions, TransactionOptions {
  readonly period: CalendarPeriod;
  readonly until?: string;
  readonly inactiveDays?: number;
  readonly withinDays?: number;
}

/** Retention, repeat rate and churn by the period of the first purchase. */
export function registerStatisticsCohorts(statistics: Command): void {
  const periods = ['month', 'quarter', 'week'];
  transactionOptions(addAnsweringCommand(statistics, 'cohorts <file.csv>', 'retention triangle, repeat rate and churn'))
    .addOption(choice('--period <period>', 'that cohorts are told by', periods).default('month'))
    .option('--until <day>', 'last day that the file is complete to (default: of the last purchase)', day)
    .option('--within-days <number>', 'also the share that came back within so many days', wholeNumber())
    .option('--inactive-days <number>', 'also churn by silence for so many days', wholeNumber())
    .action(async (path: string, options: CohortsOptions) => {
      const file = await readTransactions(path, options);
      const { log } = file;
      const { inactiveDays } = options;
      const found = {
        triangle: cohortTriangle(log, options),
        repeat: repeatRate(log, options),
        between: daysBetweenPurchases(log),
        churn: observableChurn(log, options),
        inactivity:
          inactiveDays === undefined
            ? null
            : { inactiveDays, periods: churnByInactivity(log, { ...options, inactiveDays }).periods },
      };
      await answer(options, cohortsDocument(file, found), () => cohortsText(file, found));
    });
}

interface Found {
  readonly triangle: CohortTriangle;
  readonly repeat: ReturnType<typeof repeatRate>;
  readonly between: ReturnType<typeof daysBetweenPurchases>;
  readonly churn: Churn['periods'];
  readonly inactivity: { readonly inactiveDays: number; readonly periods: Churn['periods'] } | null;
}

/** The rest is told of a short file as well; only churn that was asked for is a reason to refuse one. */
function observableChurn(log: PurchaseLog, options: CohortsOptions): Churn['periods'] {
  try {
    return churnByPeriod(log, options).periods;
  } catch (error) {
    if (error instanceof StatisticsError && error.code === 'too_few') return [];
    throw error;
  }
}

function cohortsDocument(file: TransactionFile, found: Found) {
  const money = (minorUnits: number) => inFileUnit(minorUnits, file.decimals);
  const { period, observedUntil, cohorts, byOffset } = found.triangle;
  const { observedUntil: _, ...repeat } = found.repeat;
  return {
    input: fileDocument(file),
    period,
    observedUntil,
    cohorts: cohorts.map(({ cells, ...cohort }) => ({
      ...cohort,
      cells: cells.map((cell) => ({
        ...cell,
        revenue: money(cell.revenue),
        cumulativeRevenue: money(cell.cumulativeRevenue),
      })),
    })),
    retentionByOffset: byOffset,
    repeat,
    daysBetweenPurchases: found.between,
    churn: found.churn,
    churnByInactivity: found.inactivity,
  };
}

/** As many periods as stand beside each other on a screen. */
const MOST_SHOWN = 12;

function cohortsText(file: TransactionFile, { triangle, repeat, between, churn, inactivity }: Found) {
  const { cohorts, byOffset, period, observedUntil } = triangle;
  const offsets = Array.from({ length: Math.min(MOST_SHOWN, byOffset.length - 1) }, (_, index) => index + 1);
  const incomplete = cohorts.some(({ cells }) => cells.some(({ complete }) => !complete));
  return [
    fileText(file),
    '',
    `Active customers of those who came in each ${period}, so many ${period}s later, observed to ${observedUntil}:`,
    table(
      ['Cohort', '>Customers', ...offsets.map((offset) => `>+${offset}`), '>Revenue'],
      [
        ...cohorts.map(({ cohort, customers, cells }) => [
          cohort,
          customers,
          ...offsets.map((offset) => shareText(cells[offset]?.activeShare)),
          amountText(cells.at(-1)!.cumulativeRevenue, file.decimals),
        ]),
        [
          'All',
          file.log.customers.length,
          ...offsets.map((offset) => shareText(byOffset.find((at) => at.offset === offset)?.activeShare)),
          amountText(file.log.total, file.decimals),
        ],
      ],
    ),
    ...(byOffset.length - 1 > MOST_SHOWN ? [`Later ${period}s are in the JSON document.`] : []),
    ...(incomplete ? [`The last ${period} was not observed to its end and has no share yet.`] : []),
    '',
    `${count(repeat.repeaters)} of ${count(repeat.customers)} customers bought again: ${percent(repeat.rate)}.`,
    ...(repeat.within
      ? [
          `Within ${repeat.within.days} days, of ${count(repeat.within.customers)} watched for so long: ${percent(repeat.within.rate)}.`,
        ]
      : []),
    `Days between purchases: median ${figure(between.median)}, a quarter up to ${figure(between.p25)}, three quarters up to ${figure(between.p75)}.`,
    '',
    ...churnTexts(`Churn: active in a ${period} and not in the next`, churn),
    ...(inactivity
      ? [
          '',
          ...churnTexts(`Churn: fallen silent for ${inactivity.inactiveDays} days in a ${period}`, inactivity.periods),
        ]
      : []),
  ].join('\n');
}

function shareText(share: number | null | undefined): string {
  return share === undefined ? '' : percent(share);
}

function churnTexts(title: string, periods: Churn['periods']): readonly string[] {
  if (periods.length === 0) return [`${title}: nothing was observed for long enough.`];
  const rows = periods.map(({ period, active, lost, churn }) => [period, active, lost, percent(churn)]);
  return [`${title}:`, table(['Period', '>Active', '>Lost', '>Churn'], rows)];
}
