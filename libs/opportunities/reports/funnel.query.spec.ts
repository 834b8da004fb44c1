import { afterAll, describe, expect, test } from '@jest/globals';
import { funnel } from './funnel.query.ts';
import { company, fold, now } from '../testing/company.ts';
import { dealStore, eachCompany } from '../testing/deal-store.ts';
import { salesPipeline, storeDeals } from '../testing/stored-deals.ts';

const { store, stored, remove } = dealStore();
afterAll(remove);

describe('the funnel now', () => {
  test('counts, sums and weighs the open deals of each stage, a rep’s own chance first', async () => {
    await stored(...company);
    const { total } = await funnel(store, { now });
    expect(total).toMatchObject({ open: 2, stalled: 1, age: { oldestDays: 120 } });
    expect(total.stages).toMatchObject([
      {
        id: 'potential',
        open: 1,
        worth: [{ currency: 'EUR', amount: 200_000, weightedAmount: 20_000 }],
        age: { medianDays: 120, oldestDays: 120 },
        stalled: 1,
      },
      { id: 'bidding', open: 0, worth: [], age: { medianDays: null, oldestDays: null }, stalled: 0 },
      // 90 % of 10,001 are 9,000.9.
      { id: 'negotiation', open: 1, worth: [{ amount: 10_001, weightedAmount: 9_001 }], stalled: 0 },
      { id: 'contract', open: 0 },
    ]);
  });

  test('is cut by any dimension and split by any', async () => {
    await stored(...company);
    expect((await funnel(store, { now, owner: 'Ada' })).total.open).toBe(1);
    const { groups, total } = await funnel(store, { now, groupBy: 'owner', period: {} });
    expect(groups.map(({ value, report }) => [value, report.open, report.period?.won])).toEqual([
      ['Ada', 1, 1],
      ['Ben', 1, 0],
    ]);
    expect(total).toEqual((await funnel(store, { now, period: {} })).total);
  });
});

describe('the funnel over a period', () => {
  test('tells what went through each stage', async () => {
    await stored(...company);
    const { total } = await funnel(store, { now, period: { from: '2026-02-01', to: '2026-03-31' } });
    expect(total.stages.map(({ id, period }) => ({ id, ...period }))).toMatchObject([
      {
        id: 'potential',
        entered: 2,
        left: 2,
        movedForward: 1,
        lost: 1,
        conversionToNext: 0.5,
        dropOff: 0.5,
        days: { n: 2, median: 25.5 },
      },
      {
        id: 'bidding',
        entered: 1,
        left: 2,
        movedForward: 1,
        movedBack: 1,
        conversionToNext: 0.5,
        days: { n: 2, median: 10 },
      },
      { id: 'negotiation', entered: 0, left: 0, skipped: 1, conversionToNext: null, dropOff: null },
      { id: 'contract', entered: 1, left: 1, won: 1, conversionToNext: 1, conversionToWon: 1 },
    ]);
    expect(total.period).toMatchObject({
      opened: 1,
      won: 1,
      lost: 1,
      winRate: 0.5,
      wonAmounts: [{ currency: 'EUR', count: 1, total: 90_000, mean: 90_000, median: 90_000 }],
      cycleDaysOfWon: { n: 1, mean: 60, standardDeviation: null },
      cycleDaysOfLost: { n: 1, mean: 50 },
      // 2 open deals × 1/2 × 90,000 ÷ 60 days
      velocity: [{ currency: 'EUR', openDeals: 2, minorUnitsPerDay: 1_500 }],
    });
  });

  test('has no rate where nothing was decided', async () => {
    await stored(...company);
    const { total } = await funnel(store, { now, period: { from: '2026-05-01', to: '2026-05-31' } });
    expect(total.period).toMatchObject({ won: 0, winRate: null, wonAmounts: [], velocity: [] });
    expect(JSON.stringify(total)).not.toContain('NaN');
  });

  test('counts for velocity only deals from a stage on where that is asked', async () => {
    await stored(...company);
    const { total } = await funnel(store, { now, period: {}, fromStage: 'bidding' });
    expect(total.period?.velocity).toEqual([{ currency: 'EUR', openDeals: 1, minorUnitsPerDay: 750 }]);
    await expect(funnel(store, { now, period: {}, fromStage: 'nowhere' })).rejects.toThrow('nowhere');
  });

  test('enters and leaves by exactly what is there more or less afterwards', async () => {
    await eachCompany(async (histories, moment) => {
      await stored(...histories);
      const day = moment.slice(0, 10);
      const before = await funnel(store, { now: LATER, asOf: new Date(Date.parse(day) - 1).toISOString() });
      const after = await funnel(store, { now: LATER, asOf: day, period: { from: day, to: day } });
      for (const [index, stage] of after.total.stages.entries()) {
        const earlier = before.total.stages[index]!;
        const more = stage.open + stage.suspended - earlier.open - earlier.suspended;
        expect(stage.period!.entered - stage.period!.left).toBe(more);
      }
    });
  });
});

const LATER = '2030-01-01T00:00:00.000Z';

describe('the funnel as of a past moment', () => {
  test('is what the funnel said then, under every cut, endings undone or corrected since included', async () => {
    await eachCompany(async (histories, moment) => {
      const question = { groupBy: 'region', period: {} } as const;
      await stored(...histories);
      const past = await funnel(store, { ...question, now: LATER, asOf: moment });
      await stored(...histories.map((events) => events.filter(({ occurredAt }) => occurredAt <= moment)));
      const then = await funnel(store, { ...question, now: moment });
      expect(past.total).toEqual(then.total);
      // A past moment also has groups whose deals were elsewhere then; they are empty.
      const seen = new Set(then.groups.map(({ value }) => value));
      expect(past.groups.filter(({ value }) => seen.has(value))).toEqual(then.groups);
    });
  });

  test('is that of now for now', async () => {
    await eachCompany(async (histories) => {
      await stored(...histories);
      const present = await funnel(store, { now: LATER, period: {} });
      const past = await funnel(store, { now: LATER, asOf: LATER, period: {} });
      expect(past.total).toEqual(present.total);
    });
  });

  test('takes a day for its end, and weighs by the rates of then', async () => {
    const [stages] = [salesPipeline.stages];
    const revised = stages.map((stage) => ({ ...stage, successRate: 1_000 }));
    const revisions = [...salesPipeline.revisions, { from: '2026-05-01T00:00:00.000Z', stages: revised }];
    await storeDeals(store, { ...salesPipeline, stages: revised, revisions }, company.map(fold));
    const past = await funnel(store, { now, asOf: '2026-02-09' });
    // The won deal, then in its first stage, and the lost one, which came back to it at noon.
    expect(past.at).toBe('2026-02-09T23:59:59.999Z');
    expect(past.total.stages[0]).toMatchObject({ open: 2, worth: [{ amount: 150_000, weightedAmount: 54_000 }] });
  });
});
