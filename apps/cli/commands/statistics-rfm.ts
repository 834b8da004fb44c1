import type { Command } from 'commander';
import { purchaseSummary, type PurchaseSummary } from '../../../libs/statistics/purchases/purchase-summary.ts';
import { rfmScoring, type RfmScoring } from '../../../libs/statistics/purchases/rfm.ts';
import type { TimeUnit } from '../../../libs/statistics/purchases/time-unit.ts';
import { count, percent, print, table } from '../answer.ts';
import { addAnsweringCommand, choice, day, type SharedOptions } from '../command-line.ts';
import { printDocument } from '../statistics-document.ts';
import { amountText, fileDocument, fileText } from '../statistics-texts.ts';
import { inFileUnit } from '../statistics-amounts.ts';
import {
  readTransactions,
  transactionOptions,
  type TransactionFile,
  type TransactionOptions,
} from '../statistics-transactions.ts';

interface RfmOptions extends SharedOptions, TransactionOptions {
  readonly unit: TimeUnit;
  readonly calibrationEnd?: string;
  readonly holdoutEnd?: string;
  readonly customers: boolean;
}

/** Summaries of customers and their scores. */
export function registerStatisticsRfm(statistics: Command): void {
  transactionOptions(
    addAnsweringCommand(statistics, 'rfm <file.csv>', 'recency, frequency and value of each customer, scored'),
  )
    .addOption(choice('--unit <unit>', 'of recency and age', ['days', 'weeks', 'months']).default('weeks'))
    .option('--calibration-end <day>', 'last day that customers are summarised by (default: of the last purchase)', day)
    .option('--holdout-end <day>', 'last day that their response is watched to (default: of the last purchase)', day)
    .option('--no-customers', 'leave the customers themselves out of the JSON document')
    .action(async (path: string, options: RfmOptions) => {
      const file = await readTransactions(path, options);
      const summary = purchaseSummary(file.log, options);
      const scoring = rfmScoring(summary);
      if (options.json)
        await printDocument(
          rfmDocument(file, summary, scoring),
          options.customers ? customersOf(file, summary, scoring) : [],
        );
      else await print(`${rfmText(file, summary, scoring)}\n`);
    });
}

function rfmDocument(file: TransactionFile, summary: PurchaseSummary, scoring: RfmScoring) {
  const money = (minorUnits: number) => inFileUnit(minorUnits, file.decimals);
  const { customers, newcomers, unused, ...periods } = summary;
  const { lastDay, purchases, total } = scoring.floors;
  return {
    input: fileDocument(file),
    ...periods,
    summarised: customers.length,
    repeatBuyers: customers.filter(({ frequency }) => frequency > 0).length,
    newcomers: { ...newcomers, value: money(newcomers.value) },
    unused: { ...unused, value: money(unused.value) },
    floors: {
      lastDay,
      purchases,
      total: Object.fromEntries(
        Object.entries(total).map(([score, floor]) => [score, floor === null ? null : money(floor)]),
      ),
    },
    cells: scoring.cells.map(({ revenue, response, ...cell }) => ({
      ...cell,
      revenue: money(revenue),
      response: response && { ...response, revenue: money(response.revenue) },
    })),
  };
}

function* customersOf({ decimals }: TransactionFile, { customers }: PurchaseSummary, { scores }: RfmScoring) {
  for (const [index, { meanValue, total, holdout, ...customer }] of customers.entries()) {
    yield {
      ...customer,
      meanValue: meanValue === null ? null : inFileUnit(meanValue, decimals),
      total: inFileUnit(total, decimals),
      scores: scores[index]!,
      holdout: holdout && { ...holdout, value: inFileUnit(holdout.value, decimals) },
    };
  }
}

function rfmText(file: TransactionFile, summary: PurchaseSummary, { cells, floors }: RfmScoring) {
  const amount = (minorUnits: number) => amountText(minorUnits, file.decimals);
  const { customers, newcomers } = summary;
  const repeatBuyers = customers.filter(({ frequency }) => frequency > 0).length;
  const scores = ([1, 2, 3, 4, 5] as const).map((score) => [
    String(score),
    floors.lastDay[score],
    floors.purchases[score],
    floors.total[score] === null ? null : amount(floors.total[score]),
  ]);
  const withResponse = summary.holdoutEnd !== null;
  return [
    fileText(file),
    `Summarised to ${summary.calibrationEnd}: ${count(customers.length)} customers, of whom ${count(repeatBuyers)} bought again (${percent(repeatBuyers / customers.length)}).`,
    ...(withResponse ? [`Response from then to ${summary.holdoutEnd}.`] : []),
    ...(newcomers.customers > 0 ? [`${count(newcomers.customers)} customers came later and are left out.`] : []),
    '',
    table(['Score', '>Last purchase from', '>Purchases from', '>Total from'], scores),
    '',
    table(
      [
        'R F M',
        '>Customers',
        '>Share',
        '>Purchases',
        '>Revenue',
        ...(withResponse ? ['>Response', '>Later revenue'] : []),
      ],
      cells.map((cell) => [
        `${cell.recency} ${cell.frequency} ${cell.monetary}`,
        cell.customers,
        percent(cell.share),
        cell.purchases,
        amount(cell.revenue),
        ...(cell.response ? [percent(cell.response.rate), amount(cell.response.revenue)] : []),
      ]),
    ),
  ].join('\n');
}
