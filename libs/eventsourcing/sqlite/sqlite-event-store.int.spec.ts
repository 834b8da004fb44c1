import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CommandReused, ConcurrencyConflict, StoreUnavailable } from '../errors.ts';
import { BEGINNING, type StoredEvent } from '../event.ts';
import { eventStoreContract } from '../testing/event-store.contract.ts';
import { idsOf, newEvent, newEvents } from '../testing/new-events.ts';
import { positionOf } from './event-position.ts';
import { openEventWriter } from './event-schema.ts';
import { startEventWriter } from './event-writer.ts';
import { openSqliteEventStore, type SqliteEventStore } from './sqlite-event-store.ts';

eventStoreContract(
  'SQLite',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dealtrail-events-'));
    const file = join(folder, 'events.db');
    let store = await openSqliteEventStore({ file });
    return {
      store,
      async reopen() {
        await store.close();
        store = await openSqliteEventStore({ file });
        return store;
      },
      async destroy() {
        await store.close();
        await rm(folder, { recursive: true });
      },
    };
  },
  { refusesReusedIds: true },
);

describe('a SQLite event store', () => {
  let folder: string;
  let file: string;
  let store: SqliteEventStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dealtrail-events-'));
    file = join(folder, 'data', 'events.db');
    store = await openSqliteEventStore({ file });
  });

  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  test('syncs each commit to the disk', () => {
    const writer = openEventWriter(file);
    expect(writer.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(writer.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    writer.close();
  });

  test('counts positions from 1 without gaps', async () => {
    await store.append('deal-1', 'no_stream', newEvents(2));
    await expect(store.append('deal-1', 0, newEvents(2))).rejects.toThrow(ConcurrencyConflict);
    await store.append('deal-1', 1, newEvents(1));
    expect(positionsOf(await store.readAll(BEGINNING, 10))).toEqual([1, 2, 3].map(positionOf));
    expect(store.ordinal('3')).toBe(3);
  });

  test('commits appends that wait together in one transaction', async () => {
    await store.append('first', 'no_stream', newEvents(1));
    const before = await commitsIn(`${file}-wal`);
    for (let round = 0; round < 5; round++) {
      await Promise.all(
        Array.from({ length: 64 }, (_, index) => store.append(`deal-${round}-${index}`, 'no_stream', newEvents(1))),
      );
    }
    const commits = (await commitsIn(`${file}-wal`)) - before;
    expect(commits).toBeGreaterThanOrEqual(5);
    expect(commits).toBeLessThanOrEqual(10);
    expect(await store.readAll(BEGINNING, 1_000)).toHaveLength(5 * 64 + 1);
  });

  test('refuses one append of a group and leaves the others standing', async () => {
    const known = newEvent();
    await store.append('known', 'no_stream', [known]);
    const events = newEvents(5);
    const before = await commitsIn(`${file}-wal`);
    const outcomes = await Promise.allSettled([
      store.append('deal-1', 'no_stream', events.slice(0, 1)),
      store.append('known', 4, newEvents(1)),
      store.append('deal-1', 0, events.slice(1, 3)),
      store.append('deal-2', 'no_stream', [newEvent(), newEvent(), known]),
      store.append('deal-2', 'no_stream', events.slice(3, 4)),
      store.append('deal-1', 0, newEvents(1)),
      store.append('deal-2', 0, events.slice(4, 5)),
    ]);
    expect((await commitsIn(`${file}-wal`)) - before).toBe(1);
    expect(outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.name : outcome.value))).toEqual([
      { revision: 0, position: positionOf(2) },
      'ConcurrencyConflict',
      { revision: 2, position: positionOf(4) },
      'CommandReused',
      { revision: 0, position: positionOf(5) },
      'ConcurrencyConflict',
      { revision: 1, position: positionOf(6) },
    ]);
    expect(idsOf(await store.readAll(positionOf(1), 10))).toEqual(idsOf(events));
  });

  test('names the command whose id was used before', async () => {
    const event = newEvent({ metadata: JSON.stringify({ commandId: 'command-7' }) });
    await store.append('deal-1', 'no_stream', [event]);
    const refusal = await store.append('deal-2', 'no_stream', [event]).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CommandReused);
    expect(refusal).toMatchObject({ commandId: 'command-7' });
  });

  test('sees what another instance appends, and judges by it', async () => {
    const other = await openSqliteEventStore({ file });
    await store.append('deal-1', 'no_stream', newEvents(1));
    await other.append('deal-1', 0, newEvents(1));
    await expect(store.append('deal-1', 0, newEvents(1))).rejects.toMatchObject({ actual: 1 });
    expect(await store.append('deal-1', 1, newEvents(1))).toEqual({ revision: 2, position: positionOf(3) });
    await other.close();
    expect(positionsOf(await store.readStream('deal-1'))).toEqual([1, 2, 3].map(positionOf));
  });

  test('waits while another connection writes', async () => {
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const append = store.append('deal-1', 'no_stream', newEvents(1));
    expect(await store.readStream('deal-1')).toEqual([]);
    other.exec('COMMIT');
    other.close();
    expect(await append).toMatchObject({ revision: 0 });
  });

  test('is unavailable where another connection writes for too long, and then available again', async () => {
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.append('deal-1', 'no_stream', newEvents(1))).rejects.toThrow(StoreUnavailable);
    other.exec('COMMIT');
    other.close();
    expect(await store.append('deal-1', 'no_stream', newEvents(1))).toMatchObject({ revision: 0 });
  });

  test('tells an error that waiting does not mend', async () => {
    await store.append('deal-1', 'no_stream', newEvents(1));
    const other = new DatabaseSync(file);
    other.exec('ALTER TABLE events RENAME TO lost');
    other.close();
    await expect(store.append('deal-1', 0, newEvents(1))).rejects.toThrow(/cannot be written.*no such table/);
  });

  test('starts its thread anew after it failed', async () => {
    const other = new DatabaseSync(file);
    other.exec('ALTER TABLE events RENAME TO mislaid');
    await expect(store.append('deal-1', 'no_stream', newEvents(1))).rejects.toThrow(StoreUnavailable);
    other.exec('ALTER TABLE mislaid RENAME TO events');
    other.close();
    expect(await store.append('deal-1', 'no_stream', newEvents(1))).toMatchObject({ revision: 0 });
  });

  test('rejects appends where its thread fails, and still closes', async () => {
    const writer = startEventWriter(join(folder, 'missing', 'events.db'), () => undefined);
    await expect(writer.append('deal-1', 'no_stream', newEvents(1))).rejects.toThrow(StoreUnavailable);
    expect(writer.alive).toBe(false);
    await writer.close();
  });

  test('does not open a file that is none of its own', async () => {
    const text = join(folder, 'text.db');
    await writeFile(text, 'This is not a database. '.repeat(100));
    await expect(openSqliteEventStore({ file: text })).rejects.toThrow(/not a database/);
    await expect(openSqliteEventStore({ file: folder })).rejects.toThrow(/unable to open/);
  });

  test('does not open a file of a later release', async () => {
    const later = join(folder, 'later.db');
    const database = new DatabaseSync(later);
    database.exec('PRAGMA user_version = 99');
    database.close();
    await expect(openSqliteEventStore({ file: later })).rejects.toThrow(/later release/);
  });

  test('finishes appends under way when it is closed, and refuses later ones', async () => {
    const appends = Array.from({ length: 20 }, (_, index) => store.append(`deal-${index}`, 'no_stream', newEvents(1)));
    await store.close();
    expect(await Promise.all(appends)).toHaveLength(20);
    await expect(store.append('late', 'no_stream', newEvents(1))).rejects.toThrow('closed');
    const anew = await openSqliteEventStore({ file });
    expect(await anew.readAll(BEGINNING, 100)).toHaveLength(20);
    await anew.close();
  });

  test('ends subscriptions when it is closed', async () => {
    await store.append('deal-1', 'no_stream', newEvents(1));
    let pages = 0;
    for await (const page of store.subscribe(BEGINNING, { signal: new AbortController().signal, pageSize: 10 })) {
      pages += page.length;
      setImmediate(() => void store.close());
    }
    expect(pages).toBe(1);
  });
});

function positionsOf(events: readonly StoredEvent[]): string[] {
  return events.map((event) => event.position);
}

/** How many transactions a write-ahead log holds: frames that name the size of the database end one. */
async function commitsIn(file: string): Promise<number> {
  const log = await readFile(file);
  const frameBytes = 24 + log.readUInt32BE(8);
  const salt = log.readBigUInt64BE(16);
  let commits = 0;
  for (let at = 32; at + frameBytes <= log.length; at += frameBytes) {
    if (log.readBigUInt64BE(at + 8) === salt && log.readUInt32BE(at + 4) > 0) commits += 1;
  }
  return commits;
}
