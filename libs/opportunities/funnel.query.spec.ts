import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RecordedEvent } from '../eventsourcing/event.ts';
import {
  openSqliteReadModelStore,
  type SqliteReadModelStore,
} from '../eventsourcing/sqlite/sqlite-read-model-store.ts';
import { board } from './board.query.ts';
import { forecast } from './forecast.query.ts';
import type { FunnelReport } from './funnel-report.ts';
import { funnel } from './funnel.query.ts';
import { opportunities } from './opportunities.query.ts';
import { opportunitiesProjection } from './opportunities.projection.ts';
import type { OpportunityDocument } from './opportunity.document.ts';
import type { OpportunityEvent } from './opportunity.events.ts';
import { opportunity } from './opportunity.query.ts';
import { stalled } from './stalled.query.ts';
import { BEGIN, dealHistory, recorded, stageIds } from './testing/deal-histories.ts';
import { salesPipeline, storeDeals } from './testing/stored-deals.ts';
import { winLoss } from './win-loss.query.ts';

let directory: string;
let store: SqliteReadModelStore;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'dealtrail-funnel-'));
  store = openSqliteReadModelStore({ file: join(directory, 'read-models.sqlite') });
});

afterAll(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

type Dated = OpportunityEvent & { occurredAt: string };
type History = readonly RecordedEvent<OpportunityEvent>[];

function fold(events: History): OpportunityDocument {
  return events.reduce<OpportunityDocument | undefined>(
    (document, event) => opportunitiesProjection.evolve(document, event),
    undefined,
  )!;
}

async function stored(...histories: readonly History[]): Promise<OpportunityDocument[]> {
  const deals = histories.filter((events) => events.length > 0).map(fold);
  await storeDeals(store, salesPipeline, deals);
  return deals;
}

const at = (day: string) => `${day}T12:00:00.000Z`;
const now = at('2026-06-30');

function deal(id: string, owner: string, stageId: string, day: string, minorUnits?: number, more: object = {}) {
  return {
    type: 'OpportunityOpened',
    occurredAt: at(day),
    data: {
      opportunityId: id,
      pipelineId: 'default',
      stageId,
      title: id,
      owner,
      ...(minorUnits === undefined ? {} : { amount: { minorUnits, currency: 'EUR' } }),
      ...more,
    },
  } as const;
}

function move(
  day: string,
  from: string,
  to: string,
  direction: 'forward' | 'backward' | 'same',
  skipped: string[] = [],
) {
  return { type: 'OpportunityStageMoved', occurredAt: at(day), data: { from, to, direction, skipped } } as const;
}

function win(day: string, minorUnits: number): Dated {
  const amount = { minorUnits, currency: 'EUR' };
  return { type: 'OpportunityWon', occurredAt: at(day), data: { amount, credit: [{ rep: 'Ada', amount }] } };
}

function lose(day: string, reasonCode: string, competitor?: string) {
  const data = { reasonCode, ...(competitor === undefined ? {} : { competitor }) };
  return { type: 'OpportunityLost', occurredAt: at(day), data } as const;
}

/** Four deals of two reps in the first half of 2026. */
const company = [
  recorded('won', [
    deal('won', 'Ada', 'potential', '2026-01-10', 100_000),
    move('2026-02-10', 'potential', 'bidding', 'forward'),
    move('2026-02-20', 'bidding', 'contract', 'forward', ['negotiation']),
    win('2026-03-11', 90_000),
  ]),
  recorded('lost', [
    deal('lost', 'Ben', 'potential', '2026-01-10', 50_000),
    move('2026-01-30', 'potential', 'bidding', 'forward'),
    move('2026-02-09', 'bidding', 'potential', 'backward'),
    lose('2026-03-01', 'price', 'Bolt'),
  ]),
  recorded('open', [deal('open', 'Ada', 'potential', '2026-03-02', 200_000, { probability: 1_000 })]),
  recorded('new', [deal('new', 'Ben', 'negotiation', '2026-06-20', 10_001)]),
];

describe('the funnel now', () => {
  test('counts, sums and weighs the open deals of each stage, a rep’s own chance first', async () => {
    await stored(...company);
    const { total } = await funnel(store, { now });
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
      { id: 'negotiation', entered: 0, left: 0, skipped: 1, conversionToNext: null },
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

async function eachCompany(check: (histories: readonly History[], moment: string) => Promise<void>): Promise<void> {
  const histories = fc.tuple(dealHistory('a'), dealHistory('b'), dealHistory('c'));
  const moments = fc.nat(300 * 24 * 60).map((minutes) => new Date(BEGIN + minutes * 60_000).toISOString());
  await fc.assert(fc.asyncProperty(histories, moments, check), { numRuns: 40 });
}

/** Without what only the present can tell. */
function withoutAges({ stages, ...report }: FunnelReport): object {
  return { ...report, stages: stages.map(({ age: _age, stalled: _stalled, ...stage }) => stage) };
}

describe('the funnel as of a past moment', () => {
  test('is what the funnel said then, under every cut, endings undone or corrected since included', async () => {
    await eachCompany(async (histories, moment) => {
      const question = { groupBy: 'region', period: {} } as const;
      await stored(...histories);
      const past = await funnel(store, { ...question, now: LATER, asOf: moment });
      await stored(...histories.map((events) => events.filter(({ occurredAt }) => occurredAt <= moment)));
      const then = await funnel(store, { ...question, now: moment });
      expect(withoutAges(past.total)).toEqual(withoutAges(then.total));
      const groups = ({ groups: slices }: typeof past) =>
        slices.map(({ value, report }) => ({ value, ...withoutAges(report) }));
      // A past moment also has groups whose deals were elsewhere then; they are empty.
      const seen = new Set(then.groups.map(({ value }) => value));
      expect(groups(past).filter(({ value }) => seen.has(value))).toEqual(groups(then));
    });
  });

  test('is that of now for now', async () => {
    await eachCompany(async (histories) => {
      await stored(...histories);
      const present = await funnel(store, { now: LATER, period: {} });
      const past = await funnel(store, { now: LATER, asOf: LATER, period: {} });
      expect(withoutAges(past.total)).toEqual(withoutAges(present.total));
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

describe('the board', () => {
  test('has in its columns all open deals, with their sums', async () => {
    await eachCompany(async (histories) => {
      const deals = await stored(...histories);
      const { columns } = await board(store, { now });
      const open = deals.filter(({ status }) => status === 'open');
      expect(columns.flatMap(({ cards }) => cards.map(({ id }) => id)).sort()).toEqual(open.map(({ id }) => id).sort());
      for (const id of stageIds) {
        const column = columns.find(({ stage }) => stage.id === id)!;
        const here = open.filter(({ stageId }) => stageId === id);
        expect(column.count).toBe(here.length);
        for (const { currency, amount } of column.worth) {
          const inCurrency = here.filter((one) => one.currency === currency);
          expect(amount).toBe(inCurrency.reduce((sum, one) => sum + one.amount!, 0));
        }
      }
    });
  });
});

describe('the lists', () => {
  test('show stalled deals longest first, with the cause', async () => {
    await stored(...company);
    expect(await stalled(store, { now })).toMatchObject({
      total: 1,
      deals: [{ id: 'open', daysInStage: 120, limitDays: 90, cause: 'never_worked_on', stalled: true }],
    });
  });

  test('page through deals in the order asked for', async () => {
    await stored(...company);
    const question = { now, sort: ['openedAt', 'ascending'], limit: 3 } as const;
    const first = await opportunities(store, question);
    const second = await opportunities(store, { ...question, after: first.next! });
    expect([...first.opportunities, ...second.opportunities].map(({ id }) => id)).toEqual([
      'lost',
      'won',
      'open',
      'new',
    ]);
    expect(second.next).toBeUndefined();
  });

  test('show a deal with the time it spent in each stage', async () => {
    await stored(...company);
    const { stages, status } = await opportunity(store, 'lost', now);
    expect(status).toBe('lost');
    expect(stages.map(({ id, days, stays }) => [id, days, stays])).toEqual([
      ['potential', 40, 2],
      ['bidding', 10, 1],
      ['negotiation', 0, 0],
      ['contract', 0, 0],
    ]);
    await expect(opportunity(store, 'nobody', now)).rejects.toThrow('no opportunity nobody');
  });

  test('tell why and against whom deals were lost', async () => {
    await stored(...company);
    expect((await winLoss(store, {})).total).toMatchObject({
      won: 1,
      lost: 1,
      winRate: 0.5,
      reasons: [{ value: 'price', count: 1, share: 1, amounts: [{ currency: 'EUR', amount: 50_000 }] }],
      competitors: [{ value: 'Bolt', count: 1 }],
    });
  });
});

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
      { month: '2026-12', expectedAmount: 0, expectedByReps: 50_000 },
    ]);
    expect(categories.map(({ category, expectedByReps }) => [category, expectedByReps])).toEqual([
      ['commit', 50_000],
      ['omitted', 0],
    ]);
  });
});
