import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestServer, type TestServer } from './testing/running-server.ts';

let server: TestServer;
let last: string;

async function command(path: string, body: object): Promise<void> {
  const answer = await server.post(`/api/v1/opportunities${path}`, body);
  expect([answer.status, answer.body]).toEqual([path === '' ? 201 : 200, expect.anything()]);
  last = answer.body.position;
}

const acme = { id: 'acme', name: 'Acme GmbH' };
const euros = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });

beforeAll(async () => {
  server = await startTestServer({}, { page: false });
  const occurredAt = '2026-01-05T10:00:00Z';
  await command('', { id: 'a', title: 'Press line', owner: 'Ada', amount: euros(900), customer: acme, occurredAt });
  await command('', { id: 'b', title: '压铸机', owner: 'Ben', amount: euros(300), region: 'north', occurredAt });
  await command('', { id: 'c', title: 'Yen', owner: 'Cy', amount: { minorUnits: 500, currency: 'JPY' } });
  await command('/a/change-amount', { amount: euros(700), occurredAt: '2026-02-01T10:00:00Z' });
  await command('/b/judge-forecast', { forecastCategory: 'commit', occurredAt: '2026-02-01T10:00:00Z' });
  await command('/a/move', { toStage: 'bidding', occurredAt: '2026-02-10T10:00:00Z' });
  await command('/a/lose', { reasonCode: 'price', occurredAt: '2026-03-10T10:00:00Z' });
});
afterAll(async () => {
  await server.close();
});

async function idsOf(query: string): Promise<string[]> {
  const { status, body } = await server.get(`/api/v1/opportunities?sort=title&after=${last}&${query}`);
  expect([status, body]).toEqual([200, expect.anything()]);
  expect(body.total).toBe(body.opportunities.length);
  return body.opportunities.map(({ id }: { id: string }) => id);
}

describe('a list over HTTP', () => {
  test.each([
    ['owner=Ada&owner=Ben', ['a', 'b']],
    ['owner=Ben', ['b']],
    ['region=&region=north&owner=Ben&owner=Cy', ['c', 'b']],
    ['amountFrom=500', ['a', 'c']],
    ['amountFrom=500&currency=EUR', ['a']],
    ['amountTo=500&currency=EUR&owner=Ada&owner=Ben', ['b']],
    ['stalled=true', ['b']],
    ['stalled=false', ['a', 'c', 'b']],
    [`q=${encodeURIComponent('铸')}`, ['b']],
    ['q=gmbh+PRESS', ['a']],
    ['outcome=won,lost', ['a']],
    ['outcome=lost&endedFrom=2026-04-01', []],
    ['flow=movedForward&stage=potential', ['a']],
    ['flow=entered&stage=bidding&from=2026-02-01&to=2026-02-28', ['a']],
    ['flow=entered&stage=bidding&from=2026-03-01', []],
    ['flow=opened&from=2026-01-05&to=2026-01-05', ['a', 'b']],
    ['outcome=lost&lostReason=price', ['a']],
    ['outcome=lost&lostReason=timing&lostReason=', []],
    ['outcome=lost&competitor=', ['a']],
    ['forecastCategory=commit', ['b']],
    ['forecastCategory=pipeline&forecastCategory=', ['a', 'c']],
    ['asOf=2026-03-10&outcome=lost&lostReason=price&competitor=', ['a']],
    ['asOf=2026-03-10&outcome=lost&lostReason=', []],
    ['asOf=2026-01-20&forecastCategory=commit', []],
    ['asOf=2026-01-31&landingMonth=2026-05', ['a', 'b']],
    ['asOf=2026-02-20&landingMonth=2026-04', ['a']],
    ['asOf=2026-02-20&landingMonthByReps=2026-04', ['a']],
    ['asOf=2026-02-20&landingMonthByReps=2026-04&stalled=true', []],
    ['asOf=2026-02-20&landingMonth=2026-04&stage=potential', []],
    ['asOf=2026-02-20&stage=bidding', ['a']],
    ['asOf=2026-02-20&stage=potential&status=open', ['b']],
    ['asOf=2026-02-20&outcome=lost', []],
    ['asOf=2026-03-10&outcome=lost&endedFrom=2026-03-01', ['a']],
    ['asOf=2026-02-20&flow=opened&owner=Ada', ['a']],
  ])('narrowed by %s', async (query, ids) => {
    expect(await idsOf(query)).toEqual(ids);
  });

  test('shows deals as of a past moment as they were then', async () => {
    const { body } = await server.get(`/api/v1/opportunities?asOf=2026-01-31&owner=Ada&after=${last}`);
    expect(body).toMatchObject({ total: 1, amounts: [{ currency: 'EUR', count: 1, amount: 900 }] });
    expect(body.opportunities[0]).toMatchObject({ stageId: 'potential', status: 'open', amount: 900, daysInStage: 26 });
  });

  test.each([
    ['amountFrom=5&amountTo=4', 'amountTo'],
    ['amountFrom=-1', 'amountFrom'],
    ['stalled=yes', 'stalled'],
    ['q=', 'q'],
    ['flow=sold', 'flow'],
    ['from=2026-01-01', 'flow'],
    ['flow=entered&from=2026-02-01&to=2026-01-01', 'to'],
    ['flow=entered&outcome=won', 'outcome'],
    ['outcome=open', 'outcome'],
    ['landingMonth=2026-13', 'landingMonth'],
    ['landingMonth=2026-05&outcome=won', 'landingMonth'],
    ['landingMonthByReps=2026-05&flow=opened', 'landingMonthByReps'],
    ['asOf=2026-01-01&lostReason=price', 'lostReason'],
    ['asOf=2026-01-01&stalled=true&outcome=won', 'stalled'],
    ['asOf=2026-01-01&q=x', 'q'],
    ['asOf=2026-01-01&status=won', 'status'],
    ['asOf=2026-01-01&sort=amount', 'sort'],
    ['asOf=soon', 'asOf'],
    ['asOf=2199-01-01', 'asOf'],
    [`owner=${'x'.repeat(501)}`, 'owner'],
    ['owner[a]=b', 'owner[a]'],
  ])('refuses %s', async (query, field) => {
    const { status, body } = await server.get(`/api/v1/opportunities?${query}`);
    expect([status, body.errors.map((error: { field: string }) => error.field)]).toEqual([400, [field]]);
  });
});

describe('board, facets and search over HTTP', () => {
  test('the board is narrowed as lists are, and its totals with it', async () => {
    const { body } = await server.get(`/api/v1/board?owner=Ben&owner=Cy&currency=EUR&stalled=true&after=${last}`);
    expect(body.columns[0]).toMatchObject({
      count: 1,
      worth: [{ currency: 'EUR', amount: 300 }],
      cards: [{ id: 'b' }],
    });
    expect(body.totals).toMatchObject({ count: 1, suspended: 0, worth: [{ currency: 'EUR', count: 1, amount: 300 }] });
    const page = await server.get(`/api/v1/board/potential?q=yen&after=${last}`);
    expect(page.body.cards.map(({ id }: { id: string }) => id)).toEqual(['c']);
  });

  test('facets say what a filter can offer', async () => {
    const { body } = await server.get(`/api/v1/facets?after=${last}`);
    expect(body.owner).toEqual([
      { value: 'Ben', count: 1 },
      { value: 'Cy', count: 1 },
    ]);
    expect(Object.keys(body)).toEqual(['owner', 'team', 'region', 'product', 'channel', 'campaign', 'currency']);
    expect((await server.get('/api/v1/facets?pipeline=unheard')).status).toBe(404);
  });

  test('search finds deals and customers', async () => {
    const { body } = await server.get(`/api/v1/search?q=ACME&after=${last}`);
    expect(body.customers).toEqual([
      { customerId: 'acme', customerName: 'Acme GmbH', pipelineId: 'default', deals: 1 },
    ]);
    expect(body.deals).toEqual([
      expect.objectContaining({ id: 'a', title: 'Press line', status: 'lost', amount: 700 }),
    ]);
    expect((await server.get('/api/v1/search')).status).toBe(400);
    expect((await server.get('/api/v1/search?q=a&limit=51')).status).toBe(400);
  });

  test('forecast and win/loss are those of a past day', async () => {
    const forecast = await server.get(`/api/v1/forecast?asOf=2026-01-31&after=${last}`);
    expect(forecast.body.totals).toEqual([expect.objectContaining({ currency: 'EUR', count: 2, amount: 1_200 })]);
    const lost = async (day: string) => (await server.get(`/api/v1/win-loss?asOf=${day}`)).body.total.lost;
    expect([await lost('2026-03-09'), await lost('2026-03-10')]).toEqual([0, 1]);
  });

  test.each(['funnel', 'forecast', 'win-loss', 'opportunities/a'])('%s of a day to come is refused', async (path) => {
    const { status, body } = await server.get(`/api/v1/${path}?asOf=2199-01-01T00:00:00Z`);
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ field: 'asOf', rule: 'past' })]]);
    const today = new Date().toISOString().slice(0, 10);
    expect((await server.get(`/api/v1/${path}?asOf=${today}`)).status).toBe(200);
  });
});
