import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventStore } from '../eventsourcing/event-store.ts';
import { openSqliteEventStore } from '../eventsourcing/sqlite/sqlite-event-store.ts';
import { streamLog, wholeLog, type AuditSources } from './audit-log.ts';
import { catalogue, changesOf, set } from './testing/deals.ts';

describe('the audit log', () => {
  let folder: string;
  let eventStore: EventStore;
  let sources: AuditSources;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dealtrail-log-'));
    eventStore = await openSqliteEventStore({ file: join(folder, 'events.db') });
    sources = { eventStore, catalogue, changesOf };
    await set(eventStore, 'a', { title: 'A', amount: 100 }, '01-01');
    await set(eventStore, 'b', { title: 'B' }, '01-02', 'bob');
    await set(eventStore, 'a', { amount: 200 }, '01-03', 'bob');
  });

  afterEach(async () => {
    await eventStore.close();
    await rm(folder, { recursive: true });
  });

  function tamper(statement: string): void {
    const database = new DatabaseSync(join(folder, 'events.db'));
    database.exec(statement);
    database.close();
  }

  test('says of every event of a stream who, when, from where and what changed', async () => {
    const [, second] = await streamLog(sources, 'deal-a');
    expect(second).toMatchObject({
      revision: 1,
      type: 'DealSet',
      actor: { id: 'bob', role: 'rep' },
      source: 'api',
      recordedAt: '2026-01-03T12:00:00.000Z',
      faults: [],
      changes: [{ field: 'amount', from: 100, to: 200 }],
    });
  });

  test('knows no stream without events', async () => {
    await expect(streamLog(sources, 'deal-x')).rejects.toThrow('There is no stream deal-x.');
  });

  test('narrows the whole log by who and when, in pages', async () => {
    const bobs = await wholeLog(sources, { actor: 'bob', limit: 1 });
    expect(bobs.entries.map(({ stream }) => stream)).toEqual(['deal-b']);
    const rest = await wholeLog(sources, { actor: 'bob', limit: 1, after: bobs.next! });
    expect(rest).toMatchObject({ entries: [{ stream: 'deal-a', revision: 1, changes: [{ field: 'amount' }] }] });
    expect(rest.next).toBeUndefined();
    const timed = { from: '2026-01-02T12:00:00.000Z', to: '2026-01-02T12:00:00.000Z', limit: 10 };
    expect((await wholeLog(sources, timed)).entries).toHaveLength(1);
    expect((await wholeLog(sources, { type: 'DealUnset', limit: 10 })).entries).toEqual([]);
  });

  test('shows an altered event, and one that cannot be opened, with the others', async () => {
    tamper(`UPDATE events SET data = 'not JSON' WHERE position = 1`);
    tamper(`UPDATE events SET metadata = 'not JSON' WHERE position = 2`);
    const { entries } = await wholeLog(sources, { limit: 10 });
    expect(entries.map(({ faults, unreadable }) => [faults.length, unreadable !== undefined])).toEqual([
      [1, true],
      [1, true],
      [0, false],
    ]);
  });
});
