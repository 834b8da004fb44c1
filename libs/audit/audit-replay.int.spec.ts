import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BEGINNING } from '../eventsourcing/event.ts';
import type { EventStore } from '../eventsourcing/event-store.ts';
import type { ReadModelStore } from '../eventsourcing/read-model-store.ts';
import { openSqliteEventStore } from '../eventsourcing/sqlite/sqlite-event-store.ts';
import { openSqliteReadModelStore } from '../eventsourcing/sqlite/sqlite-read-model-store.ts';
import { pipelineDifference, type PipelineDifference } from './audit-diff.ts';
import { replayIn, replayTo, summaryOf, type Replay } from './audit-replay.ts';
import { findMoment } from './moment.ts';
import { catalogue, projections, set } from './testing/deals.ts';

let folder: string;
let eventStore: EventStore;
const open = async (directory: string) => openSqliteReadModelStore({ file: join(directory, 'read-models.db') });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dealtrail-replay-'));
  eventStore = await openSqliteEventStore({ file: join(folder, 'events.db') });
  await set(eventStore, 'a', { stageId: 'first', amount: 100, currency: 'EUR' }, '01-01');
  await set(eventStore, 'b', { stageId: 'first' }, '01-02');
  await set(eventStore, 'c', { status: 'lost', outcome: 'lost' }, '01-02');
  await set(eventStore, 'a', { stageId: 'second', amount: 150 }, '01-03');
  await set(eventStore, 'b', { status: 'won', outcome: 'won' }, '01-04');
  await set(eventStore, 'c', { status: 'open', outcome: null }, '01-04');
  await set(eventStore, 'd', {}, '01-05');
});

afterEach(async () => {
  await eventStore.close();
  await rm(folder, { recursive: true });
});

async function replay(moment: string, out?: string, signal = new AbortController().signal): Promise<Replay> {
  return replayTo(await findMoment(eventStore, moment), {
    eventStore,
    catalogue,
    projections,
    open,
    cache: join(folder, 'replays'),
    ...(out === undefined ? {} : { out }),
    now: Date.now,
    signal,
  });
}

async function using<Result>(of: Replay, work: (store: ReadModelStore) => Promise<Result>): Promise<Result> {
  const store = await open(of.directory);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

describe('a recorded moment', () => {
  test.each([
    ['2026-01-02', 3, '2026-01-02T23:59:59.999Z'],
    ['2026-01-03T13:00+01:00', 4, '2026-01-03T12:00:00.000Z'],
    ['2026-01-03T11:59:59.999Z', 3, '2026-01-03T11:59:59.999Z'],
    ['2025-12-31', 0, '2025-12-31T23:59:59.999Z'],
    ['2027-01-01', 7, '2027-01-01T23:59:59.999Z'],
    ['5', 5, '2026-01-04T12:00:00.000Z'],
  ])('is found by %s', async (text, events, at) => {
    const moment = await findMoment(eventStore, text);
    expect(moment).toMatchObject({ events, at });
    expect(eventStore.ordinal(moment.position)).toBe(events);
  });

  test.each(['', 'soon', '2026-02-30', '2026-01-03T12:00:00', '-1', '1e3'])('is not found by %j', async (text) => {
    await expect(findMoment(eventStore, text)).rejects.toMatchObject({ code: 'invalid_moment' });
  });
});

describe('a replay', () => {
  test('shows the read models as they stood', async () => {
    const built = await replay('2026-01-02');
    const summary = await using(built, (store) => summaryOf(store, projections));
    expect(summary.documents).toEqual({ opportunities: 3 });
    expect(summary.stages).toContainEqual({
      pipelineId: 'default',
      stageId: 'first',
      status: 'open',
      currency: 'EUR',
      count: 1,
      amount: 100,
    });
    expect(await replayIn(built.directory)).toMatchObject({ position: built.position, at: '2026-01-02T23:59:59.999Z' });
  });

  test('is empty before the first event', async () => {
    const built = await replay('2025-01-01');
    expect(built.position).toBe(BEGINNING);
    expect((await using(built, (store) => summaryOf(store, projections))).documents).toEqual({ opportunities: 0 });
  });

  test('is built once, until the log is another one', async () => {
    const first = await replay('2026-01-10');
    expect(await replay('2026-01-10')).toEqual({ ...first, cached: true });
    await set(eventStore, 'e', {}, '01-06');
    expect(await replay('2026-01-10')).toMatchObject({ events: 8, cached: false });
  });

  test('leaves nothing behind where it was cut off', async () => {
    await expect(replay('2026-01-02', undefined, AbortSignal.abort())).rejects.toThrow('aborted');
    expect(await readdir(join(folder, 'replays'))).toEqual([]);
  });

  test('takes no directory that holds something else', async () => {
    const out = join(folder, 'taken');
    await mkdir(out);
    const built = await replay('2026-01-02', out);
    expect(built.directory).toBe(out);
    await expect(replay('2026-01-03', out)).rejects.toMatchObject({ code: 'directory_taken' });
    const other = join(folder, 'other');
    await mkdir(other);
    await writeFile(join(other, 'notes.txt'), 'mine');
    await expect(replay('2026-01-02', other)).rejects.toMatchObject({ code: 'directory_taken' });
    await expect(replayIn(other)).rejects.toMatchObject({ code: 'no_replay' });
  });
});

describe('the difference of two moments', () => {
  async function between(from: string, to: string, limit = 10): Promise<PipelineDifference> {
    const before = await replay(from);
    const after = await replay(to);
    return using(before, (old) => using(after, (fresh) => pipelineDifference(old, fresh, limit)));
  }

  test('tells which deals were opened, moved, changed, ended and reopened', async () => {
    const difference = await between('2026-01-02', '2026-01-05');
    const ids = ({ deals }: { deals: readonly { id: string }[] }) => deals.map(({ id }) => id);
    expect(ids(difference.opened)).toEqual(['d']);
    expect(difference.moved.deals).toMatchObject([{ id: 'a', from: 'first', to: 'second' }]);
    expect(difference.ended.deals).toMatchObject([{ id: 'b', outcome: 'won' }]);
    expect(ids(difference.reopened)).toEqual(['c']);
    expect(difference.changed.deals[0]).toMatchObject({
      id: 'a',
      changes: [
        { field: 'stageId', from: 'first', to: 'second' },
        { field: 'amount', from: 100, to: 150 },
      ],
    });
    expect(difference.changed.count).toBe(3);
  });

  test('has the totals of every stage at both', async () => {
    const { stages } = await between('2026-01-02', '2026-01-05');
    const nothing = { count: 0, amount: 0 };
    const stage = { pipelineId: 'default', status: 'open', currency: 'EUR' };
    expect(stages).toContainEqual({ ...stage, stageId: 'first', before: { count: 1, amount: 100 }, after: nothing });
    expect(stages).toContainEqual({ ...stage, stageId: 'second', before: nothing, after: { count: 1, amount: 150 } });
  });

  test('counts all deals, also those it does not list', async () => {
    const { changed } = await between('2026-01-02', '2026-01-05', 1);
    expect(changed).toMatchObject({ count: 3, deals: [{ id: 'a' }] });
  });
});
