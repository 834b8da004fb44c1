import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { startTestServer, type Answer, type TestServer } from './testing/running-server.ts';

const audit = '/api/v1/audit';
const opportunities = '/api/v1/opportunities';
const tokens = {
  admin: 'admin-token-012345',
  manager: 'manager-token-0123',
  auditor: 'auditor-token-0123',
  reader: 'reader-token-01234',
  rep: 'rep-token-01234567',
};
type Role = keyof typeof tokens;

function as(role: Role): Record<string, string> {
  return { authorization: `Bearer ${tokens[role]}` };
}

describe('the audit over HTTP', () => {
  let server: TestServer;
  let beforeWin: string;

  beforeAll(async () => {
    const DEALTRAIL_TOKENS = Object.entries(tokens)
      .map(([role, token]) => `${token}=${role}-1:${role}`)
      .join(',');
    server = await startTestServer({ DEALTRAIL_TOKENS });
    const amount = { minorUnits: 1_000_00, currency: 'EUR' };
    for (const id of ['a', 'b', 'c']) {
      await server.post(opportunities, { id, title: `Deal ${id}`, owner: 'ann', amount }, as('rep'));
    }
    await server.post(`${opportunities}/a/correct-details`, { title: 'Press line', reason: 'typo' }, as('rep'));
    beforeWin = (await list('?limit=1')).body.events[0].position;
    await server.post(`${opportunities}/b/win`, {}, as('manager'));
  });
  afterAll(async () => {
    await server.close();
  });

  const today = () => new Date().toISOString().slice(0, 10);

  function list(search: string, role: Role = 'auditor'): Promise<Answer> {
    return server.get(`${audit}/events${search}`, as(role));
  }

  async function begin(path: string, question: object): Promise<string> {
    const { status, body, headers } = await server.post(`${audit}/${path}`, question, as('auditor'));
    expect([status, headers.get('location')]).toEqual([202, `${audit}/${path}/${body.id}`]);
    expect(body.status).toBe(`${audit}/${path}/${body.id}`);
    return body.status;
  }

  // oxlint-disable-next-line no-explicit-any
  function ended(address: string): Promise<any> {
    return eventually(async () => {
      const { status, body } = await server.get(address, as('auditor'));
      if (status !== 200 || body.state === 'running') throw new Error(`${status} ${JSON.stringify(body)}`);
      return body;
    });
  }

  test.each(['rep', 'reader'] as const)('is closed to a %s', async (role) => {
    for (const path of ['/events', '/events/0000000000000001', '/jobs', '/verifications/x']) {
      expect((await server.get(audit + path, as(role))).body.code).toBe('forbidden');
    }
    for (const [path, body] of [
      ['verifications', {}],
      ['replays', { at: '1' }],
    ] as const) {
      expect((await server.post(`${audit}/${path}`, body, as(role))).status).toBe(403);
    }
  });

  test.each(['auditor', 'manager', 'admin'] as const)('is open to a %s', async (role) => {
    expect((await list('', role)).status).toBe(200);
  });

  describe('events', () => {
    test('come newest first, with who, when, from where and their hash', async () => {
      const { body } = await list('?limit=1');
      expect(body.events[0]).toMatchObject({
        stream: 'opportunity-b',
        type: 'OpportunityWon',
        actor: { id: 'manager-1', role: 'manager' },
        source: 'api',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(body.next).toBe(body.events[0].position);
    });

    test('come in pages that together are the log, in either order', async () => {
      const newest = await all('order=newest');
      const oldest = await all('order=oldest');
      expect(oldest.map(({ position }) => position)).toEqual(newest.map(({ position }) => position).toReversed());
      expect(oldest[0]).toMatchObject({ type: 'PipelineDefined', revision: 0 });
      expect(oldest).toHaveLength(6);
    });

    async function all(conditions: string): Promise<{ position: string; type: string; revision: number }[]> {
      const found = [];
      for (let cursor = ''; ;) {
        const { body } = await list(`?${conditions}&limit=2${cursor}`);
        found.push(...body.events);
        if (body.next === undefined) return found;
        cursor = `&cursor=${body.next}`;
      }
    }

    test.each([
      ['stream=opportunity-a', 2],
      ['stream=opportunity-unknown', 0],
      ['kind=opportunity', 5],
      ['kind=pipeline', 1],
      ['type=OpportunityWon,OpportunityDetailsCorrected', 2],
      ['actor=manager-1', 1],
      ['source=automation', 1],
      ['recordedFrom=2099-01-01', 0],
      ['recordedTo=2020-01-01', 0],
      ['recordedFrom=2020-01-01&recordedTo=2099-01-01', 6],
      ['occurredTo=2020-01-01', 0],
      ['kind=opportunity&actor=rep-1&type=OpportunityOpened', 3],
    ])('are narrowed by %s', async (conditions, count) => {
      expect(await all(conditions)).toHaveLength(count);
    });

    test('say how far the search has come', async () => {
      const { body } = await list('?actor=nobody');
      expect(body).toMatchObject({ events: [], scanned: 6, scannedTo: { position: '0000000000000001' } });
      expect(body.next).toBeUndefined();
    });

    test.each([
      ['?cursor=nowhere', 'cursor'],
      ['?limit=0', 'limit'],
      ['?order=sideways', 'order'],
      ['?stream=x', 'stream'],
      ['?recordedFrom=2026-02-01&recordedTo=2026-01-01', 'recordedTo'],
      ['?colour=red', 'colour'],
    ])('%s is refused by field', async (search, field) => {
      const { status, body } = await list(search);
      expect([status, body.errors[0].field]).toEqual([400, field]);
    });

    test('tell of one of them everything, with its place in the chain', async () => {
      const [, corrected] = (await list('?stream=opportunity-a&order=oldest')).body.events;
      const { body } = await server.get(`${audit}/events/${corrected.position}`, as('auditor'));
      expect(body).toMatchObject({
        ...corrected,
        reason: 'typo',
        faults: [],
        changes: [{ field: 'title', from: 'Deal a', to: 'Press line' }],
        data: { changes: { title: 'Press line' } },
        metadata: { actor: { id: 'rep-1' }, commandId: corrected.commandId },
        stored: { type: 'OpportunityDetailsCorrected.v1' },
        chain: { hash: corrected.hash, recomputedHash: corrected.hash, hashMatches: true, previousHashMatches: true },
        correlated: [],
      });
      expect((await server.get(body.links.correlation, as('auditor'))).body.events).toEqual([corrected]);
      expect((await server.get(body.links.previous, as('auditor'))).body).toMatchObject({ revision: 0 });
    });

    test('are not found where none lies', async () => {
      expect((await server.get(`${audit}/events/0000000000009999`, as('auditor'))).status).toBe(404);
      expect((await server.get(`${audit}/events/nowhere`, as('auditor'))).status).toBe(400);
    });
  });

  describe('a verification', () => {
    test('proves the log, and finds its noted digest again', async () => {
      const first = await ended(await begin('verifications', {}));
      expect(first).toMatchObject({
        kind: 'verification',
        state: 'finished',
        startedBy: 'auditor-1',
        progress: { done: 6, total: 6, unit: 'events' },
        result: { intact: true, events: 6, streams: 4, faults: [], complete: true },
      });
      const { position, digest } = first.result;
      const again = await ended(await begin('verifications', { expect: { position, digest } }));
      expect(again.result.intact).toBe(true);
      const other = await ended(await begin('verifications', { expect: { position, digest: '0'.repeat(64) } }));
      expect(other.result).toMatchObject({ intact: false, faults: [{ position }] });
    });

    test('is of one stream where one is named', async () => {
      const { result } = await ended(await begin('verifications', { stream: 'opportunity-a' }));
      expect(result).toMatchObject({ intact: true, events: 2, streams: 1 });
      const unknown = await ended(await begin('verifications', { stream: 'opportunity-x' }));
      expect(unknown).toMatchObject({ state: 'failed', failure: { code: 'not_found' } });
    });

    test('refuses a position that is none', async () => {
      const expectation = { position: 'nowhere', digest: '0'.repeat(64) };
      const { body } = await server.post(`${audit}/verifications`, { expect: expectation }, as('auditor'));
      expect(body.errors).toMatchObject([{ field: 'expect.position', rule: 'recorded_moment' }]);
    });
  });

  describe('a replay', () => {
    test('tells the funnels and counts of a past moment, and leaves nothing behind', async () => {
      const { result } = await ended(await begin('replays', { at: beforeWin }));
      expect(result).toMatchObject({ position: beforeWin, events: 5, documents: { opportunities: 3, pipelines: 1 } });
      expect(result.funnels[0]).toMatchObject({ pipelineId: 'default', total: { open: 3 } });
      const now = await ended(await begin('replays', { at: today() }));
      const { body } = await server.get(`/api/v1/funnel?after=${now.result.position}`, as('auditor'));
      expect(now.result.funnels[0].total).toEqual(body.total);
      expect(await readdir(join(server.data, 'scratch'))).toEqual([]);
    });

    test.each([
      ['yesterday', 'recorded_moment'],
      ['2099-01-01', 'past'],
      ['2099-01-01T00:00:00Z', 'past'],
      ['99999999', 'position_beyond_end'],
    ])('refuses %s: %s', async (at, rule) => {
      const { status, body } = await server.post(`${audit}/replays`, { at }, as('auditor'));
      expect([status, body.errors]).toMatchObject([400, [{ field: 'at', rule }]]);
      const comparison = await server.post(`${audit}/comparisons`, { from: '1', to: at }, as('auditor'));
      expect(comparison.body.errors).toMatchObject([{ field: 'to', rule }]);
    });

    test('and comparisons go one at a time, and can be cancelled by who began them', async () => {
      const first = await server.post(`${audit}/replays`, { at: today() }, as('auditor'));
      const second = await server.post(`${audit}/comparisons`, { from: beforeWin, to: today() }, as('manager'));
      expect([second.status, second.body.code, second.body.job]).toEqual([409, 'job_under_way', first.body.status]);
      expect((await server.send('DELETE', first.body.status, { headers: as('manager') })).status).toBe(403);
      expect((await server.send('DELETE', first.body.status, { headers: as('auditor') })).status).toBe(204);
      expect((await server.get(first.body.status, as('auditor'))).status).toBe(404);
      expect(await readdir(join(server.data, 'scratch'))).toEqual([]);
    });
  });

  test('a comparison tells what became of the deals between two moments', async () => {
    const address = await begin('comparisons', { from: beforeWin, to: today() });
    expect((await ended(address)).result).toMatchObject({
      before: { events: 5 },
      after: { events: 6 },
      opened: { count: 0 },
      ended: {
        count: 1,
        deals: [{ id: 'b', outcome: 'won', amount: 100_000, currency: 'EUR', pipelineId: 'default' }],
      },
      changed: { count: 1 },
    });
    const reversed = await ended(await begin('comparisons', { from: today(), to: beforeWin }));
    expect(reversed).toMatchObject({ state: 'failed', failure: { code: 'moments_reversed' } });
    const { body } = await server.get(`${audit}/jobs`, as('manager'));
    expect(body.jobs[0]).toMatchObject({ kind: 'comparison', state: 'failed', question: { to: beforeWin } });
  });

  /** Changes the log behind everybody's back for as long as it is looked at. */
  async function tampering(sql: string, look: () => Promise<void>): Promise<void> {
    const database = new DatabaseSync(join(server.data, 'events.db'));
    database.exec(`CREATE TEMP TABLE recorded AS SELECT * FROM events; ${sql}`);
    try {
      await look();
    } finally {
      database.exec('BEGIN IMMEDIATE; DELETE FROM events; INSERT INTO events SELECT * FROM recorded; COMMIT');
      database.close();
    }
  }

  test('what was altered shows, in the event and in the verification', async () => {
    const [opened] = (await list('?stream=opportunity-c')).body.events;
    const sql = `UPDATE events SET occurred_at = '2020-01-01T00:00:00.000Z' WHERE stream = 'opportunity-c'`;
    await tampering(sql, async () => {
      const { body } = await server.get(`${audit}/events/${opened.position}`, as('auditor'));
      expect(body.chain).toMatchObject({ hashMatches: false, previousHashMatches: true });
      const { result } = await ended(await begin('verifications', {}));
      expect(result).toMatchObject({ intact: false, faultCount: 1, faults: [{ position: opened.position }] });
    });
  });

  test('what was taken out of the log shows, in the event after it and in the verification', async () => {
    const { events } = (await list('?order=oldest&kind=opportunity')).body;
    const [gone, after] = events.slice(1);
    await tampering(`DELETE FROM events WHERE position = ${Number(gone.position)}`, async () => {
      const { body } = await server.get(`${audit}/events/${after.position}`, as('auditor'));
      expect(body.chain).toMatchObject({ previousHashMatches: true, missingSince: events[0].position });
      const { result } = await ended(await begin('verifications', {}));
      expect(result.faults).toContainEqual(
        expect.objectContaining({ code: 'positions_missing', parameters: { before: events[0].position } }),
      );
    });
  });
});
