import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CommandReused, ConcurrencyConflict, EventTooLarge } from '../errors.ts';
import { BEGINNING, type NewEvent, type StoredEvent } from '../event.ts';
import type { EventStore, ExpectedRevision } from '../event-store.ts';
import { subscriptionContract } from './event-subscription.contract.ts';
import { fill, idsOf, newEvent, newEvents } from './new-events.ts';

export interface OpenedEventStore {
  /** A store without any event. */
  readonly store: EventStore;
  /** Closes the store and opens the same log anew. */
  reopen(): Promise<EventStore>;
  /** Closes whatever is open and removes what was stored. */
  destroy(): Promise<void>;
}

export interface EventStoreCapabilities {
  /** An event id met in another place of the log is refused with `CommandReused`, not only in the same append again. */
  readonly refusesReusedIds?: boolean;
}

/** Registers the tests of everything the port `EventStore` promises. Every adapter passes them. */
export function eventStoreContract(
  name: string,
  open: () => Promise<OpenedEventStore>,
  capabilities: EventStoreCapabilities = {},
): void {
  describe(`an event store (${name})`, () => {
    let opened: OpenedEventStore;
    let store: EventStore;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });

    afterEach(async () => {
      await opened.destroy();
    });

    describe('appending', () => {
      test('starts a stream and answers with revision and position of the last event', async () => {
        const appended = await store.append('deal-1', 'no_stream', newEvents(3));
        const events = await store.readStream('deal-1');
        expect(appended).toEqual({ revision: 2, position: events[2]?.position });
        expect(events.map((event) => event.revision)).toEqual([0, 1, 2]);
      });

      test('continues a stream at the expected revision', async () => {
        const [first, second, third] = newEvents(3) as [NewEvent, NewEvent, NewEvent];
        await store.append('deal-1', 'no_stream', [first]);
        const appended = await store.append('deal-1', 0, [second, third]);
        expect(appended.revision).toBe(2);
        expect(idsOf(await store.readStream('deal-1'))).toEqual(idsOf([first, second, third]));
      });

      test.each<[string, number, ExpectedRevision, ExpectedRevision]>([
        ['a stale revision', 3, 1, 2],
        ['a revision still to come', 3, 5, 2],
        ['no stream where there is one', 3, 'no_stream', 2],
        ['a revision where there is no stream', 0, 0, 'no_stream'],
      ])('refuses %s with a conflict and appends nothing', async (_, existing, expected, actual) => {
        const before = newEvents(existing);
        if (existing > 0) await store.append('deal-1', 'no_stream', before);
        const refusal = await refusalOf(store.append('deal-1', expected, newEvents(2)));
        expect(refusal).toBeInstanceOf(ConcurrencyConflict);
        expect(refusal).toMatchObject({ stream: 'deal-1', expected, actual });
        expect(idsOf(await store.readStream('deal-1'))).toEqual(idsOf(before));
        expect(await store.readAll(BEGINNING, 10)).toHaveLength(existing);
      });

      test('accepts the next append after a refused one', async () => {
        await store.append('deal-1', 'no_stream', newEvents(1));
        await refusalOf(store.append('deal-1', 7, newEvents(1)));
        expect(await store.append('deal-1', 0, newEvents(1))).toMatchObject({ revision: 1 });
      });

      test('lets exactly one of many win a stream they all start', async () => {
        const attempts = Array.from({ length: 20 }, () => store.append('deal-1', 'no_stream', newEvents(2)));
        const outcomes = await Promise.allSettled(attempts);
        expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
        for (const outcome of outcomes) {
          if (outcome.status === 'fulfilled') continue;
          expect(outcome.reason).toBeInstanceOf(ConcurrencyConflict);
          expect(outcome.reason).toMatchObject({ stream: 'deal-1', expected: 'no_stream', actual: 1 });
        }
        expect(await store.readStream('deal-1')).toHaveLength(2);
      });

      test('takes appends to many streams at once', async () => {
        const streams = Array.from({ length: 50 }, (_, index) => `deal-${index}`);
        await Promise.all(streams.map((stream) => store.append(stream, 'no_stream', newEvents(2))));
        for (const stream of streams) expect(await store.readStream(stream)).toHaveLength(2);
        expect(await store.readAll(BEGINNING, 1_000)).toHaveLength(100);
      });

      test('keeps streams apart whose names resemble each other', async () => {
        const streams = ['deal-1', 'deal-10', 'deal-A', 'deal-a', 'deal-a.b_c~d', 'deal'];
        for (const stream of streams) await store.append(stream, 'no_stream', newEvents(1));
        for (const stream of streams) {
          expect((await store.readStream(stream)).map((event) => event.stream)).toEqual([stream]);
        }
      });
    });

    describe('appending again', () => {
      test('answers as the first time and appends nothing', async () => {
        const events = newEvents(3);
        const first = await store.append('deal-1', 'no_stream', events);
        expect(await store.append('deal-1', 'no_stream', events)).toEqual(first);
        expect(idsOf(await store.readAll(BEGINNING, 10))).toEqual(idsOf(events));
      });

      test('answers as the first time after others have appended', async () => {
        const events = newEvents(2);
        await store.append('deal-1', 'no_stream', newEvents(1));
        const first = await store.append('deal-1', 0, events);
        await store.append('deal-1', 2, newEvents(1));
        await store.append('deal-2', 'no_stream', newEvents(1));
        expect(await store.append('deal-1', 0, events)).toEqual(first);
        expect(await store.readStream('deal-1')).toHaveLength(4);
      });

      test('answers both as one where the same append is sent twice at once', async () => {
        const events = newEvents(2);
        const [one, other] = await Promise.all([
          store.append('deal-1', 'no_stream', events),
          store.append('deal-1', 'no_stream', events),
        ]);
        expect(other).toEqual(one);
        expect(await store.readStream('deal-1')).toHaveLength(2);
      });

      test('is a conflict where only some of the events are the same', async () => {
        const [first, second] = newEvents(2) as [NewEvent, NewEvent];
        await store.append('deal-1', 'no_stream', [first, second]);
        for (const events of [
          [first, newEvent()],
          [newEvent(), second],
          [first, second, newEvent()],
          [second, first],
        ]) {
          const refusal = await refusalOf(store.append('deal-1', 'no_stream', events));
          expect(refusal).toBeInstanceOf(ConcurrencyConflict);
          expect(refusal).toMatchObject({ stream: 'deal-1', expected: 'no_stream', actual: 1 });
        }
        expect(idsOf(await store.readStream('deal-1'))).toEqual([first.id, second.id]);
      });

      if (capabilities.refusesReusedIds) {
        test('is refused where an id stands in another stream', async () => {
          const event = newEvent();
          await store.append('deal-1', 'no_stream', [event]);
          const refusal = await refusalOf(store.append('deal-2', 'no_stream', [newEvent(), event, newEvent()]));
          expect(refusal).toBeInstanceOf(CommandReused);
          expect(await store.readStream('deal-2')).toEqual([]);
          expect(await store.append('deal-2', 'no_stream', newEvents(1))).toMatchObject({ revision: 0 });
        });

        test('is refused where an id stands earlier in the stream', async () => {
          const event = newEvent();
          await store.append('deal-1', 'no_stream', [event]);
          expect(await refusalOf(store.append('deal-1', 0, [newEvent(), event]))).toBeInstanceOf(CommandReused);
          expect(await store.readStream('deal-1')).toHaveLength(1);
        });
      }
    });

    describe('large events', () => {
      test('are taken up to 900 KiB', async () => {
        const event = newEvent({ data: JSON.stringify({ text: 'x'.repeat(900 * 1024) }) });
        await store.append('deal-1', 'no_stream', [event]);
        expect((await store.readStream('deal-1'))[0]?.data).toBe(event.data);
      });

      test.each([
        ['data', { data: JSON.stringify({ text: 'x'.repeat(1_100_000) }) }],
        ['metadata', { metadata: JSON.stringify({ reason: 'x'.repeat(1_100_000) }) }],
        ['text of few characters and many bytes', { data: JSON.stringify({ text: '€'.repeat(400_000) }) }],
      ])('are refused whole for too much %s', async (_, fields) => {
        const refusal = await refusalOf(store.append('deal-1', 'no_stream', [newEvent(), newEvent(fields)]));
        expect(refusal).toBeInstanceOf(EventTooLarge);
        expect(await store.readStream('deal-1')).toEqual([]);
        expect(await store.readAll(BEGINNING, 10)).toEqual([]);
      });
    });

    describe('what is stored', () => {
      const texts: readonly [string, string][] = [
        ['accents, scripts and symbols', JSON.stringify({ text: 'Zoë Müller, 東京, Ελλάδα, مرحبا, ₿ €' })],
        ['surrogate pairs', JSON.stringify({ text: '👩‍👩‍👧‍👦 𝒳 🇨🇭' })],
        ['escaped control characters and lone surrogates', JSON.stringify({ text: '\u0000\u001f\n\\"\ud800' })],
        ['combining characters that are not normalised', JSON.stringify({ text: 'e\u0301 é \u2028 \ufeff' })],
        ['text of 200,000 characters', JSON.stringify({ text: 'añ'.repeat(100_000) })],
      ];

      test.each(texts)('comes back exactly: %s', async (_, text) => {
        const event = newEvent({ data: text, metadata: text });
        await store.append('deal-1', 'no_stream', [event]);
        expect((await store.readStream('deal-1'))[0]).toMatchObject(event);
        expect((await store.readAll(BEGINNING, 1))[0]).toMatchObject(event);
      });

      test('comes back with its very bytes, however the JSON is written', async () => {
        const event = newEvent({ data: '{ "b": 1.0, "10": 1e3, "2": "\\u0041",\n "empty": {}, "b2": [ ] }' });
        await store.append('deal-1', 'no_stream', [event]);
        expect((await store.readStream('deal-1'))[0]?.data).toBe(event.data);
      });

      test('comes back with id, type, times and hashes and nothing else', async () => {
        const event = newEvent({
          id: '00000000-0000-5000-8000-00000000abcd',
          type: 'OpportunityOpened.v12',
          occurredAt: '1999-12-31T23:59:59.999Z',
          recordedAt: '2026-02-28T00:00:00.001Z',
          previousHash: 'ab'.repeat(32),
          hash: '0123456789abcdef'.repeat(4),
        });
        const { position } = await store.append('deal-1', 'no_stream', [event]);
        const expected = { ...event, stream: 'deal-1', revision: 0, position };
        expect({ ...(await store.readStream('deal-1'))[0] }).toEqual(expected);
        expect({ ...(await store.readAll(BEGINNING, 1))[0] }).toEqual(expected);
      });

      test('is there at once for who has the answer', async () => {
        for (let index = 0; index < 20; index++) {
          const { position } = await store.append(`deal-${index}`, 'no_stream', newEvents(1));
          expect(await store.readStream(`deal-${index}`)).toHaveLength(1);
          expect(await store.head()).toBe(position);
        }
      });

      test('is there after the store was opened anew', async () => {
        const first = await store.append('deal-1', 'no_stream', newEvents(3));
        const before = await store.readAll(BEGINNING, 10);
        const anew = await opened.reopen();
        expect(await anew.readAll(BEGINNING, 10)).toEqual(before);
        expect(await anew.head()).toBe(first.position);
        const next = await anew.append('deal-1', 2, newEvents(1));
        expect(next.revision).toBe(3);
        expect(next.position > first.position).toBe(true);
      });
    });

    describe('reading a stream', () => {
      test('gives nothing for a stream that does not exist', async () => {
        expect(await store.readStream('deal-1')).toEqual([]);
        expect(await store.readStream('deal-1', 3)).toEqual([]);
      });

      test('starts at a revision, inclusive', async () => {
        const events = newEvents(5);
        await store.append('deal-1', 'no_stream', events);
        expect(idsOf(await store.readStream('deal-1', 0))).toEqual(idsOf(events));
        expect(idsOf(await store.readStream('deal-1', 3))).toEqual(idsOf(events.slice(3)));
        expect(await store.readStream('deal-1', 5)).toEqual([]);
      });

      test('gives all of a long stream in order', async () => {
        const events = newEvents(1_200);
        for (let from = 0; from < events.length; from += 100) {
          await store.append('deal-1', from === 0 ? 'no_stream' : from - 1, events.slice(from, from + 100));
        }
        expect(idsOf(await store.readStream('deal-1'))).toEqual(idsOf(events));
      });
    });

    describe('reading the log', () => {
      test('gives nothing, at the beginning, where nothing was appended', async () => {
        expect(await store.readAll(BEGINNING, 10)).toEqual([]);
        expect(await store.head()).toBe(BEGINNING);
        expect(store.ordinal(BEGINNING)).toBe(0);
      });

      test('starts after a position, exclusive', async () => {
        await fill(store, 10);
        const log = await store.readAll(BEGINNING, 100);
        expect(log).toHaveLength(10);
        for (const [index, event] of log.entries()) {
          expect(await store.readAll(event.position, 100)).toEqual(log.slice(index + 1));
        }
      });

      test('gives as many as asked for, and fewer only at the end', async () => {
        await fill(store, 25);
        const log = await store.readAll(BEGINNING, 1_000);
        expect(log).toHaveLength(25);
        for (const limit of [1, 7, 24, 25, 26]) {
          const pages: StoredEvent[][] = [];
          for (let after = BEGINNING; pages.length <= log.length;) {
            const page = await store.readAll(after, limit);
            pages.push([...page]);
            if (page.length < limit) break;
            after = page.at(-1)!.position;
          }
          expect(pages.flat()).toEqual(log);
          for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit);
        }
      });

      test('goes backwards from the end or from before a position, down to the beginning', async () => {
        expect(await store.readAllBackwards(undefined, 10)).toEqual([]);
        await fill(store, 25);
        const log = (await store.readAll(BEGINNING, 100)).toReversed();
        expect(await store.readAllBackwards(undefined, 100)).toEqual(log);
        for (const [index, { position }] of log.entries()) {
          expect(await store.readAllBackwards(position, 7)).toEqual(log.slice(index + 1, index + 8));
        }
        expect(await store.readAllBackwards(BEGINNING, 10)).toEqual([]);
      });

      test('orders events as they were appended, over streams, positions as text and ordinals as numbers', async () => {
        const appended = await fill(store, 1_100);
        const log = await store.readAll(BEGINNING, 2_000);
        expect(idsOf(log)).toEqual(idsOf(appended));
        for (let index = 1; index < log.length; index++) {
          const [before, after] = [log[index - 1]!, log[index]!];
          if (!(before.position < after.position))
            throw new Error(`${before.position} is not before ${after.position}`);
          expect(store.ordinal(after.position)).toBeGreaterThan(store.ordinal(before.position));
        }
        expect(BEGINNING < log[0]!.position).toBe(true);
        expect(store.ordinal(log[0]!.position)).toBeGreaterThan(0);
        expect(await store.head()).toBe(log.at(-1)!.position);
      });
    });

    subscriptionContract(() => store);
  });
}

async function refusalOf(attempt: Promise<unknown>): Promise<unknown> {
  try {
    await attempt;
  } catch (error) {
    return error;
  }
  throw new Error('The append was accepted.');
}
