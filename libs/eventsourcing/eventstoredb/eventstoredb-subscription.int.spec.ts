import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BEGINNING } from '../event.ts';
import type { EventStore } from '../event-store.ts';
import { fill, newEvents } from '../testing/new-events.ts';
import { eventually, PATIENCE_MILLISECONDS } from '../testing/eventually.ts';
import { openEventStoreDbEventStore, type EventStoreDbOptions } from './eventstoredb-event-store.ts';
import { cancelled, EventStoreDbDouble, unavailable } from './testing/eventstoredb-double.ts';
import { follow } from './testing/follow.ts';
import { foreignEvent } from './testing/foreign-event.ts';

describe('a subscription on EventStoreDB', () => {
  let double: EventStoreDbDouble;
  let store: EventStore;
  let ended: AbortController;

  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
    store = open({ deadline: PATIENCE_MILLISECONDS });
    ended = new AbortController();
  });

  function open(options: Partial<EventStoreDbOptions>): EventStore {
    const pace = { firstDelay: 2, longestDelay: 40 };
    return openEventStoreDbEventStore({ url: double.url, attempts: 100, pace, ...options });
  }

  afterEach(async () => {
    ended.abort();
    await store.close();
    double.kill();
  });

  test('hands out each event once and in order though it is dropped 100 times', async () => {
    await fill(store, 50);
    const subscription = follow(store, { signal: ended.signal, pageSize: 7 });
    for (let drop = 0; drop < 100; drop++) {
      await eventually(() => double.openSubscriptions > 0);
      const appending = store.append(`deal-${drop}`, 'no_stream', newEvents(1 + (drop % 9)));
      if (drop % 2) await appending;
      double.dropSubscriptions([unavailable(), cancelled(), undefined][drop % 3]);
      await appending;
    }
    const log = await store.readAll(BEGINNING, 2_000);
    await subscription.until(log.length);
    expect(subscription.events()).toEqual(log);
    await eventually(() => subscription.interruptions.length >= 100);
  });

  test('goes on behind a server that died and came back, and tells of it', async () => {
    // With a pace this long, attempts that take long on a busy machine still count as failures in a row.
    await store.close();
    store = open({ pace: { firstDelay: 2, longestDelay: PATIENCE_MILLISECONDS } });
    await fill(store, 30);
    const subscription = follow(store, { signal: ended.signal, pageSize: 10 });
    await subscription.until(30);
    for (let death = 0; death < 3; death++) {
      double.kill();
      await eventually(() => subscription.interruptions.length >= 3 * (death + 1));
      await double.restart();
      await store.append(`deal-${death}`, 'no_stream', newEvents(4));
    }
    await subscription.until(42);
    expect(subscription.events()).toEqual(await store.readAll(BEGINNING, 100));
    expect(subscription.interruptions.map(({ attempt }) => attempt).slice(0, 3)).toEqual([1, 2, 3]);
  });

  test('loses nothing to a checkpoint that overtakes events its reader has not taken yet', async () => {
    let busy = Promise.resolve();
    const subscription = follow(store, { signal: ended.signal, pageSize: 4 }, () => busy);
    for (let round = 0; round < 20; round++) {
      await eventually(() => double.openSubscriptions === 1);
      const reader = Promise.withResolvers<void>();
      busy = reader.promise;
      await store.append(`deal-${round}`, 'no_stream', newEvents(1));
      await store.append(`deal-${round}`, 0, newEvents(2));
      // A checkpoint comes for these, ahead of the last event of ours.
      double.log.append(
        '$noise',
        'any',
        Array.from({ length: 300 }, () => foreignEvent('$noise')),
      );
      await store.append(`deal-${round}`, 2, newEvents(1));
      if (round % 2) double.dropSubscriptions(round % 3 ? undefined : unavailable());
      reader.resolve();
      await subscription.until(4 * (round + 1));
    }
    expect(subscription.events()).toEqual(await store.readAll(BEGINNING, 1_000));
  });

  test('begins again from a checkpoint where nothing of ours came since', async () => {
    follow(store, { signal: ended.signal, pageSize: 4 });
    const beginnings: boolean[] = [];
    while (!beginnings.includes(true) && beginnings.length < 50) {
      await eventually(() => double.openSubscriptions === 1);
      const [reads, end] = [double.startsInLog.length, double.log.records.at(-1)!.commit];
      double.log.append(
        '$noise',
        'any',
        Array.from({ length: 600 }, () => foreignEvent('$noise')),
      );
      await store.head();
      double.dropSubscriptions(unavailable());
      await eventually(() => double.startsInLog.length > reads + 1);
      beginnings.push(double.startsInLog[reads + 1]! > end);
    }
    expect(beginnings).toContain(true);
  });

  test('begins again where it is not confirmed', async () => {
    await store.close();
    store = open({ deadline: 250 });
    await store.append('deal-1', 'no_stream', newEvents(1));
    const subscription = follow(store, { signal: ended.signal, pageSize: 4 });
    double.onNextReads({ kind: 'say nothing' }, 2);
    await subscription.until(1);
    await eventually(() => subscription.interruptions.length >= 2);
    await store.append('deal-2', 'no_stream', newEvents(1));
    await subscription.until(2);
    expect(subscription.events()).toEqual(await store.readAll(BEGINNING, 10));
  });

  test('leaves nothing open at the server', async () => {
    await fill(store, 10);
    const subscription = follow(store, { signal: ended.signal, pageSize: 4 });
    await subscription.until(10);
    await eventually(() => double.openSubscriptions === 1);
    ended.abort();
    await subscription.finished;
    await eventually(() => double.openSubscriptions === 0);
    expect(subscription.interruptions).toEqual([]);
  });

  test('ends where the store is closed', async () => {
    await fill(store, 10);
    const subscription = follow(store, { signal: ended.signal, pageSize: 4 });
    await subscription.until(10);
    await store.close();
    await subscription.finished;
    expect(subscription.interruptions).toEqual([]);
  });
});
