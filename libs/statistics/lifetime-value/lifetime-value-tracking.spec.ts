import { describe, expect, test } from '@jest/globals';
import { purchaseLog } from '../purchases/purchase-log.ts';
import { trackRepeatPurchases } from './lifetime-value-tracking.ts';

const log = purchaseLog(
  [
    ['anna', '2026-01-01'],
    ['anna', '2026-01-07'],
    ['anna', '2026-01-16'],
    ['bo', '2026-01-08'],
    ['bo', '2026-01-08'],
    ['bo', '2026-01-15'],
    ['carl', '2026-01-15'],
    ['carl', '2026-01-16'],
  ].map(([customer, day]) => ({ customer: customer!, day: day!, amount: 100 })),
);
const periods = { unit: 'days', calibrationEnd: '2026-01-14' } as const;

describe('repeat purchases, week by week', () => {
  test('are counted and expected of each customer from the first purchase on', () => {
    expect(trackRepeatPurchases(log, periods, (days) => days / 10)).toEqual([
      { day: '2026-01-07', period: 'calibration', expected: expect.closeTo(0.6, 12), actual: 1 },
      { day: '2026-01-14', period: 'calibration', expected: expect.closeTo(1.3 + 0.6, 12), actual: 1 },
      { day: '2026-01-16', period: 'holdout', expected: expect.closeTo(1.5 + 0.8, 12), actual: 3 },
    ]);
  });

  test('take in who came before the end of calibration only', () => {
    const all = trackRepeatPurchases(log, { ...periods, calibrationEnd: '2026-01-16' }, () => 1);
    expect(all.at(-1)).toEqual({ day: '2026-01-16', period: 'calibration', expected: 3, actual: 4 });
  });

  test('are expected in the unit of the model, and end with the observation', () => {
    const asked = new Set<number>();
    const weeks = trackRepeatPurchases(log, { ...periods, unit: 'weeks', observationEnd: '2026-01-22' }, (units) => {
      asked.add(units);
      return units;
    });
    expect(weeks.map(({ day, actual }) => [day, actual])).toEqual([
      ['2026-01-07', 1],
      ['2026-01-14', 1],
      ['2026-01-21', 3],
      ['2026-01-22', 3],
    ]);
    // Of customers from day 0 and day 7, at the ends of days 6, 13, 20 and 21.
    expect([...asked].toSorted((left, right) => left - right)).toEqual([6, 13, 14, 20, 21].map((days) => days / 7));
    expect(trackRepeatPurchases(log, { ...periods, observationEnd: '2026-01-10' }, () => 0)).toHaveLength(2);
  });

  test('are refused where the expectation is none, or a day is none', () => {
    expect(() => trackRepeatPurchases(log, periods, () => Number.NaN)).toThrow(
      expect.objectContaining({ field: 'expectedOfNew' }),
    );
    expect(() => trackRepeatPurchases(log, { ...periods, calibrationEnd: 'soon' }, () => 1)).toThrow(
      expect.objectContaining({ field: 'calibrationEnd' }),
    );
  });
});
