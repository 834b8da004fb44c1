import { describe, expect, test } from '@jest/globals';
import { utcDayOf } from './statistics-transactions.ts';

describe('the day of a transaction', () => {
  test.each([
    ['2026-01-31', '2026-01-31'],
    ['20260131', '2026-01-31'],
    ['2026-01-31 23:30:00', '2026-01-31'],
    ['2026-01-31T23:30', '2026-01-31'],
    ['2026-01-31T23:30:00-05:00', '2026-02-01'],
    ['2026-02-01 00:30:00+02:00', '2026-01-31'],
    ['2026-01-31T23:59:59.999Z', '2026-01-31'],
  ])('of %s is %s', (text, day) => {
    expect(utcDayOf(text)).toBe(day);
  });

  test.each([
    '',
    'yesterday',
    '2026-02-30',
    '20260230',
    '2026-02-30T10:00:00Z',
    '2026-13-01',
    '31.01.2026',
    '01/31/2026',
  ])('is not known of %j', (text) => {
    expect(utcDayOf(text)).toBeUndefined();
  });
});
