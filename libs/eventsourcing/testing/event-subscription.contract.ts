import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BEGINNING, type StoredEvent } from '../event.ts';
import type { EventStore } from '../event-store.ts';
import { fill, idsOf, newEvents } from './new-events.ts';

/** The part of the event store's contract that concerns `subscribe`; `opened` gives the store of the running test. */
export function subscriptionContract(opened: () => EventStore): void {
  describe('a subscription', () => {
    let store: EventStore;
    let ended: AbortController;

    beforeEach(() => {
      store = opened();
      ended = new AbortController();
    });

    afterEach(() => {
      ended.abort();
    });

    test('hands out what is there, then what comes', async () => {
      const there = await fill(store, 12);
      const subscription = follow(store, BEGINNING, 5, ended.signal);
      await subscription.until(12);
      const coming = newEvents(3);
      await store.append('new-1', 'no_stream', coming);
      await subscription.until(15);
      await store.append('new-1', 2, newEvents(1));
      await subscription.until(16);
      expect(idsOf(subscription.events().slice(0, 15))).toEqual(idsOf([...there, ...coming]));
      expect(subscription.events()).toEqual(await store.readAll(BEGINNING, 100));
    });

    test('starts after a position, exclusive', async () => {
      await fill(store, 10);
      const log = await store.readAll(BEGINNING, 100);
      const subscription = follow(store, log[6]!.position, 100, ended.signal);
      await subscription.until(3);
      await store.append('new-1', 'no_stream', newEvents(1));
      await subscription.until(4);
      expect(subscription.events()).toEqual(await store.readAll(log[6]!.position, 100));
    });

    test('waits at the end of an empty log', async () => {
      const subscription = follow(store, BEGINNING, 10, ended.signal);
      const events = newEvents(1);
      await store.append('deal-1', 'no_stream', events);
      await subscription.until(1);
      expect(idsOf(subscription.events())).toEqual(idsOf(events));
    });

    test('hands out each event once and in order while many write, to every subscriber', async () => {
      await fill(store, 40);
      const subscriptions = [1, 7, 500].map((pageSize) => follow(store, BEGINNING, pageSize, ended.signal));
      const writers = Array.from({ length: 20 }, async (_, writer) => {
        for (let round = 0; round < 10; round++) {
          await store.append(`writer-${writer}`, round === 0 ? 'no_stream' : round * 2 - 1, newEvents(2));
        }
      });
      await Promise.all(writers);
      const log = await store.readAll(BEGINNING, 1_000);
      expect(log).toHaveLength(440);
      for (const subscription of subscriptions) {
        await subscription.until(440);
        expect(subscription.events()).toEqual(log);
      }
    });

    test('hands out pages that are neither empty nor larger than asked for', async () => {
      await fill(store, 23);
      const subscription = follow(store, BEGINNING, 5, ended.signal);
      await subscription.until(23);
      for (let index = 0; index < 10; index++) {
        await store.append(`new-${index}`, 'no_stream', newEvents(1));
      }
      await subscription.until(33);
      ended.abort();
      await subscription.finished;
      for (const page of subscription.pages) {
        expect(page.length).toBeGreaterThan(0);
        expect(page.length).toBeLessThanOrEqual(5);
      }
    });

    test('ends without an error when it is aborted while it waits', async () => {
      await fill(store, 3);
      const subscription = follow(store, BEGINNING, 10, ended.signal);
      await subscription.until(3);
      ended.abort();
      await subscription.finished;
      await store.append('new-1', 'no_stream', newEvents(1));
      expect(subscription.events()).toHaveLength(3);
    });

    test('ends without an error when it is aborted between pages', async () => {
      await fill(store, 30);
      let seen = 0;
      for await (const page of store.subscribe(BEGINNING, { signal: ended.signal, pageSize: 10 })) {
        seen += page.length;
        ended.abort();
      }
      expect(seen).toBe(10);
    });

    test('ends at once where it was aborted before', async () => {
      await fill(store, 3);
      ended.abort();
      const subscription = follow(store, BEGINNING, 10, ended.signal);
      await subscription.finished;
      expect(subscription.pages).toEqual([]);
    });

    test('can be left in the middle', async () => {
      await fill(store, 30);
      for await (const page of store.subscribe(BEGINNING, { signal: ended.signal, pageSize: 10 })) {
        expect(page).toHaveLength(10);
        break;
      }
      expect(await store.append('new-1', 'no_stream', newEvents(1))).toMatchObject({ revision: 0 });
    });
  });
}

/** Follows a subscription in the background. `until` resolves once so many events came; `finished` at its end. */
function follow(store: EventStore, after: string, pageSize: number, signal: AbortSignal) {
  const pages: (readonly StoredEvent[])[] = [];
  const arrived = new EventTarget();
  const events = () => pages.flat();
  const finished = (async () => {
    for await (const page of store.subscribe(after, { signal, pageSize })) {
      pages.push(page);
      arrived.dispatchEvent(new Event('page'));
    }
  })();
  const until = async (count: number) => {
    const enough = new Promise<void>((resolve) => {
      const check = () => {
        if (events().length >= count) resolve();
      };
      arrived.addEventListener('page', check);
      check();
    });
    const ended = finished.then(() => {
      throw new Error(`The subscription ended after ${events().length} of ${count} events.`);
    });
    await Promise.race([enough, ended]);
  };
  return { pages, events, finished, until };
}
