import { afterAll, describe, expect, test } from '@jest/globals';
import { board } from './board.query.ts';
import { funnel } from './funnel.query.ts';
import { opportunities } from './opportunities.query.ts';
import { opportunity } from './opportunity.query.ts';
import { stalled } from './stalled.query.ts';
import { company, now } from '../testing/company.ts';
import { stageIds } from '../testing/deal-histories.ts';
import { dealStore, eachCompany } from '../testing/deal-store.ts';
import { winLoss } from './win-loss.query.ts';

const { store, stored, remove } = dealStore();
afterAll(remove);

describe('the board', () => {
  test('has in its columns all open deals, with their sums', async () => {
    await eachCompany(async (histories) => {
      const deals = await stored(...histories);
      const { columns, totals } = await board(store, { now });
      const open = deals.filter(({ status }) => status === 'open');
      expect(columns.flatMap(({ cards }) => cards.map(({ id }) => id)).toSorted()).toEqual(
        open.map(({ id }) => id).toSorted(),
      );
      const { total: funnelTotal } = await funnel(store, { now });
      expect(totals).toEqual({
        count: funnelTotal.open,
        suspended: funnelTotal.suspended,
        worth: funnelTotal.worth,
      });
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
    expect((await winLoss(store, { now })).total).toMatchObject({
      won: 1,
      lost: 1,
      winRate: 0.5,
      reasons: [{ value: 'price', count: 1, share: 1, amounts: [{ currency: 'EUR', amount: 50_000 }] }],
      competitors: [{ value: 'Bolt', count: 1 }],
    });
  });
});
