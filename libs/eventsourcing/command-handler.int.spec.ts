import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EventCatalogue, type EventsOf } from './catalogue.ts';
import { commandHandler, stableId, type CommandContext, type CommandHandler } from './command-handler.ts';
import type { Circumstances, Decider } from './decider.ts';
import { CommandReused, ConcurrencyConflict, RuleViolation } from './errors.ts';
import { BEGINNING, type NewEvent } from './event.ts';
import type { ExpectedRevision } from './event-store.ts';
import { chainVerifier } from './hash-chain.ts';
import { Text, Type } from './schema.ts';
import { openSqliteEventStore, type SqliteEventStore } from './sqlite/sqlite-event-store.ts';
import { newEvent } from './testing/new-events.ts';

const shelfEvents = {
  ThingPut: { version: 1, description: 'A thing was put on the shelf.', data: Type.Object({ thing: Text }) },
  ShelfDusted: { version: 1, description: 'The shelf was dusted.', data: Type.Object({}) },
} as const;
type ShelfEvent = EventsOf<typeof shelfEvents>;

interface PutThings {
  readonly type: 'PutThings';
  readonly things: readonly string[];
  readonly note?: string | undefined;
}

const decided: Circumstances[] = [];

/** A shelf takes three things, none of them twice; things that are there already are passed over. */
const shelf: Decider<readonly string[], PutThings, ShelfEvent> = {
  kind: 'shelf',
  initial: [],
  decide({ things }, state, circumstances) {
    decided.push(circumstances);
    const fresh = things.filter((thing) => !state.includes(thing));
    if (state.length + fresh.length > 3) throw new RuleViolation('shelf_full', 'The shelf is full.');
    return fresh.map((thing) => ({ type: 'ThingPut', data: { thing } }));
  },
  evolve: (state, event) => (event.type === 'ThingPut' ? [...state, event.data.thing] : state),
};

const put = (...things: string[]): PutThings => ({ type: 'PutThings', things });
const actor = { id: 'ann', role: 'rep' };
const by = (name: string, more: Partial<CommandContext> = {}): CommandContext => ({
  commandId: stableId(name),
  actor,
  source: 'api',
  ...more,
});

describe('a command handler', () => {
  const catalogue = new EventCatalogue(shelfEvents);
  const clock = () => Date.UTC(2026, 1, 3, 4, 5, 6, 7);
  let folder: string;
  let store: SqliteEventStore;
  let handler: CommandHandler;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dealtrail-commands-'));
    store = await openSqliteEventStore({ file: join(folder, 'events.db') });
    handler = commandHandler(store, catalogue, clock);
    decided.length = 0;
  });

  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const things = async (id = 'a') => (await handler.load(shelf, id)).state;
  const log = () => store.readAll(BEGINNING, 1_000);
  const attempt = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

  /** Lets somebody else append just before the store sees the next appends of this handler. */
  function interfere(times: number, other: () => Promise<unknown>): { appends: number } {
    const seen = { appends: 0 };
    const append = store.append.bind(store);
    store.append = async (stream: string, expected: ExpectedRevision, events: readonly NewEvent[]) => {
      seen.appends += 1;
      if (seen.appends <= times) {
        store.append = append;
        await other();
        store.append = interfering;
      }
      return append(stream, expected, events);
    };
    const interfering = store.append;
    return seen;
  }

  /** Another process at the same log. */
  const elsewhere = () => commandHandler(store, catalogue, clock);

  test('appends what was decided and answers with where the stream is', async () => {
    const result = await handler.execute(shelf, 'a', put('cup', 'jug'), by('one'));
    const events = await log();
    expect(result).toMatchObject({ stream: 'shelf-a', revision: 1, position: events[1]!.position, repeated: false });
    expect(result.events).toEqual(['cup', 'jug'].map((thing) => ({ type: 'ThingPut', data: { thing } })));
    expect(events.map(({ stream, revision, type }) => [stream, revision, type])).toEqual([
      ['shelf-a', 0, 'ThingPut.v1'],
      ['shelf-a', 1, 'ThingPut.v1'],
    ]);
  });

  test('folds what is there before it decides', async () => {
    await handler.execute(shelf, 'a', put('cup'), by('one'));
    await elsewhere().execute(shelf, 'a', put('jug'), by('two'));
    await handler.execute(shelf, 'a', put('cup', 'jug', 'pan'), by('three'));
    expect(await things()).toEqual(['cup', 'jug', 'pan']);
    expect(await log()).toHaveLength(3);
  });

  test('keeps streams apart', async () => {
    await handler.execute(shelf, 'a', put('cup'), by('one'));
    await handler.execute(shelf, 'b', put('cup'), by('two'));
    expect([await things('a'), await things('b'), await things('c')]).toEqual([['cup'], ['cup'], []]);
  });

  test('appends nothing where nothing changes, and answers with where the stream is', async () => {
    const first = await handler.execute(shelf, 'a', put('cup'), by('one'));
    const { revision, position } = first;
    const second = await handler.execute(shelf, 'a', put('cup'), by('two'));
    expect(second).toEqual({ stream: 'shelf-a', revision, position, repeated: false, events: [] });
    expect(await handler.execute(shelf, 'b', put(), by('three'))).toMatchObject({ revision: -1, position: BEGINNING });
    expect(await log()).toHaveLength(1);
  });

  test('appends nothing of what is refused', async () => {
    const refused = await attempt(handler.execute(shelf, 'a', put('1', '2', '3', '4'), by('one')));
    expect(refused).toMatchObject({ name: 'RuleViolation', code: 'shelf_full' });
    expect(await log()).toEqual([]);
  });

  test('refuses what does not fit the events it would become, with the field at fault', async () => {
    const refused = await attempt(handler.execute(shelf, 'a', put('cup', ''), by('one')));
    expect(refused).toBeInstanceOf(RuleViolation);
    expect(refused).toMatchObject({ code: 'malformed', field: 'thing' });
    expect(await log()).toEqual([]);
  });

  describe('tells the rules and the log of a command', () => {
    test('what it concerns, when, by whom and why', async () => {
      const occurredAt = '2026-01-31T09:30:00.000Z';
      await handler.execute(shelf, 'a', put('cup'), by('one', { occurredAt, reason: 'Tidying.' }));
      expect(decided).toEqual([{ id: 'a', occurredAt, actor, reason: 'Tidying.' }]);
      expect(await log()).toMatchObject([{ occurredAt, recordedAt: '2026-02-03T04:05:06.007Z' }]);
    });

    test('now as the business time where none is given', async () => {
      await handler.execute(shelf, 'a', put('cup'), by('one'));
      expect(decided).toEqual([{ id: 'a', occurredAt: '2026-02-03T04:05:06.007Z', actor }]);
      expect(await log()).toMatchObject([{ occurredAt: '2026-02-03T04:05:06.007Z' }]);
    });

    test('whole metadata with every event', async () => {
      const context = by('one', {
        actor: { ...actor, onBehalfOf: 'bo' },
        reason: 'Tidying.',
        source: 'page',
        correlationId: 'c-1',
        causationId: 'c-2',
      });
      await handler.execute(shelf, 'a', put('cup', 'jug'), context);
      const metadata = (await handler.eventsSince('shelf-a', -1)).map((event) => event.metadata);
      const expected = {
        actor: { id: 'ann', role: 'rep', onBehalfOf: 'bo' },
        source: 'page',
        reason: 'Tidying.',
        commandId: context.commandId,
        commandFingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        $correlationId: 'c-1',
        $causationId: 'c-2',
      };
      expect(metadata).toEqual([expected, expected]);
    });

    test('the command itself as its cause where it has no other', async () => {
      const { commandId } = by('one');
      await handler.execute(shelf, 'a', put('cup'), by('one'));
      const [event] = await handler.eventsSince('shelf-a', -1);
      expect(event?.metadata).toMatchObject({ commandId, $correlationId: commandId, $causationId: commandId });
      expect(event?.metadata).not.toHaveProperty('reason');
    });
  });

  test('links the events of every stream into one chain, across commands, processes and repetitions', async () => {
    for (const [index, id] of ['a', 'b', 'a', 'a', 'b'].entries()) {
      const context = by(`command ${index}`);
      const who = index % 2 === 0 ? handler : elsewhere();
      await who.execute(shelf, id, put(`thing ${index}`), context);
      await who.execute(shelf, id, put(`thing ${index}`), context);
    }
    const verifier = chainVerifier();
    const events = await log();
    expect(events).toHaveLength(5);
    expect(events.flatMap((event) => verifier.check(event))).toEqual([]);
  });

  describe('that is given a command again', () => {
    test('answers as the first time and appends nothing', async () => {
      const first = await handler.execute(shelf, 'a', put('cup', 'jug'), by('one'));
      await handler.execute(shelf, 'a', put('pan'), by('two'));
      for (const who of [handler, elsewhere()]) {
        const again = await who.execute(shelf, 'a', put('cup', 'jug'), by('one'));
        expect(again).toMatchObject({ revision: first.revision, position: first.position, repeated: true });
        expect(again.events.map(({ type, data }) => ({ type, data }))).toEqual(first.events);
      }
      expect(await log()).toHaveLength(3);
    });

    test('answers so too where the command would be refused by now', async () => {
      await handler.execute(shelf, 'a', put('cup', 'jug', 'pan'), by('one'));
      const again = await handler.execute(shelf, 'a', put('cup', 'jug', 'pan'), by('one', { expectedRevision: -1 }));
      expect(again).toMatchObject({ revision: 2, repeated: true });
    });

    test('knows it in whatever order its fields come, absent or undefined', async () => {
      await handler.execute(shelf, 'a', { type: 'PutThings', things: ['cup'], note: 'blue' }, by('one'));
      await handler.execute(shelf, 'a', put('jug'), by('two'));
      const turned = await handler.execute(shelf, 'a', { note: 'blue', things: ['cup'], type: 'PutThings' }, by('one'));
      const padded = await handler.execute(shelf, 'a', { ...put('jug'), note: undefined }, by('two'));
      expect([turned.repeated, padded.repeated]).toEqual([true, true]);
    });

    test.each<[string, PutThings, Partial<CommandContext>]>([
      ['content', put('jug'), {}],
      ['reason', put('cup'), { reason: 'Another.' }],
      ['business time', put('cup'), { occurredAt: '2026-01-01T00:00:00.000Z' }],
    ])('refuses its id with another %s', async (_, command, more) => {
      await handler.execute(shelf, 'a', put('cup'), by('one'));
      expect(await attempt(handler.execute(shelf, 'a', command, by('one', more)))).toBeInstanceOf(CommandReused);
      expect(await log()).toHaveLength(1);
    });

    test('refuses its id on another stream', async () => {
      await handler.execute(shelf, 'a', put('cup'), by('one'));
      expect(await attempt(handler.execute(shelf, 'b', put('cup'), by('one')))).toBeInstanceOf(CommandReused);
      expect(await log()).toHaveLength(1);
    });

    test('answers both alike where it comes twice at once', async () => {
      const twice = [by('one'), by('one')].map((context) => handler.execute(shelf, 'a', put('cup'), context));
      const [first, second] = await Promise.all(twice);
      expect(second).toMatchObject({ revision: first!.revision, position: first!.position });
      expect([first!.repeated, second!.repeated]).toEqual([false, true]);
      expect(await log()).toHaveLength(1);
    });

    test('answers both alike where it comes twice at once in two processes, even under a fixed revision', async () => {
      const context = by('one', { expectedRevision: -1 });
      interfere(1, () => elsewhere().execute(shelf, 'a', put('cup'), context));
      const result = await handler.execute(shelf, 'a', put('cup'), context);
      expect(result).toMatchObject({ revision: 0 });
      expect(await log()).toHaveLength(1);
    });

    test('refuses the second where its id comes with two contents at once', async () => {
      const results = await Promise.all([
        attempt(handler.execute(shelf, 'a', put('cup'), by('one'))),
        attempt(handler.execute(shelf, 'a', put('jug'), by('one'))),
      ]);
      expect(results[0]).toMatchObject({ repeated: false });
      expect(results[1]).toBeInstanceOf(CommandReused);
      expect(await things()).toEqual(['cup']);
    });

    test('gives its events the ids they had or would have had', async () => {
      await handler.execute(shelf, 'a', put('cup', 'jug'), by('one'));
      const otherFolder = await mkdtemp(join(tmpdir(), 'dealtrail-commands-'));
      const other = await openSqliteEventStore({ file: join(otherFolder, 'events.db') });
      await commandHandler(other, catalogue, () => 0).execute(shelf, 'a', put('cup', 'jug'), by('one'));
      const ids = async (one: SqliteEventStore) => (await one.readAll(BEGINNING, 10)).map(({ id }) => id);
      expect(await ids(other)).toEqual(await ids(store));
      expect(new Set(await ids(store)).size).toBe(2);
      await other.close();
      await rm(otherFolder, { recursive: true });
    });
  });

  describe('whose stream moved on', () => {
    test('leaves the conflict to a caller who fixed the revision', async () => {
      await handler.execute(shelf, 'a', put('cup'), by('one', { expectedRevision: -1 }));
      await handler.execute(shelf, 'a', put('jug'), by('two', { expectedRevision: 0 }));
      const stale = await attempt(handler.execute(shelf, 'a', put('pan'), by('three', { expectedRevision: 0 })));
      expect(stale).toBeInstanceOf(ConcurrencyConflict);
      expect(stale).toMatchObject({ stream: 'shelf-a', expected: 0, actual: 1 });
      const taken = await attempt(handler.execute(shelf, 'a', put('pan'), by('three', { expectedRevision: -1 })));
      expect(taken).toMatchObject({ expected: 'no_stream', actual: 1 });
      const missing = await attempt(handler.execute(shelf, 'b', put('pan'), by('three', { expectedRevision: 0 })));
      expect(missing).toMatchObject({ expected: 0, actual: 'no_stream' });
      expect(await log()).toHaveLength(2);
    });

    test('leaves it to that caller where it moves between reading and appending, too', async () => {
      await handler.execute(shelf, 'a', put('cup'), by('one'));
      interfere(1, () => elsewhere().execute(shelf, 'a', put('jug'), by('two')));
      const stale = await attempt(handler.execute(shelf, 'a', put('pan'), by('three', { expectedRevision: 0 })));
      expect(stale).toMatchObject({ name: 'ConcurrencyConflict', expected: 0, actual: 1 });
      expect(await things()).toEqual(['cup', 'jug']);
    });

    test('decides again by itself where no revision was fixed', async () => {
      interfere(3, () => elsewhere().execute(shelf, 'a', put('jug'), by('two')));
      await handler.execute(shelf, 'a', put('cup', 'jug'), by('one'));
      expect(await things()).toEqual(['jug', 'cup']);
    });

    test('decides again upon what is there then, and may refuse', async () => {
      interfere(1, () => elsewhere().execute(shelf, 'a', put('jug', 'pan'), by('two')));
      const refused = await attempt(handler.execute(shelf, 'a', put('cup', 'lid'), by('one')));
      expect(refused).toMatchObject({ code: 'shelf_full' });
      expect(await things()).toEqual(['jug', 'pan']);
    });

    test('gives up after some attempts', async () => {
      const dust = async () => {
        const { revision } = await elsewhere().load(shelf, 'a');
        await store.append('shelf-a', revision, [newEvent({ type: 'ShelfDusted.v1', data: '{}' })]);
      };
      await handler.execute(shelf, 'a', put('cup'), by('one'));
      const seen = interfere(Infinity, dust);
      const error = await attempt(handler.execute(shelf, 'a', put('jug'), by('two')));
      expect(error).toBeInstanceOf(ConcurrencyConflict);
      expect(seen.appends).toBe(8);
      expect(await things()).toEqual(['cup']);
    });

    test('carries out many commands given at once, each once', async () => {
      const many = Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? handler : elsewhere()));
      await Promise.all(many.map((who, index) => who.execute(shelf, 'a', put(`thing ${index % 3}`), by(`${index}`))));
      expect((await things()).toSorted()).toEqual(['thing 0', 'thing 1', 'thing 2']);
      expect(await log()).toHaveLength(3);
    });

    test('says which events came in between', async () => {
      await handler.execute(shelf, 'a', put('cup', 'jug'), by('one'));
      await handler.execute(shelf, 'a', put('pan'), by('two'));
      const between = await handler.eventsSince('shelf-a', 0);
      expect(between.map(({ type, data, revision }) => [type, data, revision])).toEqual([
        ['ThingPut', { thing: 'jug' }, 1],
        ['ThingPut', { thing: 'pan' }, 2],
      ]);
    });
  });
});
