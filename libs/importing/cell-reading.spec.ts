import { describe, expect, test } from '@jest/globals';
import { CellRefused, readDay, readInstant, readMoney } from './cell-reading.ts';

describe('money in a cell', () => {
  test.each([
    ['1054', 'USD', 105_400],
    ['1054.5', 'USD', 105_450],
    ['0.10', 'EUR', 10],
    ['1054.500', 'USD', 105_450],
    ['007', 'CNY', 700],
    ['500', 'JPY', 500],
    ['500.0', 'JPY', 500],
    ['1.234', 'KWD', 1_234],
    // Neither has a floating-point number of its own.
    ['0.29', 'USD', 29],
    ['90071992547409.91', 'USD', 9_007_199_254_740_991],
  ])('reads %s of %s exactly', (text, currency, minorUnits) => {
    expect(readMoney('value', text, currency)).toEqual({ minorUnits, currency });
  });

  test.each([
    ['1.005', 'USD', /more decimals than USD/],
    ['0.5', 'JPY', /more decimals than JPY/],
    ['-5', 'USD', /is negative/],
    ['1,054.00', 'USD', /not a decimal number of USD/],
    ['1.054,00', 'EUR', /not a decimal number of EUR/],
    ['1 054', 'EUR', /not a decimal number/],
    ['$5', 'USD', /not a decimal number/],
    ['1e3', 'USD', /not a decimal number/],
    ['.5', 'USD', /not a decimal number/],
    ['', 'USD', /not a decimal number/],
    ['１２', 'USD', /not a decimal number/],
    ['90071992547409.92', 'USD', /too large/],
    ['5', 'XYZ', /not an ISO 4217 currency/],
  ])('refuses %j of %s', (text, currency, rule) => {
    const refused = refusal(() => readMoney('value', text, currency));
    expect(refused.column).toBe('value');
    expect(refused.message).toMatch(rule);
  });
});

describe('money with a decimal mark', () => {
  test.each([
    ['1.234,56', ',', 123_456],
    ['1.234.567,8', ',', 123_456_780],
    ['1234,5', ',', 123_450],
    ['1 234,50', ',', 123_450],
    ['12.345', ',', 1_234_500],
    ['1,234.56', '.', 123_456],
    ["1'234.50", '.', 123_450],
    ['1234.5', '.', 123_450],
  ] as const)('reads %s with %s', (text, mark, minorUnits) => {
    expect(readMoney('value', text, 'EUR', mark)).toEqual({ minorUnits, currency: 'EUR' });
  });

  test.each([
    ['1.5', ','],
    ['1,5', '.'],
    ['1.234.56', ','],
    ['1.234 567,00', ','],
    ['1234.567,00', ','],
    ['12,34,567.00', '.'],
  ] as const)('refuses %s with %s', (text, mark) => {
    expect(refusal(() => readMoney('value', text, 'EUR', mark)).message).toMatch(/not a decimal number of EUR/);
  });
});

describe('a date in a cell', () => {
  const reading = (timeZone: string, ...dateFormats: string[]) => ({ timeZone, dateFormats });

  test.each([
    ['2017-03-01', 'yyyy-MM-dd', 'UTC', '2017-03-01T00:00:00.000Z'],
    ['2017-03-01', 'yyyy-MM-dd', 'Asia/Shanghai', '2017-02-28T16:00:00.000Z'],
    ['01/03/2017', 'dd/MM/yyyy', 'UTC', '2017-03-01T00:00:00.000Z'],
    ['3/1/2017 9:05 PM', 'M/d/yyyy h:mm a', 'America/New_York', '2017-03-02T02:05:00.000Z'],
    ['2017-03-01T12:00:00+02:00', "yyyy-MM-dd'T'HH:mm:ssZZ", 'UTC', '2017-03-01T10:00:00.000Z'],
    ['2017年3月1日', 'yyyy年M月d日', 'Asia/Shanghai', '2017-02-28T16:00:00.000Z'],
    // Daylight saving time: before and in it, a time that is skipped, one that comes twice.
    ['2017-03-25', 'yyyy-MM-dd', 'Europe/Berlin', '2017-03-24T23:00:00.000Z'],
    ['2017-03-27', 'yyyy-MM-dd', 'Europe/Berlin', '2017-03-26T22:00:00.000Z'],
    ['2017-03-26 02:30', 'yyyy-MM-dd HH:mm', 'Europe/Berlin', '2017-03-26T01:30:00.000Z'],
    ['2017-10-29 02:30', 'yyyy-MM-dd HH:mm', 'Europe/Berlin', '2017-10-29T00:30:00.000Z'],
    // Midnight itself is skipped.
    ['2017-10-15', 'yyyy-MM-dd', 'America/Sao_Paulo', '2017-10-15T03:00:00.000Z'],
  ])('reads %s as %s in %s', (text, format, zone, instant) => {
    expect(readInstant('date', text, reading(zone, format))).toBe(instant);
  });

  test('is read by the first form that fits', () => {
    const either = reading('UTC', 'dd/MM/yyyy', 'dd/MM/yyyy HH:mm');
    expect(readInstant('date', '02/03/2022 16:11', either)).toBe('2022-03-02T16:11:00.000Z');
    expect(readInstant('date', '02/03/2022', either)).toBe('2022-03-02T00:00:00.000Z');
  });

  test('names its own day, whatever the zone', () => {
    expect(readDay('date', '01/03/2017', reading('Asia/Shanghai', 'dd/MM/yyyy'))).toBe('2017-03-01');
  });

  test.each(['2017-02-29', '31/12/2017', '2017-3-1', 'soon', ''])('refuses %j', (text) => {
    const refused = refusal(() => readInstant('date', text, reading('UTC', 'yyyy-MM-dd')));
    expect(refused.column).toBe('date');
    expect(refused.message).toBe(`"${text}" is not a date in the form yyyy-MM-dd`);
  });
});

function refusal(read: () => unknown): CellRefused {
  try {
    read();
  } catch (error) {
    if (error instanceof CellRefused) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
