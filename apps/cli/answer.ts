import { once } from 'node:events';
import Table from 'cli-table3';
import { code } from 'currency-codes';
import type { SharedOptions } from './command-line.ts';

/** Writes what a command found: the document for programs, the text for people. */
export async function answer(options: SharedOptions, document: unknown, text: () => string): Promise<void> {
  await print(options.json ? `${JSON.stringify(document, null, 2)}\n` : `${text().trimEnd()}\n`);
}

/** Writes to the standard output, waiting where its reader is slower. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Says something beside the answer. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

export type Cell = string | number | null | undefined;

/** A table with its numbers to the right. A column whose head begins with `>` has numbers. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const grid = new Table({
    head: head.map((title) => title.replace(/^>/, '')),
    colAligns: head.map((title) => (title.startsWith('>') ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '',
    },
  });
  for (const row of rows) grid.push(row.map((cell) => (typeof cell === 'number' ? count(cell) : (cell ?? '–'))));
  return grid
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** A whole number with its thousands apart. */
export function count(number: number): string {
  return String(number).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** An amount in minor units as people write it, exactly: `CNY 1,234,567.89`. */
export function money(minorUnits: number, currency: string): string {
  const digits = code(currency)?.digits ?? 0;
  const text = String(Math.round(Math.abs(minorUnits))).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  const fraction = digits === 0 ? '' : `.${text.slice(-digits)}`;
  return `${currency} ${minorUnits < 0 ? '-' : ''}${whole}${fraction}`;
}

/** Several currencies, which are never added up. */
export function amounts(of: readonly { readonly currency: string; readonly amount: number }[]): string {
  return of.map(({ amount, currency }) => money(amount, currency)).join(' + ') || '–';
}

/** A share of one, in percent with one decimal. */
export function percent(share: number | null): string {
  if (share === null) return '–';
  const tenths = Math.round(share * 1_000);
  return `${Math.trunc(tenths / 10)}.${Math.abs(tenths % 10)} %`;
}

/** A figure in days or the like, with one decimal where it has any. */
export function figure(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : String(Math.round(value * 10) / 10);
}
