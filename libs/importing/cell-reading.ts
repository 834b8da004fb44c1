import currencyCodes from 'currency-codes';
import { DateTime } from 'luxon';
import type { Money } from '../eventsourcing/schema.ts';
import { brokenRule, type BrokenRule } from './broken-rule.ts';

/** A cell cannot be read as what it should be. The importer adds the line. */
export class CellRefused extends Error {
  readonly column: string;
  readonly broken: BrokenRule;
  constructor(column: string, broken: BrokenRule) {
    super(broken.rule);
    this.name = 'CellRefused';
    this.column = column;
    this.broken = broken;
  }
}

/** What stands before the decimals of an amount; with it, thousands may be set apart. */
export type DecimalMark = '.' | ',';

const PLAIN = /^(?<whole>\d+)(?:\.(?<fraction>\d+))?$/;
const MARKED: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^(?<whole>\d+|\d{1,3}(?<gap>[,'’\u0020\u00a0\u202f])\d{3}(?:\k<gap>\d{3})*)(?:\.(?<fraction>\d+))?$/,
  ',': /^(?<whole>\d+|\d{1,3}(?<gap>[.'’\u0020\u00a0\u202f])\d{3}(?:\k<gap>\d{3})*)(?:,(?<fraction>\d+))?$/,
};

/** Whether a text is an amount as `readMoney` reads them. */
export function isAmount(text: string, mark: DecimalMark | undefined): boolean {
  return (mark === undefined ? PLAIN : MARKED[mark]).test(text);
}

/**
 * Reads a decimal number of whole units as exact minor units: `1054` or `1054.5` of USD is 105,400 or 105,450, and
 * `1.054,50` with the mark `,`. Throws `CellRefused` for anything else, negative numbers, and more decimals than the
 * currency has.
 */
export function readMoney(column: string, text: string, currency: string, mark?: DecimalMark): Money {
  const refused = (broken: BrokenRule): CellRefused => new CellRefused(column, broken);
  const digits = currencyCodes.code(currency)?.digits;
  if (digits === undefined) {
    throw refused(brokenRule('currency_unknown', `${currency} is not an ISO 4217 currency`, { currency }));
  }
  const told = { value: text, currency };
  if (text.startsWith('-')) throw refused(brokenRule('amount_negative', `"${text}" is negative`, told));
  const match = (mark === undefined ? PLAIN : MARKED[mark]).exec(text);
  if (!match) throw refused(brokenRule('amount_form', `"${text}" is not a decimal number of ${currency}`, told));
  const fraction = (match.groups!['fraction'] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) {
    throw refused(brokenRule('amount_decimals', `"${text}" has more decimals than ${currency}`, told));
  }
  const minorUnits = Number(match.groups!['whole']!.replaceAll(/\D/g, '') + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minorUnits)) throw refused(brokenRule('amount_too_large', `"${text}" is too large`, told));
  return { minorUnits, currency };
}

export interface DateReading {
  readonly dateFormats: readonly string[];
  readonly timeZone: string;
}

/**
 * Reads a date or time as an instant in UTC. A bare date means its first moment in the zone; a time that the zone skips
 * in spring is moved on by as much as is skipped, one that comes twice in autumn is the first.
 */
export function readInstant(column: string, text: string, reading: DateReading): string {
  return readDate(column, text, reading).toUTC().toISO();
}

/** Reads a date as the calendar day it names. */
export function readDay(column: string, text: string, reading: DateReading): string {
  return readDate(column, text, reading).toISODate();
}

function readDate(column: string, text: string, { dateFormats, timeZone }: DateReading): DateTime<true> {
  for (const format of dateFormats) {
    const read = DateTime.fromFormat(text, format, { zone: timeZone, locale: 'en' });
    // Left to itself, the library reads a time that comes twice by the season in which it is asked.
    if (read.isValid) return read.getPossibleOffsets()[0] as DateTime<true>;
  }
  const rule = `"${text}" is not a date in the form ${dateFormats.join(' or ')}`;
  throw new CellRefused(column, brokenRule('date_form', rule, { value: text, forms: dateFormats }));
}
