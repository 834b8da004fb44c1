import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestServer, type TestServer } from './testing/running-server.ts';

const deal = { title: 'Press line', owner: 'ann' };
const opportunities = '/api/v1/opportunities';

describe('with tokens configured', () => {
  const tokens = {
    manager: 'manager-token-0123',
    auditor: 'auditor-token-0123',
    reader: 'reader-token-01234',
    rep: 'rep-token-01234567',
  };
  let server: TestServer;

  beforeAll(async () => {
    const DEALTRAIL_TOKENS = Object.entries(tokens)
      .map(([role, token]) => `${token}=${role}-1:${role}`)
      .join(',');
    server = await startTestServer({ DEALTRAIL_TOKENS });
  });
  afterAll(async () => {
    await server.close();
  });

  function as(role: keyof typeof tokens): Record<string, string> {
    return { authorization: `Bearer ${tokens[role]}` };
  }

  test.each([
    ['/api/v1/board'],
    ['/api/v1/nothing'],
    ['/%61pi/v1/board'],
    ['/api/v1/live'],
    ['/api/openapi.json'],
    ['/api/docs'],
  ])('%s needs one', async (path) => {
    const without = await server.get(path);
    expect([without.status, without.body.code, without.headers.get('www-authenticate')]).toEqual([
      401,
      'unauthenticated',
      'Bearer',
    ]);
    const wrong = await server.get(path, { authorization: 'Bearer nobody-has-this-one' });
    expect(wrong.status).toBe(401);
  });

  test('probes and scrapers need none', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics']) expect((await server.get(path)).status).toBe(200);
  });

  test.each(['auditor', 'reader'] as const)('%s reads and changes nothing', async (role) => {
    const answer = await server.post(opportunities, deal, as(role));
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    expect((await server.get('/api/v1/pipelines', as(role))).status).toBe(200);
  });

  test('a token tells whose it is', async () => {
    expect(await server.get('/api/v1/me', as('auditor'))).toMatchObject({
      status: 200,
      body: { id: 'auditor-1', role: 'auditor' },
    });
  });

  test.each([
    ['reader', []],
    ['auditor', ['read_audit', 'read_imports']],
    ['rep', ['change']],
    ['manager', ['change', 'undo_endings', 'read_audit', 'read_imports', 'import']],
  ] as const)('and what a %s may do', async (role, may) => {
    expect((await server.get('/api/v1/me', as(role))).body.may).toEqual(may);
  });

  test('an event says whose token it was, and operating projections is for the admin', async () => {
    const { body } = await server.post(opportunities, { id: 'owned', ...deal }, as('rep'));
    expect(body.events).toEqual(['OpportunityOpened']);
    const { body: history } = await server.get(`${opportunities}/owned/timeline`, as('auditor'));
    expect(history.entries[0]).toMatchObject({ who: 'rep-1', role: 'rep', source: 'api' });
    expect((await server.post('/api/v1/projections/opportunities/rebuild', {}, as('manager'))).status).toBe(403);
  });

  test('reopening is for managers', async () => {
    await server.post(opportunities, { id: 'lost', ...deal }, as('rep'));
    await server.post(`${opportunities}/lost/lose`, { reasonCode: 'price' }, as('rep'));
    const refused = await server.post(`${opportunities}/lost/reopen`, { reason: 'Again' }, as('rep'));
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    expect((await server.post(`${opportunities}/lost/reopen`, { reason: 'Again' }, as('manager'))).status).toBe(200);
  });
});
