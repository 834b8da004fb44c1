import { describe, expect, test } from '@jest/globals';
import { addDays, addMonthsAndDays, calendarDays } from './calendar.ts';

describe('calendar days', () => {
  test('count midnights, not hours', () => {
    expect(calendarDays('2026-03-01T23:59:59.999Z', '2026-03-02T00:00:00.000Z')).toBe(1);
    expect(calendarDays('2024-03-01', '2024-02-28')).toBe(-2);
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  });

  test('take the last day of a month that is shorter', () => {
    expect(addMonthsAndDays('2026-01-31', 1, 0)).toBe('2026-02-28');
    expect(addMonthsAndDays('2026-11-30', 3, 1)).toBe('2027-03-01');
  });
});
