import { describe, expect, test } from '@jest/globals';
import { formatOf } from './figure-format.ts';

describe('figures', () => {
  const english = formatOf('en-GB');
  const chinese = formatOf('zh-CN');

  test('of money are told to the last minor unit, however large', () => {
    expect(english.money(Number.MAX_SAFE_INTEGER, 'USD')).toBe('US$90,071,992,547,409.91');
    expect(english.money(-5, 'EUR')).toBe('-€0.05');
    expect(english.money(1_500, 'JPY')).toBe('JP¥1,500');
    expect(english.money(1_234, 'KWD').replaceAll(/\s/g, ' ')).toBe('KWD 1.234');
  });

  test('of money are short where asked, in the way of the language', () => {
    expect(english.money(1_234_500_000, 'USD', 'compact')).toBe('US$12.3m');
    expect(english.money(597_123_456, 'USD', 'compact')).toBe('US$5.97m');
    expect(english.money(600_000_000, 'USD', 'compact')).toBe('US$6m');
    expect(english.money(12_345_600, 'USD', 'compact')).toBe('US$123k');
    expect(chinese.money(1_234_600_000, 'CNY', 'compact')).toBe('¥1235万');
  });

  test('of small money are short without losing a cent', () => {
    expect([1, 50, 1_234, 4_500].map((cents) => english.money(cents, 'EUR', 'compact'))).toEqual([
      '€0.01',
      '€0.50',
      '€12.34',
      '€45',
    ]);
    expect(english.money(0, 'EUR', 'compact')).toBe('€0');
  });

  test('read as in the region of whoever reads English, with months in letters', () => {
    const american = formatOf('en-US');
    expect([american.money(597_123_456, 'USD', 'compact'), american.day('2026-09-13')]).toEqual([
      '$5.97M',
      'Sep 13, 2026',
    ]);
  });

  test('of days and moments are in UTC, wherever they are read', () => {
    expect(english.moment('2026-03-03T23:59:00.000Z')).toBe('3 Mar 2026, 23:59 UTC');
    expect(english.day('2026-03-03')).toBe('3 Mar 2026');
    expect(chinese.day('2026-03-03T00:00:00.000Z')).toBe('2026年3月3日');
    expect(english.instant('2026-03-03T10:12:00.007Z')).toContain('10:12:00.007');
  });

  test('of shares have one decimal at most', () => {
    expect([0.123, 0.5, 1].map(english.percent)).toEqual(['12.3%', '50%', '100%']);
  });

  test('of durations are as coarse as people say them', () => {
    expect([45, 180, 9_000].map(english.duration)).toEqual(['45 seconds', '3 minutes', '2.5 hours']);
  });
});
