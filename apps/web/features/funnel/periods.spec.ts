import { describe, expect, test } from '@jest/globals';
import { comparedPeriod, comparisonOf, periodOf, presetOf, PRESETS } from './periods.ts';

describe('the period of a report', () => {
  test.each([
    ['thisMonth', '2026-11-01', '2026-11-22'],
    ['lastMonth', '2026-10-01', '2026-10-31'],
    ['thisQuarter', '2026-10-01', '2026-11-22'],
    ['lastQuarter', '2026-07-01', '2026-09-30'],
    ['thisYear', '2026-01-01', '2026-11-22'],
    ['lastYear', '2025-01-01', '2025-12-31'],
    ['last12Months', '2025-11-23', '2026-11-22'],
  ] as const)('“%s” is %s to %s on 22 November 2026', (preset, from, to) => {
    expect(periodOf(preset, '2026-11-22')).toEqual({ from, to });
  });

  test.each([
    ['lastQuarter', '2026-01-15', '2025-10-01', '2025-12-31'],
    ['lastMonth', '2026-01-31', '2025-12-01', '2025-12-31'],
    ['lastMonth', '2024-03-31', '2024-02-01', '2024-02-29'],
    ['last12Months', '2024-02-29', '2023-03-01', '2024-02-29'],
  ] as const)('“%s” on %s is %s to %s', (preset, today, from, to) => {
    expect(periodOf(preset, today)).toEqual({ from, to });
  });

  test('is told by its name again, on every day of four years', () => {
    for (let day = Date.UTC(2023, 0, 1); day < Date.UTC(2027, 0, 1); day += 86_400_000) {
      const today = new Date(day).toISOString().slice(0, 10);
      for (const preset of PRESETS) {
        const period = periodOf(preset, today);
        expect(period.from <= period.to).toBe(true);
        expect(periodOf(presetOf(period, today)!, today)).toEqual(period);
      }
    }
  });

  test.each([
    ['2026-10-01', '2026-10-31', '2026-09-01', '2026-09-30'],
    ['2026-11-01', '2026-11-22', '2026-10-01', '2026-10-22'],
    ['2026-03-01', '2026-03-30', '2026-02-01', '2026-02-28'],
    ['2026-07-01', '2026-09-30', '2026-04-01', '2026-06-30'],
    ['2026-10-01', '2026-11-22', '2026-07-01', '2026-08-22'],
    ['2026-01-01', '2026-11-22', '2025-01-01', '2025-11-22'],
    ['2025-11-23', '2026-11-22', '2024-11-23', '2025-11-22'],
    ['2026-11-10', '2026-11-19', '2026-10-31', '2026-11-09'],
  ])('%s to %s comes after %s to %s', (from, to, previousFrom, previousTo) => {
    const compared = { from: previousFrom, to: previousTo };
    expect(comparedPeriod('previous', { from, to })).toEqual(compared);
    expect(comparisonOf(compared, { from, to })).toBe('previous');
  });

  test('is compared with the same days a year before, the last of February with the last', () => {
    const period = { from: '2024-02-10', to: '2024-02-29' };
    const compared = { from: '2023-02-10', to: '2023-02-28' };
    expect(comparedPeriod('yearBefore', period)).toEqual(compared);
    expect(comparisonOf(compared, period)).toBe('yearBefore');
    expect(comparisonOf({ from: '2023-02-01', to: '2023-02-28' }, period)).toBeUndefined();
  });
});
