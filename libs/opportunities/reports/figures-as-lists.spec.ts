import { afterAll, describe, expect, test } from '@jest/globals';
import type { RecordedEvent } from '../../eventsourcing/event.ts';
import { forecast } from './forecast.query.ts';
import { flows } from './flow-deals.query.ts';
import { funnel } from './funnel.query.ts';
import { opportunities } from './opportunities.query.ts';
import { pastOpportunities } from './past-opportunities.query.ts';
import { winLoss } from './win-loss.query.ts';
import { opportunity, pastOpportunity } from './opportunity.query.ts';
import { company, now } from '../testing/company.ts';
import { dealStore, eachCompany } from '../testing/deal-store.ts';
import type { History } from '../testing/company.ts';

const { store, stored, remove } = dealStore();
afterAll(remove);

const LATER = '2030-01-01T00:00:00.000Z';
const DAY = 86_400_000;

function eventsOf(histories: readonly History[]) {
  const streams = new Map(histories.map((events) => [events[0]?.stream, events as readonly RecordedEvent[]]));
  return async (stream: string) => streams.get(stream) ?? [];
}

describe('a figure of the funnel', () => {
  test('as of a past moment is the number of the deals that the list shows in the stage', async () => {
    await eachCompany(async (histories, moment) => {
      await stored(...histories);
      const sources = { store, readEvents: eventsOf(histories) };
      const { total } = await funnel(store, { now: LATER, asOf: moment });
      for (const { id, open, suspended, worth, stalled } of total.stages) {
        const question = { asOf: moment, stageId: id };
        expect((await pastOpportunities(sources, { ...question, stalled: true })).total).toBe(stalled);
        const living = await pastOpportunities(sources, { ...question, status: ['open'] });
        expect([living.total, living.opportunities.length]).toEqual([open, open]);
        expect(living.amounts?.map(({ amount }) => amount)).toEqual(worth.map(({ amount }) => amount));
        expect((await pastOpportunities(sources, { ...question, status: ['suspended'] })).total).toBe(suspended);
        for (const deal of living.opportunities) {
          expect(deal).toMatchObject({ stageId: id, status: 'open' });
          expect(await pastOpportunity(sources, { id: deal.id, asOf: moment })).toMatchObject({
            owner: deal.owner,
            amount: deal.amount,
            expectedCloseDate: deal.expectedCloseDate,
            daysInStage: deal.daysInStage,
            stalled: deal.stalled,
          });
        }
      }
    });
  });

  test('over a period is led to by the list of the deals it counts, now and as of a past moment', async () => {
    await eachCompany(async (histories, moment) => {
      await stored(...histories);
      const sources = { store, readEvents: eventsOf(histories) };
      const days = { from: new Date(Date.parse(moment) - 60 * DAY).toISOString().slice(0, 10) };
      for (const asOf of [undefined, moment]) {
        const { total } = await funnel(store, { now: LATER, period: days, ...(asOf === undefined ? {} : { asOf }) });
        const list = (question: object) =>
          asOf === undefined
            ? opportunities(store, { now: LATER, ...question })
            : pastOpportunities(sources, { asOf, ...question });
        for (const name of flows)
          for (const stage of total.stages) {
            const { days: stays, ...counts } = stage.period!;
            const figure = name === 'opened' ? undefined : name === 'stayed' ? stays.n : counts[name];
            if (figure === undefined) continue;
            const page = await list({ stageId: stage.id, flow: { name, days } });
            // A deal that passed more than once is counted more than once, but listed once.
            expect(page.total).toBeLessThanOrEqual(figure);
            expect(page.total === 0).toBe(figure === 0);
            expect(page.opportunities).toHaveLength(page.total!);
          }
        expect((await list({ flow: { name: 'opened', days } })).total).toBe(total.period!.opened);
        for (const outcome of ['won', 'lost', 'terminated'] as const)
          expect((await list({ outcome: [outcome], endedOn: days })).total).toBe(total.period![outcome]);
      }
    });
  });

  test('of the forecast is the number of the open deals of its month or category, now and then', async () => {
    await eachCompany(async (histories, moment) => {
      await stored(...histories);
      const sources = { store, readEvents: eventsOf(histories) };
      for (const asOf of [undefined, moment]) {
        const time = asOf === undefined ? {} : { asOf };
        const { months, categories } = await forecast(store, { now: LATER, ...time });
        const list = (question: object) =>
          asOf === undefined
            ? opportunities(store, { now: LATER, ...question })
            : pastOpportunities(sources, { asOf, ...question });
        for (const { month, currency, count, amount, countByReps } of months) {
          const page = await list({ landingMonth: month, currency });
          expect(page.amounts ?? []).toEqual(count === 0 ? [] : [{ currency, count, amount }]);
          expect((await list({ landingMonthByReps: month, currency })).total).toBe(countByReps);
        }
        for (const { category, currency, count, amount } of categories) {
          const forecastCategory = category === 'pipeline' ? [category, null] : [category];
          const page = await list({ status: ['open'], forecastCategory, currency });
          expect(page.amounts).toEqual([{ currency, count, amount }]);
        }
      }
    });
  });

  test('of won and lost deals is the number of the deals with its reason, and with its competitor', async () => {
    await eachCompany(async (histories, moment) => {
      await stored(...histories);
      const sources = { store, readEvents: eventsOf(histories) };
      const { total: today } = await winLoss(store, { now: LATER });
      const { total: then } = await winLoss(store, { now: LATER, asOf: moment });
      const lost = { outcome: ['lost'] } as const;
      for (const { value, count } of today.reasons)
        expect((await opportunities(store, { now: LATER, ...lost, lostReason: [value] })).total).toBe(count);
      for (const { value, count } of today.competitors)
        expect((await opportunities(store, { now: LATER, ...lost, competitor: [value] })).total).toBe(count);
      for (const { value, count } of then.reasons)
        expect((await pastOpportunities(sources, { asOf: moment, ...lost, lostReason: [value] })).total).toBe(count);
    });
  });

  test('leads to deals by the cut of then', async () => {
    await stored(...company);
    const flow = { name: 'movedForward', days: { from: '2026-01-01', to: '2026-02-15' } } as const;
    const page = await opportunities(store, { now, stageId: 'potential', flow, sort: ['title', 'ascending'] });
    expect(page.opportunities.map(({ id, status }) => [id, status])).toEqual([
      ['lost', 'lost'],
      ['won', 'won'],
    ]);
    expect((await opportunities(store, { now, stageId: 'potential', flow, owner: 'Ada' })).total).toBe(1);
    expect((await opportunities(store, { now, stageId: 'potential', flow, amount: { from: 60_000 } })).total).toBe(1);
  });

  test('as of a past moment is listed in pages', async () => {
    await stored(...company);
    const sources = { store, readEvents: eventsOf(company) };
    const question = { asOf: '2026-01-31', sort: ['title', 'ascending'], limit: 1 } as const;
    const first = await pastOpportunities(sources, question);
    expect(first).toMatchObject({ total: 2, amounts: [{ currency: 'EUR', count: 2, amount: 150_000 }] });
    const second = await pastOpportunities(sources, { ...question, after: first.next! });
    expect(second.total).toBeUndefined();
    expect(
      [first, second].flatMap(({ opportunities: [deal] }) => [deal!.id, deal!.stageId, deal!.daysInStage]),
    ).toEqual([...['lost', 'bidding', 1], ...['won', 'potential', 21]]);
  });
});

describe('as of a past moment', () => {
  test('a deal has the time in its stages that it had then', async () => {
    await stored(...company);
    const sources = { store, readEvents: eventsOf(company) };
    const then = await pastOpportunity(sources, { id: 'lost', asOf: '2026-02-05' });
    expect(then).toMatchObject({ stageId: 'bidding', status: 'open', daysInStage: 6, stalled: false });
    expect(then.stages.map(({ id, days, stays, current }) => [id, days, stays, current])).toEqual([
      ['potential', 20, 1, false],
      ['bidding', 6, 1, true],
      ['negotiation', 0, 0, false],
      ['contract', 0, 0, false],
    ]);
    await eachCompany(async (histories, moment) => {
      const past = histories.map((events) => events.filter(({ occurredAt }) => occurredAt <= moment));
      const began = past.filter((events) => events.some(({ type }) => type === 'OpportunityOpened'));
      const deals = await stored(...began);
      for (const { id } of deals)
        expect(await pastOpportunity({ store, readEvents: eventsOf(histories) }, { id, asOf: moment })).toEqual(
          await opportunity(store, id, moment),
        );
    });
  });

  test('the forecast is what it was then', async () => {
    await eachCompany(async (histories, moment) => {
      await stored(...histories);
      const past = await forecast(store, { now: LATER, asOf: moment });
      await stored(...histories.map((events) => events.filter(({ occurredAt }) => occurredAt <= moment)));
      expect(past).toEqual(await forecast(store, { now: moment }));
    });
  });

  test('win and loss are what they were then, but for competitors found out later', async () => {
    const known = ({ total, groups }: Awaited<ReturnType<typeof winLoss>>) => ({
      ...total,
      competitors: [],
      groups: groups.map(({ value, report }) => [value, { ...report, competitors: [] }]),
    });
    await eachCompany(async (histories, moment) => {
      await stored(...histories);
      const past = await winLoss(store, { now: LATER, asOf: moment, groupBy: 'owner' });
      await stored(...histories.map((events) => events.filter(({ occurredAt }) => occurredAt <= moment)));
      expect(known(past)).toEqual(known(await winLoss(store, { now: moment, groupBy: 'owner' })));
    });
  });
});
