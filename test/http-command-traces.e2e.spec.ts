import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestServer, type TestServer } from './testing/running-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({}, { page: false });
});
afterAll(async () => {
  await server.close();
});

const deal = { title: 'Press line', owner: 'ann', amount: { minorUnits: 12_000_00, currency: 'EUR' } };

async function post(path: string, body: object = {}, headers: Record<string, string> = {}): Promise<void> {
  const { status } = await server.post(`/api/v1/opportunities${path}`, body, headers);
  expect([200, 201]).toContain(status);
}

test('every event tells through what it came, and a request is refused that names anything else', async () => {
  const headers = { 'x-source': 'page' };
  await post('', { id: 'sourced', ...deal }, headers);
  await post('/sourced/win');
  const { body } = await server.get('/api/v1/opportunities/sourced/timeline');
  expect(body.entries.map(({ source }: { source: string }) => source)).toEqual(['page', 'api']);
  for (const foreign of ['import', 'Page', '']) {
    const refused = await server.post('/api/v1/opportunities', deal, { 'x-source': foreign });
    expect([refused.status, refused.body.errors]).toEqual([400, [expect.objectContaining({ field: 'X-Source' })]]);
  }
});

test('whoever knows an old version is told what happened since, so that both sides can be shown', async () => {
  await post('', { id: 'contested', ...deal });
  const theirs = { amount: { minorUnits: 9_000_00, currency: 'EUR' }, reason: 'They bargained' };
  await post('/contested/change-amount', theirs);
  const mine = { amount: { minorUnits: 8_000_00, currency: 'EUR' } };
  const answer = await server.post('/api/v1/opportunities/contested/change-amount', mine, { 'if-match': '"0"' });
  expect(answer.status).toBe(412);
  expect(answer.body).toMatchObject({ code: 'stale_version', expected: 0, actual: 1 });
  expect(answer.body.changes).toEqual([
    {
      type: 'OpportunityAmountChanged',
      revision: 1,
      who: { id: 'local', role: 'admin' },
      when: expect.any(String),
      occurredAt: expect.any(String),
      source: 'api',
      reason: 'They bargained',
      changes: [{ field: 'amount.minorUnits', from: 12_000_00, to: 9_000_00 }],
    },
  ]);
});
