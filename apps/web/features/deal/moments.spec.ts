import { describe, expect, test } from '@jest/globals';
import { formatOf } from '../../i18n/figure-format.ts';
import { instantOf, isAhead, momentText } from './moments.ts';

describe('a past moment of a deal', () => {
  test('that is a day is its last instant', () => {
    expect(instantOf('2026-03-03')).toBe('2026-03-03T23:59:59.999Z');
    expect(instantOf('2026-03-03T10:12:00.000Z')).toBe('2026-03-03T10:12:00.000Z');
    expect(instantOf(undefined)).toBeUndefined();
  });

  test('reads as exactly as it is told from others', () => {
    const format = formatOf('en-GB');
    expect(momentText('2026-03-03', format)).toBe('3 Mar 2026');
    expect(momentText('2026-03-03T10:12:00.000Z', format)).toBe('3 Mar 2026, 10:12 UTC');
    expect(momentText('2026-03-03T10:12:07.250Z', format)).toBe('3 Mar 2026, 10:12:07.250 UTC');
  });

  test('has not passed where it is later than now and than the last event', () => {
    expect(isAhead('2999-01-01', [])).toBe(true);
    expect(isAhead('2999-01-01', ['2999-01-02T00:00:00.000Z'])).toBe(false);
    expect(isAhead('2020-01-01', [])).toBe(false);
    expect(isAhead(undefined, [])).toBe(false);
  });
});
