import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { GenerationRetired, LeaseLost, StoreUnavailable } from '../errors.ts';
import { eventually } from '../testing/eventually.ts';
import type { Batch, Generation, Lease, ParkedEvent, ReadModelStore } from '../read-model-store.ts';
import {
  at,
  dealsBatch,
  deletes,
  holdLease,
  SAMPLE_PROJECTION,
  sampleCollections,
  sampleDeal,
  sampleDeals,
  samplePeriod,
  samplePeriods,
  serveDeals,
  upserts,
} from '../testing/read-model-sample.ts';
import { openMongoDbReadModelStore } from './mongodb-read-model-store.ts';
import { describeOnMongoDb } from './testing/describe-on-mongodb.ts';
import { startMongoDb, type MongoDbEngine } from './testing/mongodb-engine.ts';
import { startMongoDbProxy, type Fault, type MongoDbProxy } from './testing/mongodb-proxy.ts';

const deals = sampleDeals.name;
const periods = samplePeriods.name;

describeOnMongoDb('a write to MongoDB', () => {
  let engine: MongoDbEngine;
  let proxy: MongoDbProxy;
  /** Behind the proxy, where writes are interrupted. */
  let store: ReadModelStore;
  /** Straight at the engine. */
  let other: ReadModelStore;
  let generation: Generation;
  let lease: Lease;
  let databases = 0;

  beforeAll(async () => {
    engine = await startMongoDb();
    proxy = await startMongoDbProxy(engine.port);
  });
  afterAll(async () => {
    await proxy.stop();
    await engine.stop();
  });
  beforeEach(openBoth);
  afterEach(closeBoth);

  async function openBoth() {
    const database = `interrupted_${++databases}`;
    store = await openMongoDbReadModelStore({ url: proxy.urlOf(database) });
    other = await openMongoDbReadModelStore({ url: engine.urlOf(database) });
    ({ generation, lease } = await serveDeals(other, sampleDeal('a', { amount: 1 }), sampleDeal('b')));
    const changes = [upserts(periods, at(2), samplePeriod('a-old'))];
    await other.commit({ generation, lease, checkpoint: at(2), changes, park: [parked(2)] });
  }

  async function closeBoth() {
    await Promise.all([store.close(), other.close()]);
  }

  const parked = (number: number): ParkedEvent => ({
    key: 'z',
    position: at(number),
    stream: 'deal-z',
    revision: 0,
    type: 'DealMoved',
    error: 'It does not fit.',
    parkedAt: '2026-01-31T09:30:00.000Z',
  });

  /** Inserts, updates and deletes in both collections, parks and unparks. */
  const everything = (): Batch => ({
    generation,
    lease,
    checkpoint: at(9),
    changes: [
      upserts(deals, at(9), ...many((index) => sampleDeal(`deal-${index}`)), sampleDeal('a', { amount: 9 })),
      deletes(deals, at(9), 'b'),
      upserts(periods, at(9), ...many((index) => samplePeriod(`period-${index}`))),
      deletes(periods, at(9), 'a-old'),
    ],
    park: [parked(7)],
    unpark: [{ key: 'z', position: at(2) }],
  });

  async function contents() {
    const all = async (collection: string) => (await other.find(collection, {})).documents;
    return {
      deals: await all(deals),
      periods: await all(periods),
      parked: await other.parked(generation),
      checkpoint: await other.checkpoint(generation),
    };
  }

  test.each<Fault>(['lost', 'unanswered'])('is completed by doing it again, whichever step was %s', async (fault) => {
    proxy.at(Infinity, fault);
    await store.commit(everything());
    const steps = proxy.writes();
    expect(steps).toBeGreaterThanOrEqual(7);
    const whole = await contents();
    expect(whole).toMatchObject({ parked: [parked(7)], checkpoint: at(9) });
    expect([whole.deals.length, whole.periods.length]).toEqual([31, 30]);

    for (let step = 1; step <= steps; step++) {
      await closeBoth();
      await openBoth();
      proxy.at(step, fault);
      await expect(store.commit(everything())).rejects.toThrow(StoreUnavailable);
      const cut = await contents();
      // Without the main documents nothing is said of details, and without the checkpoint nothing of anything.
      const mainIsThere = cut.deals.length > 2;
      expect([mainIsThere, isDeepStrictEqual(cut.periods, whole.periods)]).not.toEqual([true, false]);
      const isDone = cut.checkpoint !== at(2);
      expect([isDone, isDeepStrictEqual(cut, whole)]).not.toEqual([true, false]);
      await store.commit(everything());
      expect(await contents()).toEqual(whole);
    }
  });

  test('held up while its lease went elsewhere moves no checkpoint', async () => {
    proxy.at(2, 'held');
    const late = store.commit(dealsBatch(generation, lease, 5, sampleDeal('a', { amount: 5 })));
    const outcome = late.catch((error: unknown) => error);
    await proxy.reached();
    await other.releaseLease(lease);
    const second = await holdLease(other, 'second');
    proxy.proceed();
    expect(await outcome).toBeInstanceOf(LeaseLost);
    expect(await other.checkpoint(generation)).toBe(at(2));
    await other.commit(dealsBatch(generation, second, 6, sampleDeal('a', { amount: 6 })));
    expect(await other.get(deals, 'a')).toMatchObject({ amount: 6 });
  });

  test('held up puts no old document over a newer one, and brings no deleted one back', async () => {
    const old = [sampleDeal('a', { amount: 4 }), sampleDeal('b'), sampleDeal('new', { amount: 4 })];
    proxy.at(1, 'held');
    const late = store.commit(dealsBatch(generation, lease, 4, ...old)).catch((error: unknown) => error);
    await proxy.reached();
    const changes = [
      upserts(deals, at(5), sampleDeal('a', { amount: 5 }), sampleDeal('new', { amount: 5 })),
      deletes(deals, at(5), 'b'),
    ];
    await other.commit({ generation, lease, checkpoint: at(5), changes });
    proxy.proceed();
    await late;
    expect((await other.find(deals, {})).documents).toEqual([
      sampleDeal('a', { amount: 5 }),
      sampleDeal('new', { amount: 5 }),
    ]);
    expect(await other.checkpoint(generation)).toBe(at(5));
  });

  test('that inserts what somebody else has inserted since replaces it where it is the newer one', async () => {
    proxy.at(1, 'held');
    const newer = many((index) => sampleDeal(`deal-${index}`, { amount: 8 }));
    const late = store.commit(dealsBatch(generation, lease, 8, ...newer));
    await proxy.reached();
    await other.commit(
      dealsBatch(generation, lease, 7, ...many((index) => sampleDeal(`deal-${index}`, { amount: 7 }))),
    );
    proxy.proceed();
    await late;
    const { documents } = await other.find(deals, { where: { amount: 8 } });
    expect(documents).toHaveLength(30);
  });

  test('of many at once leaves the newest of every document', async () => {
    const numbers = [5, 3, 9, 4, 8, 6, 7, 10];
    const commits = numbers.map((number, index) => {
      const changes = [upserts(deals, at(number), ...many((each) => sampleDeal(`deal-${each}`, { amount: number })))];
      return (index % 2 === 0 ? store : other).commit({ generation, lease, checkpoint: at(10), changes });
    });
    await Promise.all(commits);
    expect((await other.find(deals, { where: { amount: 10 } })).documents).toHaveLength(30);
  });

  async function build(number: number): Promise<Generation> {
    const building = await other.beginGeneration(SAMPLE_PROJECTION, 1, sampleCollections);
    await other.commit(dealsBatch(building, lease, number, sampleDeal('a'), sampleDeal('b')));
    return building;
  }

  const serving = async () => (await other.generations(SAMPLE_PROJECTION)).serving!;
  const outcomeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: unknown) => (error as Error).name,
    );

  test('moves what serves no further once it is to be swapped, and completes the swap', async () => {
    for (const number of [10, 20]) {
      const building = await build(number);
      proxy.at(Infinity, 'held');
      await store.activate(building, lease);
    }
    const writes = proxy.writes();
    expect(writes).toBeGreaterThanOrEqual(2);
    for (let write = 1; write <= writes; write++) {
      const number = 20 + write * 10;
      const old = await serving();
      const next = await build(number);
      proxy.at(write, 'held');
      const swapping = outcomeOf(store.activate(next, lease));
      await proxy.reached();
      const commit = await outcomeOf(other.commit(dealsBatch(old, lease, number + 1, sampleDeal('a'))));
      const seen = await other.servingCheckpoint(SAMPLE_PROJECTION);
      proxy.proceed();
      expect({ commit, swap: await swapping, seen, serves: await serving() }).toEqual(
        write === 1
          ? { commit: 'done', swap: 'GenerationBehind', seen: at(number + 1), serves: old }
          : { commit: 'GenerationRetired', swap: 'done', seen: at(number), serves: next },
      );
    }
  });

  test.each<Fault>(['lost', 'unanswered'])(
    'goes on where a swap was %s on its way, and never behind what was seen',
    async (fault) => {
      for (let write = 1; ; write++) {
        const number = write * 10;
        const next = await build(number);
        proxy.at(write, fault);
        const cut = await outcomeOf(store.activate(next, lease));
        if (write > 1 && cut === 'done') break;
        expect(cut).toBe('StoreUnavailable');
        // As the runner does: what serves may have changed.
        for (let commit = ''; commit !== 'done';) {
          const seen = await other.servingCheckpoint(SAMPLE_PROJECTION);
          commit = await outcomeOf(other.commit(dealsBatch(await serving(), lease, number + 1, sampleDeal('a'))));
          expect(['done', 'GenerationRetired']).toContain(commit);
          expect((await other.servingCheckpoint(SAMPLE_PROJECTION)) >= seen).toBe(true);
        }
        expect(await other.servingCheckpoint(SAMPLE_PROJECTION)).toBe(at(number + 1));
      }
    },
  );

  test('goes on where the build is gone for which it stood still', async () => {
    proxy.at(2, 'lost');
    await expect(store.activate(await build(10), lease)).rejects.toThrow(StoreUnavailable);
    await build(10);
    await expect(other.commit(dealsBatch(generation, lease, 11, sampleDeal('a')))).rejects.toThrow(GenerationRetired);
    await other.commit(dealsBatch(generation, lease, 11, sampleDeal('a', { amount: 11 })));
    expect(await other.get(deals, 'a')).toMatchObject({ amount: 11 });
  });

  test('goes on at once after a rollback to what stood still', async () => {
    await store.activate(await build(10), lease);
    await store.rollback(SAMPLE_PROJECTION, lease);
    await other.commit(dealsBatch(generation, lease, 11, sampleDeal('a', { amount: 11 })));
    expect(await other.get(deals, 'a')).toMatchObject({ amount: 11 });
  });

  test('is held by one of two stores that contend for its lease, and by the other when that one stops', async () => {
    await other.releaseLease(lease);
    const contend = (from: ReadModelStore, owner: string, milliseconds = 60_000) =>
      from.acquireLease('contended', owner, milliseconds);
    const [one, two] = await Promise.all([contend(store, 'one'), contend(other, 'two')]);
    const [holder, loser] = 'token' in one ? [one, two] : [two as Lease, one];
    expect(loser).toEqual({ heldBy: holder.owner });
    const owner = holder.owner === 'one' ? 'two' : 'one';
    // Its last renewal.
    expect(await contend(store, holder.owner, 50)).toEqual(holder);
    await eventually(async () =>
      expect(await contend(other, owner)).toEqual({ name: 'contended', owner, token: holder.token + 1 }),
    );
    await expect(store.commit({ generation, lease: holder, checkpoint: at(3), changes: [] })).rejects.toThrow(
      LeaseLost,
    );
  });
});

function many<Made>(make: (index: number) => Made): Made[] {
  return Array.from({ length: 30 }, (_, index) => make(index));
}
