import { afterAll, describe, expect, test } from '@jest/globals';
import { board, boardColumn } from './board.query.ts';
import { isStalled } from './deal-card.ts';
import type { DealFilter } from './deal-filter.ts';
import { facets } from './facets.query.ts';
import { opportunities } from './opportunities.query.ts';
import { search } from './search.query.ts';
import { company, deal, now } from '../testing/company.ts';
import { recorded } from '../testing/deal-histories.ts';
import { dealStore } from '../testing/deal-store.ts';
import { salesPipeline } from '../testing/stored-deals.ts';
import type { OpportunityDocument } from '../read-models/opportunity.document.ts';

const { store, stored, remove } = dealStore();
afterAll(remove);

const customer = (id: string, name: string) => ({ customer: { id, name } });
const more = [
  recorded('p1', [
    deal('p1', 'Ada', 'potential', '2026-01-05', 70_000, {
      ...{ region: 'north', expectedCloseDate: '2026-08-15', title: '压铸机 第二期' },
      ...customer('c-1', '上海机床'),
    }),
  ]),
  recorded('p2', [
    deal('p2', 'Cy', 'bidding', '2026-06-01', 5_000, {
      ...{ region: 'south', expectedCloseDate: '2026-07-01', title: 'Press line' },
      ...customer('c-2', 'Acme Rollers'),
    }),
  ]),
  recorded('p3', [
    deal('p3', 'Cy', 'bidding', '2026-02-01', undefined, {
      ...{ region: 'north', title: 'ACME spare parts' },
      ...customer('c-2', 'Acme'),
    }),
  ]),
];
const histories = [...company, ...more];

const filters: readonly (readonly [string, DealFilter, (deal: OpportunityDocument) => boolean])[] = [
  ['several owners', { owner: ['Ada', 'Cy'] }, ({ owner }) => owner !== 'Ben'],
  ['a region or none', { region: ['north', null] }, ({ region }) => region !== 'south'],
  ['an amount from', { amount: { from: 70_000 } }, ({ amount }) => amount !== null && amount >= 70_000],
  ['an amount up to', { amount: { to: 70_000 } }, ({ amount }) => amount !== null && amount <= 70_000],
  ['a currency', { currency: 'EUR' }, ({ currency }) => currency === 'EUR'],
  [
    'a close date',
    { expectedCloseDate: { from: '2026-07-01', to: '2026-07-31' } },
    ({ expectedCloseDate }) => expectedCloseDate === '2026-07-01',
  ],
  ['stalled', { stalled: true }, (one) => isStalled(one, salesPipeline.stages, now)],
  ['words in any order and case', { text: 'rollers ACME' }, ({ id }) => id === 'p2'],
  ['a part of a Chinese word', { text: '铸' }, ({ id }) => id === 'p1'],
  [
    'everything at once',
    { owner: ['Ada', 'Cy'], stalled: true, region: 'north', text: '上海' },
    ({ id }) => id === 'p1',
  ],
  ['nothing there is', { text: 'zzz' }, () => false],
];

describe.each(filters)('narrowed to %s', (_, filter, matches) => {
  test('the columns of the board and their totals follow', async () => {
    const deals = (await stored(...histories)).filter((one) => one.status === 'open' && matches(one));
    const { columns } = await board(store, { now, ...filter });
    for (const { stage, count, worth, cards } of columns) {
      const here = deals.filter(({ stageId }) => stageId === stage.id);
      expect([stage.id, count]).toEqual([stage.id, here.length]);
      expect(cards.map(({ id }) => id).toSorted()).toEqual(here.map(({ id }) => id).toSorted());
      const sum = here.reduce((total, { amount }) => total + (amount ?? 0), 0);
      expect(worth.reduce((total, { amount }) => total + amount, 0)).toBe(sum);
      const page = await boardColumn(store, { now, ...filter, stageId: stage.id });
      expect(page.cards).toEqual(cards);
    }
  });

  test('the list and its totals follow', async () => {
    const deals = (await stored(...histories)).filter(matches);
    const page = await opportunities(store, { now, ...filter });
    expect(page.opportunities.map(({ id }) => id).toSorted()).toEqual(deals.map(({ id }) => id).toSorted());
    expect(page.total).toBe(deals.length);
    const valued = deals.filter(({ amount }) => amount !== null);
    expect(page.amounts?.map(({ currency, count, amount }) => [currency, count, amount]) ?? []).toEqual(
      valued.length === 0 ? [] : [['EUR', valued.length, valued.reduce((total, { amount }) => total + amount!, 0)]],
    );
    const pages = await pagesOf(filter);
    expect(pages.toSorted()).toEqual(deals.map(({ id }) => id).toSorted());
  });
});

async function pagesOf(filter: DealFilter): Promise<string[]> {
  const ids: string[] = [];
  let next: string | undefined;
  do {
    const question = { now, ...filter, limit: 2, sort: ['amount', 'descending'] } as const;
    const page = await opportunities(store, next === undefined ? question : { ...question, after: next });
    // A total costs as much as a page, so only the first one has it.
    expect(page.total === undefined).toBe(next !== undefined);
    ids.push(...page.opportunities.map(({ id }) => id));
    next = page.next;
  } while (next !== undefined);
  return ids;
}

describe('the facets', () => {
  test('count the open deals of each value, in order, those without one last', async () => {
    await stored(...histories);
    const { owner, region, currency, team } = await facets(store, {});
    expect(owner).toEqual([
      { value: 'Ada', count: 2 },
      { value: 'Ben', count: 1 },
      { value: 'Cy', count: 2 },
    ]);
    expect(region.map(({ value, count }) => [value, count])).toEqual([
      ['north', 2],
      ['south', 1],
      [null, 2],
    ]);
    expect(currency.at(-1)).toEqual({ value: null, count: 1 });
    expect(team).toEqual([{ value: null, count: 5 }]);
    const ended = await facets(store, { status: ['won', 'lost'] });
    expect(ended.owner.reduce((sum, { count }) => sum + count, 0)).toBe(
      (await opportunities(store, { status: ['won', 'lost'], now })).total,
    );
    await expect(facets(store, { pipelineId: 'unheard' })).rejects.toThrow('no pipeline unheard');
  });
});

describe('the search', () => {
  const idsOf = async (text: string) => (await search(store, { text })).deals.map(({ id }) => id);

  test('puts titles that begin with the words first, then other words that do, then the rest', async () => {
    await stored(...histories);
    expect(await idsOf('acme')).toEqual(['p3', 'p2']);
    expect(await idsOf('line press')).toEqual(['p2']);
    expect(await idsOf('ine')).toEqual(['p2']);
    expect(await idsOf('第二')).toEqual(['p1']);
    expect(await idsOf('上海 压铸')).toEqual(['p1']);
    expect(await idsOf('won')).toEqual(['won']);
    expect(await idsOf('   ')).toEqual([]);
  });

  test('finds customers once, by the name that fits, with all of their deals', async () => {
    await stored(...histories);
    expect((await search(store, { text: 'acme' })).customers).toEqual([
      { customerId: 'c-2', customerName: 'Acme', pipelineId: 'default', deals: 2 },
    ]);
    expect((await search(store, { text: 'ROLLERS' })).customers).toEqual([
      { customerId: 'c-2', customerName: 'Acme Rollers', pipelineId: 'default', deals: 2 },
    ]);
    expect((await search(store, { text: '机床' })).customers).toEqual([
      { customerId: 'c-1', customerName: '上海机床', pipelineId: 'default', deals: 1 },
    ]);
    // Found by the title alone, which says nothing of the customer.
    expect((await search(store, { text: '压铸' })).customers).toEqual([]);
  });

  test('gives no more than asked for', async () => {
    await stored(...histories);
    const { deals, customers } = await search(store, { text: 'p', limit: 1 });
    expect([deals.length, customers.length <= 1]).toEqual([1, true]);
  });
});
