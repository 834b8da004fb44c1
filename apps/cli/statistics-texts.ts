import { daysOfLog } from '../../libs/statistics/purchases/purchase-log.ts';
import { count } from './answer.ts';
import { inFileUnit } from './statistics-amounts.ts';
import type { TransactionFile } from './statistics-transactions.ts';

/** What was read, and what became of every row of it, for programs. */
export function fileDocument({ log, columns, decimals, roundedAmounts }: TransactionFile) {
  return {
    columns,
    decimals,
    roundedAmounts,
    rows: log.rows,
    customers: log.customers.length,
    purchases: log.days.length,
    mergedRows: log.mergedRows,
    zeroRows: log.zeroRows,
    returns: { ...log.returns, amount: inFileUnit(log.returns.amount, decimals) },
    total: inFileUnit(log.total, decimals),
    ...daysOfLog(log),
  };
}

/** The same for people. */
export function fileText({ log, decimals, roundedAmounts }: TransactionFile): string {
  const { firstDay, lastDay } = daysOfLog(log);
  const { returns } = log;
  return [
    `${count(log.rows)} rows of ${count(log.customers.length)} customers, ${firstDay} to ${lastDay}:`,
    `${count(log.days.length)} purchases for ${amountText(log.total, decimals)}`,
    `(rows merged into another of the same day: ${count(log.mergedRows)}; rows of amount zero: ${count(log.zeroRows)}).`,
    ...(returns.rows > 0
      ? [`Returns kept apart: ${count(returns.rows)} for ${amountText(returns.amount, decimals)}.`]
      : []),
    ...(roundedAmounts > 0 ? [`Amounts rounded to ${decimals} decimals: ${count(roundedAmounts)}.`] : []),
  ].join(' ');
}

/** An amount of minor units with its decimals and thousands apart; the unit is the file's own. */
export function amountText(minorUnits: number, decimals: number): string {
  const digits = String(Math.abs(Math.round(minorUnits))).padStart(decimals + 1, '0');
  const whole = count(Number(digits.slice(0, digits.length - decimals)));
  return `${minorUnits < 0 ? '-' : ''}${whole}${decimals === 0 ? '' : `.${digits.slice(-decimals)}`}`;
}
