import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { calendars, periodLookup, periodsBetween, type CalendarPeriod } from './calendar-periods.ts';
import { dayAt, dayNumber } from './day-number.ts';

const someDay = fc.integer({ min: dayNumber('day', '1900-01-01'), max: dayNumber('day', '2199-12-31') });

describe('a period of the calendar', () => {
  test.each<[CalendarPeriod, string, string, string]>([
    ['month', '2024-02-29', '2024-02', '2024-02-01'],
    ['month', '1969-12-31', '1969-12', '1969-12-01'],
    ['quarter', '2024-12-31', '2024-Q4', '2024-10-01'],
    ['quarter', '2024-01-01', '2024-Q1', '2024-01-01'],
    ['week', '2024-01-07', '2024-W01', '2024-01-01'],
    ['week', '2023-01-01', '2022-W52', '2022-12-26'],
    ['week', '2020-12-31', '2020-W53', '2020-12-28'],
    ['week', '2024-12-30', '2025-W01', '2024-12-30'],
  ])('of a %s with %s is %s and begins on %s', (period, day, label, start) => {
    const { numberOf, labelOf, startOf } = calendars[period];
    const number = numberOf(dayNumber('day', day));
    expect([labelOf(number), dayAt(startOf(number))]).toEqual([label, start]);
  });

  test.each<CalendarPeriod>(['month', 'quarter', 'week'])('of a %s begins where the one before ends', (period) => {
    const { numberOf, startOf } = calendars[period];
    fc.assert(
      fc.property(someDay, (day) => {
        const number = numberOf(day);
        expect(startOf(number)).toBeLessThanOrEqual(day);
        expect(startOf(number + 1)).toBeGreaterThan(day);
        expect(numberOf(startOf(number + 1) - 1)).toBe(number);
        expect(periodLookup(calendars[period], day - 3, day)(day)).toBe(number);
      }),
    );
  });

  test('is complete on its last day and not on the eve of it', () => {
    const [first, eve, last] = ['2024-01-15', '2024-02-28', '2024-02-29'].map((day) => dayNumber('day', day));
    expect(periodsBetween(calendars.month, first!, last!)).toEqual({
      first: 24_288,
      last: 24_289,
      lastComplete: 24_289,
    });
    expect(periodsBetween(calendars.month, first!, eve!)).toEqual({
      first: 24_288,
      last: 24_289,
      lastComplete: 24_288,
    });
  });

  test('is refused where there are too many to be told', () => {
    const [first, last] = ['0001-01-01', '2024-01-01'].map((day) => dayNumber('day', day));
    expect(() => periodsBetween(calendars.month, first!, last!)).toThrow(
      expect.objectContaining({ code: 'too_many', field: 'period' }),
    );
  });
});
