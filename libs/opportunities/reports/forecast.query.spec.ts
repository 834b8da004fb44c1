import { afterAll, describe, expect, test } from '@jest/globals';
import { forecast } from './forecast.query.ts';
import { deal, now } from '../testing/company.ts';
import { recorded } from '../testing/deal-histories.ts';
import { dealStore } from '../testing/deal-store.ts';

const { store, stored, remove } = dealStore();
afterAll(remove);

describe('the forecast', () => {
  test('comes out as in the worked example', async () => {
    await stored(
      recorded('p', [deal('p', 'Ada', 'potential', '2026-06-01', 500_000_00)]),
      recorded('b', [deal('b', 'Ada', 'bidding', '2026-06-01', 250_000_00)]),
      recorded('n', [deal('n', 'Ada', 'negotiation', '2026-06-01', 200_000_00)]),
    );
    const result = await forecast(store, { now, target: { minorUnits: 180_000_00, currency: 'EUR' } });
    expect(
      result.stages.map(({ chanceToWin, landsIn, landsOn, expectations }) => [
        chanceToWin,
        landsIn.months,
        landsOn,
        expectations[0]?.expectedAmount,
      ]),
    ).toEqual([
      [0.36, 4, '2026-10-30', 180_000_00],
      [0.72, 2, '2026-08-30', 180_000_00],
      [0.9, 1, '2026-07-30', 180_000_00],
      [1, 0, '2026-06-30', undefined],
    ]);
    expect(result.totals).toMatchObject([{ amount: 950_000_00, expectedAmount: 540_000_00 }]);
    expect(result.months.map(({ month, expectedAmount }) => [month, expectedAmount])).toEqual([
      ['2026-07', 180_000_00],
      ['2026-08', 180_000_00],
      ['2026-10', 180_000_00],
    ]);
    expect(result.stages.map(({ need }) => [need?.needed, need?.missing, need?.starving])).toEqual([
      [500_000_00, 0, false],
      [250_000_00, 0, false],
      [200_000_00, 0, false],
      [180_000_00, 180_000_00, true],
    ]);
  });

  test('shows the reps’ own chances and dates beside, and leaves out what they omit', async () => {
    const judged = { probability: 5_000, expectedCloseDate: '2026-12-15', forecastCategory: 'commit' };
    await stored(
      recorded('p', [deal('p', 'Ada', 'potential', '2026-06-01', 100_000, judged)]),
      recorded('o', [deal('o', 'Ada', 'bidding', '2026-06-01', 100_000, { forecastCategory: 'omitted' })]),
    );
    const { totals, months, categories } = await forecast(store, { now });
    expect(totals).toMatchObject([{ expectedAmount: 108_000, expectedByReps: 50_000 }]);
    expect(months).toMatchObject([
      { month: '2026-08', expectedAmount: 72_000, expectedByReps: 0 },
      { month: '2026-10', expectedAmount: 36_000, expectedByReps: 0 },
      { month: '2026-12', expectedAmount: 0, expectedByReps: 50_000, count: 0, countByReps: 1 },
    ]);
    expect(categories.map(({ category, expectedByReps }) => [category, expectedByReps])).toEqual([
      ['commit', 50_000],
      ['omitted', 0],
    ]);
  });
});
