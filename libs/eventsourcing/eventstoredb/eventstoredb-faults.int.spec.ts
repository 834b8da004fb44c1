import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ConcurrencyConflict, EventTooLarge, StoreUnavailable } from '../errors.ts';
import { BEGINNING } from '../event.ts';
import type { EventStore } from '../event-store.ts';
import { idsOf, newEvent, newEvents } from '../testing/new-events.ts';
import { eventually, PATIENCE_MILLISECONDS } from '../testing/eventually.ts';
import { openEventStoreDbEventStore, type EventStoreDbOptions } from './eventstoredb-event-store.ts';
import { follow } from './testing/follow.ts';
import { foreignEvent } from './testing/foreign-event.ts';
import { cancelled, EventStoreDbDouble, unavailable } from './testing/eventstoredb-double.ts';

const pace = { firstDelay: 2, longestDelay: 40 };
const PATIENT = { deadline: PATIENCE_MILLISECONDS, attempts: 4, pace };
/** For silence, which only a deadline ends. On a busy machine other calls may be late as well, so it tries more often. */
const QUICK = { deadline: 250, attempts: 100, pace };

describe('an event store on EventStoreDB', () => {
  let double: EventStoreDbDouble;
  let store: EventStore;
  let opened: EventStore[];

  const open = (options: Partial<EventStoreDbOptions> = {}) => {
    const another = openEventStoreDbEventStore({ url: double.url, ...PATIENT, ...options });
    opened.push(another);
    return another;
  };

  beforeEach(async () => {
    opened = [];
    double = await EventStoreDbDouble.start();
    store = open();
  });

  afterEach(async () => {
    await Promise.all(opened.map((each) => each.close()));
    double.kill();
  });

  describe('whose answer to an append is lost', () => {
    test.each(['silence', 'a broken call'] as const)('by %s, has written it once and says so', async (by) => {
      const events = newEvents(3);
      double.onNextAppends({ kind: 'lose the answer', by }, 2);
      const { revision, position } = await open(QUICK).append('deal-1', 'no_stream', events);
      expect(double.calls.append).toBeGreaterThanOrEqual(3);
      const written = await store.readAll(BEGINNING, 10);
      expect(idsOf(written)).toEqual(idsOf(events));
      expect({ revision, position }).toEqual({ revision: 2, position: written[2]?.position });
    });

    test('says so also where somebody has appended behind it meanwhile', async () => {
      double.onNextAppends({ kind: 'lose the answer', by: 'silence' });
      const first = open(QUICK).append('deal-1', 'no_stream', newEvents(2));
      await eventually(() => double.log.stream('deal-1')?.length === 2);
      await open().append('deal-1', 1, newEvents(1));
      expect(await first).toMatchObject({ revision: 1 });
    });

    test('is in conflict where another got in first', async () => {
      double.onNextAppends({ kind: 'refuse', error: unavailable() });
      const [first, second] = await Promise.allSettled([
        store.append('deal-1', 'no_stream', newEvents(2)),
        open().append('deal-1', 'no_stream', newEvents(1)),
      ]);
      const outcomes = [first.status, second.status].toSorted();
      expect(outcomes).toEqual(['fulfilled', 'rejected']);
      expect([first, second].find((outcome) => outcome.status === 'rejected')).toMatchObject({
        reason: expect.any(ConcurrencyConflict),
      });
    });

    test('is in conflict where only the first of the events stands there', async () => {
      const [first, second] = [newEvent(), newEvent()];
      await store.append('deal-1', 'no_stream', [first]);
      await expect(store.append('deal-1', 'no_stream', [first, second])).rejects.toMatchObject({
        name: 'ConcurrencyConflict',
        stream: 'deal-1',
        expected: 'no_stream',
        actual: 0,
      });
      expect(double.log.stream('deal-1')).toHaveLength(1);
    });
  });

  describe('that is slow', () => {
    test.each(['delay the write', 'delay the answer'] as const)(
      'writes once where it comes to %s beyond the deadline',
      async (kind) => {
        double.onNextAppends({ kind, milliseconds: 400 });
        const events = newEvents(2);
        const began = performance.now();
        expect(await open(QUICK).append('deal-1', 'no_stream', events)).toMatchObject({ revision: 1 });
        expect(performance.now() - began).toBeGreaterThan(QUICK.deadline - 5);
        await eventually(() => performance.now() - began > 450);
        expect(idsOf(await store.readStream('deal-1'))).toEqual(idsOf(events));
      },
    );

    test('is read again where it says nothing', async () => {
      await store.append('deal-1', 'no_stream', newEvents(2));
      const quick = open(QUICK);
      double.onNextReads({ kind: 'say nothing' }, 3);
      expect(await quick.readStream('deal-1')).toHaveLength(2);
      double.onNextReads({ kind: 'say nothing' });
      expect(await quick.readAll(BEGINNING, 10)).toHaveLength(2);
    });
  });

  describe('that is not available', () => {
    test.each([
      ['unavailable', unavailable],
      ['cancelled', cancelled],
    ])('is tried again when it says %s', async (_, error) => {
      double.onNextAppends({ kind: 'refuse', error: error() }, 3);
      expect(await store.append('deal-1', 'no_stream', newEvents(1))).toMatchObject({ revision: 0 });
      double.onNextReads({ kind: 'refuse', error: error() }, 3);
      expect(await store.readStream('deal-1')).toHaveLength(1);
    });

    test.each([
      ['unavailable', unavailable],
      ['cancelled', cancelled],
    ])('is given up after some attempts of %s', async (_, error) => {
      double.onNextAppends({ kind: 'refuse', error: error() }, 4);
      await expect(store.append('deal-1', 'no_stream', newEvents(1))).rejects.toBeInstanceOf(StoreUnavailable);
      expect(double.calls.append).toBe(4);
      expect(double.log.stream('deal-1')).toBeUndefined();
    });

    test('is told as unavailable where there never was a server', async () => {
      double.kill();
      const never = open();
      await expect(never.append('deal-1', 'no_stream', newEvents(1))).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(never.readStream('deal-1')).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(never.readAll(BEGINNING, 1)).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(never.head()).rejects.toBeInstanceOf(StoreUnavailable);
    });

    test('takes appends and reads across its death and return, each append once', async () => {
      const patient = open({ attempts: 1_000 });
      const streams = Array.from({ length: 60 }, (_, index) => `deal-${index}`);
      const appends = streams.map(async (stream) => {
        for (let round = 0; round < 3; round++) {
          await patient.append(stream, round === 0 ? 'no_stream' : round * 2 - 1, newEvents(2));
        }
      });
      await eventually(() => double.calls.append > 70);
      double.kill();
      const during = patient.readAll(BEGINNING, 1_000);
      await double.restart();
      await Promise.all(appends);
      expect((await during).length).toBeGreaterThan(0);
      const log = await patient.readAll(BEGINNING, 1_000);
      expect(log).toHaveLength(360);
      expect(new Set(idsOf(log)).size).toBe(360);
    });
  });

  describe('whose server is not the leader', () => {
    test('turns to the leader at once', async () => {
      const follower = await EventStoreDbDouble.start(double);
      const there = open({ url: follower.url, attempts: 1 });
      expect(await there.append('deal-1', 'no_stream', newEvents(1))).toMatchObject({ revision: 0 });
      expect([follower.calls.append, double.calls.append]).toEqual([1, 1]);
      const another = open({ url: follower.url, attempts: 1 });
      expect(await another.readStream('deal-1')).toHaveLength(1);
      expect([follower.calls.read, double.calls.read]).toEqual([1, 1]);
      follower.kill();
    });

    test('is given up where no leader is to be found', async () => {
      double.onNextAppends({ kind: 'refuse', error: double.notLeader() }, 5);
      await expect(store.append('deal-1', 'no_stream', newEvents(1))).rejects.toBeInstanceOf(StoreUnavailable);
      expect(double.calls.append).toBe(5);
    });
  });

  test('hands out what lies at one commit position by both halves of the position', async () => {
    double.log.sharesCommits = true;
    await store.append('deal-1', 'no_stream', newEvents(5));
    await store.append('deal-2', 'no_stream', newEvents(2));
    const log = await store.readAll(BEGINNING, 100);
    expect(log).toHaveLength(7);
    for (const [index, event] of log.entries()) {
      expect(await store.readAll(event.position, 100)).toEqual(log.slice(index + 1));
      const ended = new AbortController();
      const subscription = follow(store, { signal: ended.signal, pageSize: 2 }, undefined, event.position);
      await subscription.until(6 - index);
      ended.abort();
      expect(subscription.events()).toEqual(log.slice(index + 1));
    }
  });

  test('reads the position of an append where the answer leaves it out', async () => {
    double.onNextAppends({ kind: 'leave out the position' });
    const { position } = await store.append('deal-1', 'no_stream', newEvents(3));
    expect(position).toBe((await store.readStream('deal-1'))[2]?.position);
  });

  test('refuses an append whose events together exceed the limit, before anything is sent', async () => {
    const events = Array.from({ length: 3 }, () => newEvent({ data: JSON.stringify({ text: 'x'.repeat(400_000) }) }));
    await expect(store.append('deal-1', 'no_stream', events)).rejects.toBeInstanceOf(EventTooLarge);
    expect(double.calls.append).toBe(0);
  });

  test('passes over the events of other programs in the log and refuses them in a stream of ours', async () => {
    await store.append('deal-1', 'no_stream', newEvents(1));
    double.log.append('elsewhere-1', 'any', [foreignEvent('SomethingElse')]);
    await store.append('deal-1', 0, newEvents(1));
    double.log.append('deal-1', 1, [foreignEvent('SomethingElse')]);
    expect((await store.readAll(BEGINNING, 10)).map((event) => event.revision)).toEqual([0, 1]);
    await expect(store.readStream('deal-1')).rejects.toThrow('another program');
  });

  test('never takes the call that can wait for ever', async () => {
    await store.append('deal-1', 'no_stream', newEvents(2));
    await store.append('deal-1', 1, newEvents(2));
    expect(double.calls).toMatchObject({ append: 2, batchAppend: 0 });
  });

  test('finishes an append under way when it is closed, and takes none after', async () => {
    double.onNextAppends({ kind: 'lose the answer', by: 'silence' });
    const quick = open(QUICK);
    const appending = quick.append('deal-1', 'no_stream', newEvents(1));
    await quick.close();
    expect(await appending).toMatchObject({ revision: 0 });
    await expect(quick.append('deal-1', 0, newEvents(1))).rejects.toThrow('closed');
  });

  test.each([
    ['without a user over TLS', 'esdb://localhost:2113'],
    ['that hides failed appends', 'esdb://localhost:2113?tls=false&throwOnAppendFailure=false'],
  ])('refuses a connection string %s', (_, url) => {
    expect(() => openEventStoreDbEventStore({ url })).toThrow(TypeError);
  });

  test('lets a process end by itself, after all kinds of faults, with nothing unhandled', async () => {
    const script = fileURLToPath(new URL('./testing/process-with-faults.ts', import.meta.url));
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script], {
      timeout: PATIENCE_MILLISECONDS,
    });
    expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: '40 events', stderr: '' });
  });
});
