import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteReadModelStore } from '../libs/eventsourcing/sqlite/sqlite-read-model-store.ts';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { startTestServer, type TestServer } from './testing/running-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
});

const deal = {
  title: 'Press line',
  owner: 'ann',
  team: 'north',
  customer: { id: 'acme', name: 'Acme' },
  amount: { minorUnits: 12_000_00, currency: 'EUR' },
};

async function open(id: string, more: object = {}): Promise<string> {
  const answer = await server.post('/api/v1/opportunities', { id, ...deal, ...more });
  expect(answer.status).toBe(201);
  return answer.body.position;
}

async function command(id: string, verb: string, body: object = {}): Promise<string> {
  const answer = await server.post(`/api/v1/opportunities/${id}/${verb}`, body);
  expect([verb, answer.body]).toEqual([verb, expect.objectContaining({ id, repeated: false })]);
  expect(answer.status).toBe(200);
  return answer.body.position;
}

describe('a deal over HTTP', () => {
  test('goes through its whole life, and its page shows it', async () => {
    const created = await server.post('/api/v1/opportunities', { id: 'life', ...deal });
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe('/api/v1/opportunities/life');
    expect(created.headers.get('etag')).toBe('"0"');
    expect(created.body).toMatchObject({ id: 'life', revision: 0, repeated: false, events: ['OpportunityOpened'] });

    await command('life', 'move', { toStage: 'bidding' });
    await command('life', 'change-amount', { amount: { minorUnits: 15_000_00, currency: 'EUR' } });
    await command('life', 'change-close-date', { expectedCloseDate: '2030-06-30' });
    await command('life', 'change-product', { product: 'press' });
    await command('life', 'judge-forecast', { probability: 5_000, forecastCategory: 'best_case' });
    await command('life', 'correct-details', { title: 'Press line 2', team: null });
    await command('life', 'suspend', { reason: 'Budget is frozen', wakeUpOn: '2030-01-01' });
    await command('life', 'reactivate');
    await command('life', 'transfer', { to: 'bob', reason: 'Ann is on leave' });
    await command('life', 'form-team', { members: ['bob', 'ann'] });
    await command('life', 'split-credit', {
      shares: [
        { rep: 'bob', share: 7_000 },
        { rep: 'ann', share: 3_000 },
      ],
    });
    await command('life', 'log-activity', { kind: 'visit', cost: { minorUnits: 250_00, currency: 'EUR' } });
    await command('life', 'lose', { reasonCode: 'price', competitor: 'Globex' });
    await command('life', 'reopen', { reason: 'They came back', toStage: 'negotiation' });
    await command('life', 'win');
    await command('life', 'close', { whatHappened: 'They bought', reason: 'Best service' });
    const position = await command('life', 'archive');

    const page = await server.get(`/api/v1/opportunities/life?after=${position}`);
    expect(page.status).toBe(200);
    expect(page.body).toMatchObject({ status: 'archived', outcome: 'won', title: 'Press line 2', owner: 'bob' });
    expect(page.headers.get('etag')).toBe(`"${page.body.revision}"`);
    expect(page.body.credit.map(({ amount }: { amount: { minorUnits: number } }) => amount.minorUnits)).toEqual([
      10_500_00, 4_500_00,
    ]);

    const { body } = await server.get('/api/v1/opportunities/life/timeline');
    expect(body.entries).toHaveLength(page.body.revision + 1);
    expect(body.entries[2]).toMatchObject({
      type: 'OpportunityAmountChanged',
      who: 'local',
      changes: [{ field: 'amount.minorUnits', from: 12_000_00, to: 15_000_00 }],
    });
    const periods = await server.get('/api/v1/opportunities/life/stage-periods');
    expect(periods.body.periods.map(({ stageId }: { stageId: string }) => stageId)).toContain('negotiation');
  });

  test('can be terminated, and withdrawn', async () => {
    await open('ended');
    await command('ended', 'terminate', { reason: 'No budget at all' });
    await open('mistaken');
    const position = await command('mistaken', 'withdraw', { reason: 'Entered twice' });
    const { body } = await server.get(`/api/v1/opportunities/mistaken?after=${position}`);
    expect(body.status).toBe('withdrawn');
  });

  test('is seen as it was at a past business moment', async () => {
    await open('past', { occurredAt: '2026-01-10T09:00:00Z' });
    await command('past', 'move', { toStage: 'bidding', occurredAt: '2026-02-10T11:00:00+02:00' });
    const then = await server.get('/api/v1/opportunities/past?asOf=2026-02-10T08:59:59Z');
    expect(then.body).toMatchObject({ id: 'past', stageId: 'potential' });
    expect((await server.get('/api/v1/opportunities/past?asOf=2026-02-10')).body.stageId).toBe('bidding');
    expect((await server.get('/api/v1/opportunities/past?asOf=2025-12-31')).status).toBe(404);
  });

  test('shows on board, list, funnel, forecast, stalled and win/loss as soon as they are asked after its position', async () => {
    const region = 'reports';
    await open('shown', { region, occurredAt: '2026-01-01T00:00:00Z' });
    await open('lost', { region });
    const after = await command('lost', 'lose', { reasonCode: 'price' });
    const query = `region=${region}&after=${after}`;
    const [board, list, funnel, forecast, stalled, winLoss] = await Promise.all(
      ['board', 'opportunities', 'funnel', 'forecast', 'stalled', 'win-loss'].map((name) =>
        server.get(`/api/v1/${name}?${query}`),
      ),
    );
    expect(board!.body.columns[0]).toMatchObject({ count: 1, cards: [{ id: 'shown' }] });
    expect(list!.body.opportunities.map(({ id }: { id: string }) => id).toSorted()).toEqual(['lost', 'shown']);
    expect(funnel!.body.total).toBeDefined();
    expect(forecast!.body.totals).toEqual([
      expect.objectContaining({ currency: 'EUR', count: 1, amount: 12_000_00, expectedAmount: 4_320_00 }),
    ]);
    expect(stalled!.body).toMatchObject({ total: 1, deals: [{ id: 'shown' }] });
    expect(winLoss!.body.total).toMatchObject({ won: 0, lost: 1, reasons: [{ value: 'price', count: 1 }] });
    const split = await server.get(`/api/v1/funnel?${query}&by=owner&from=2026-01-01&to=2026-12-31&asOf=2026-03-01`);
    expect(split.body.groups.map(({ value }: { value: string }) => value)).toEqual(['ann']);
    const column = await server.get(`/api/v1/board/potential?${query}`);
    expect(column.body.cards).toHaveLength(1);
    const target = await server.get(`/api/v1/forecast?${query}&target=1000000&currency=EUR`);
    expect(target.body.stages[0].need).toMatchObject({ starving: true });
  });

  test('is listed in pages that follow one another', async () => {
    let after = '';
    for (const number of [1, 2, 3, 4, 5])
      after = await open(`page-${number}`, { channel: 'pages', title: `T${number}` });
    const first = await server.get(`/api/v1/opportunities?channel=pages&sort=-title&limit=3&after=${after}`);
    const second = await server.get(
      `/api/v1/opportunities?channel=pages&sort=-title&limit=3&cursor=${encodeURIComponent(first.body.next)}`,
    );
    const titles = [...first.body.opportunities, ...second.body.opportunities].map(({ title }) => title);
    expect(titles).toEqual(['T5', 'T4', 'T3', 'T2', 'T1']);
    const teamless = await server.get('/api/v1/opportunities?channel=pages&region=&status=open,won');
    expect(teamless.body.opportunities).toHaveLength(5);
  });
});

describe('a read model that is behind', () => {
  test('is waited for, and after five seconds said to be behind', async () => {
    const data = await mkdtemp(join(tmpdir(), 'dealtrail-behind-'));
    const projecting = await startTestServer({ DEALTRAIL_DATA: data });
    await projecting.close();
    const answering = await startTestServer({ ROLES: 'api', DEALTRAIL_DATA: data });
    const opened = await answering.post('/api/v1/opportunities', { id: 'unseen', ...deal });
    const behind = await answering.send('GET', `/api/v1/board?after=${opened.body.position}`);
    expect([behind.status, behind.body.code, behind.headers.get('retry-after')]).toEqual([
      503,
      'projection_behind',
      '1',
    ]);
    const again = await startTestServer({ DEALTRAIL_DATA: data });
    const caughtUp = await answering.get(`/api/v1/board?after=${opened.body.position}`);
    expect(caughtUp.body.columns[0].cards).toMatchObject([{ id: 'unseen' }]);
    await again.close();
    await answering.close();
    await rm(data, { recursive: true });
  });
});

describe('an idempotency key', () => {
  test('gets the first answer again, and nothing is recorded twice', async () => {
    const key = { 'idempotency-key': 'create-1' };
    const first = await server.post('/api/v1/opportunities', deal, key);
    const head = await server.head();
    const second = await server.post('/api/v1/opportunities', deal, key);
    expect(second.status).toBe(201);
    expect(second.body).toEqual({ ...first.body, repeated: true });
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(await server.head()).toBe(head);
  });

  test('is refused with another content, and for another deal', async () => {
    await open('keyed');
    await open('keyed-too');
    const key = { 'idempotency-key': 'move-1' };
    expect((await server.post('/api/v1/opportunities/keyed/move', { toStage: 'bidding' }, key)).status).toBe(200);
    const other = await server.post('/api/v1/opportunities/keyed/change-product', { product: 'x' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    const elsewhere = await server.post('/api/v1/opportunities/keyed-too/move', { toStage: 'bidding' }, key);
    expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'idempotency_key_reused']);
  });

  test('holds for twenty of the same request at once', async () => {
    const key = { 'idempotency-key': 'storm' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => server.post('/api/v1/opportunities', deal, key)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.position)).size).toBe(1);
    expect(answers.filter(({ body }) => !body.repeated)).toHaveLength(1);
  });
});

describe('a version named by If-Match', () => {
  test('lets the command pass where it is the current one', async () => {
    await open('fixed');
    const answer = await server.post('/api/v1/opportunities/fixed/move', { toStage: 'bidding' }, { 'if-match': '"0"' });
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"1"']);
  });

  test('that is stale is told what changed since, by whom and when', async () => {
    await open('raced');
    await command('raced', 'change-amount', { amount: { minorUnits: 1, currency: 'EUR' } });
    await command('raced', 'change-product', { product: 'press' });
    const head = await server.head();
    const late = await server.post('/api/v1/opportunities/raced/win', {}, { 'if-match': '"1"' });
    expect(late.status).toBe(412);
    expect(late.headers.get('content-type')).toContain('application/problem+json');
    expect(late.body).toMatchObject({ code: 'stale_version', expected: 1, actual: 2 });
    expect(late.body.changes).toEqual([
      expect.objectContaining({
        type: 'OpportunityProductChanged',
        who: { id: 'local', role: 'admin' },
        when: expect.stringMatching(/Z$/),
        changes: [{ field: 'product', to: 'press' }],
      }),
    ]);
    expect(await server.head()).toBe(head);
  });

  test('is not needed: many commands at once on one deal all come through', async () => {
    await open('busy');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => server.post('/api/v1/opportunities/busy/log-activity', { kind: 'call' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const { body } = await server.get('/api/v1/opportunities/busy/timeline');
    expect(body.entries).toHaveLength(9);
  });
});

describe('pipelines over HTTP', () => {
  const stages = [
    {
      id: 'first',
      name: 'First',
      successRate: 5_000,
      expectedDuration: { count: 1, unit: 'months' },
      requires: ['amount'],
    },
  ];

  test('are set up, read with an ETag, renamed and revised', async () => {
    const created = await server.post('/api/v1/pipelines', { id: 'partners', name: 'Partners', stages });
    expect([created.status, created.headers.get('location')]).toEqual([201, '/api/v1/pipelines/partners']);
    const renamed = await server.post('/api/v1/pipelines/partners/rename', { name: 'Allies' }, { 'if-match': '"0"' });
    expect(renamed.status).toBe(200);
    const revised = await server.post('/api/v1/pipelines/partners/revise-stages', {
      stages: [...stages, { ...stages[0], id: 'second' }],
    });
    const read = await server.get(`/api/v1/pipelines/partners?after=${revised.body.position}`);
    expect(read.headers.get('etag')).toBe('"2"');
    expect(read.body).toMatchObject({ name: 'Allies', stages: [{ id: 'first' }, { id: 'second' }] });
    const all = await server.get('/api/v1/pipelines');
    expect(all.body.pipelines.map(({ id }: { id: string }) => id)).toEqual(['partners', 'default']);
  });
});

describe('projections over HTTP', () => {
  test('say how they are doing, are rebuilt while they serve, and rolled back', async () => {
    const after = await open('rebuilt');
    const before = (await server.get(`/api/v1/board?after=${after}`)).body;
    const { generation } = (await server.get('/api/v1/projections/opportunities')).body;
    const started = await server.post('/api/v1/projections/opportunities/rebuild', { reason: 'a drill' });
    expect([started.status, started.body]).toEqual([202, { status: '/api/v1/projections/opportunities' }]);
    await eventually(async () => {
      const { body } = await server.get('/api/v1/projections/opportunities');
      expect(body).toMatchObject({ state: 'running', previousGeneration: generation, lag: 0, parked: 0, alarm: false });
      expect(body.generation).not.toBe(generation);
    });
    expect((await server.get('/api/v1/board')).body).toEqual(before);
    const back = await server.post('/api/v1/projections/opportunities/rollback');
    expect(back.body.generation).toBe(generation);
    const late = await open('after-rollback');
    expect((await server.get(`/api/v1/opportunities/after-rollback?after=${late}`)).status).toBe(200);
  });

  test('are not rolled back while they are rebuilt, by the same server either', async () => {
    const readModels = openSqliteReadModelStore({ file: join(server.data, 'read-models.db') });
    const rebuilding = `${hostname()}:${process.pid}/operations`;
    const lease = await readModels.acquireLease('rebuild:opportunities', rebuilding, 60_000);
    const { status, body } = await server.post('/api/v1/projections/opportunities/rollback');
    expect([status, body.code]).toEqual([409, 'rebuild_under_way']);
    expect(await readModels.acquireLease('rebuild:opportunities', rebuilding, 1)).toEqual(lease);
    await readModels.close();
  });

  test('list parked events, of which there are none', async () => {
    expect((await server.get('/api/v1/projections/opportunities/parked')).body).toEqual({ events: [] });
    const retry = await server.post('/api/v1/projections/opportunities/parked/0000000000000001/retry', { reason: 'x' });
    expect([retry.status, retry.body.code]).toEqual([404, 'not_found']);
    const unknown = await server.post('/api/v1/projections/nothing/rebuild');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not_found']);
  });
});

describe('a server', () => {
  test('that only answers reads what another one projects, over the same stores', async () => {
    const answering = await startTestServer({ ROLES: 'api', DEALTRAIL_DATA: server.data });
    const opened = await answering.post('/api/v1/opportunities', { id: 'elsewhere', ...deal });
    const path = `/api/v1/opportunities/elsewhere?after=${opened.body.position}`;
    expect((await answering.get(path)).status).toBe(200);
    await answering.close();
  });

  test('says that it lives and is ready, and measures what it does', async () => {
    await open('measured');
    await server.get('/api/v1/board');
    expect((await server.get('/health/live')).body).toEqual({ status: 'ok' });
    await eventually(async () => expect((await server.get('/health/ready')).body).toMatchObject({ status: 'ok' }));
    const { body } = await server.get('/metrics');
    expect(body).toMatch(/dealtrail_projection_lag\{projection="opportunities"\} \d/);
    expect(body).toMatch(
      /dealtrail_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/board",status="200"\}/,
    );
    expect(body).toMatch(/dealtrail_events_appended_total [1-9]/);
  });
});
