import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { StoreUnavailable } from '../errors.ts';
import type { ReadModelStore } from '../read-model-store.ts';
import {
  SAMPLE_PROJECTION,
  at,
  dealsBatch,
  holdLease,
  sampleCollections,
  sampleDeal,
  sampleDeals,
  serveDeals,
} from '../testing/read-model-sample.ts';
import { openMongoDbReadModelStore } from './mongodb-read-model-store.ts';
import { describeOnMongoDb } from './testing/describe-on-mongodb.ts';
import { startMongoDb, type MongoDbEngine } from './testing/mongodb-engine.ts';

const deals = sampleDeals.name;

describeOnMongoDb('a read-model store whose MongoDB goes away', () => {
  let engine: MongoDbEngine;
  beforeAll(async () => void (engine = await startMongoDb()));
  afterAll(() => engine.stop());

  async function opened(database: string) {
    const store = await openMongoDbReadModelStore({ url: engine.urlOf(database) });
    return { store, ...(await serveDeals(store, sampleDeal('a', { amount: 1 }))) };
  }

  test('says so of every call, long before the driver by itself would, and works again by itself', async () => {
    const { store, generation, lease } = await opened('away');
    await engine.kill();
    const calls: readonly [string, (store: ReadModelStore) => Promise<unknown>][] = [
      ['get', (from) => from.get(deals, 'a')],
      ['getMany', (from) => from.getMany(deals, ['a'])],
      ['find', (from) => from.find(deals, {})],
      ['sum', (from) => from.sum(deals, { by: [] })],
      ['servingCheckpoint', (from) => from.servingCheckpoint(SAMPLE_PROJECTION)],
      ['generations', (from) => from.generations(SAMPLE_PROJECTION)],
      ['requestRebuild', (from) => from.requestRebuild(SAMPLE_PROJECTION, '2026-01-31T09:30:00.000Z')],
      ['beginGeneration', (from) => from.beginGeneration(SAMPLE_PROJECTION, 2, sampleCollections)],
      ['activate', (from) => from.activate(generation, lease)],
      ['rollback', (from) => from.rollback(SAMPLE_PROJECTION, lease)],
      ['dropGeneration', (from) => from.dropGeneration(generation)],
      ['checkpoint', (from) => from.checkpoint(generation)],
      ['load', (from) => from.load(generation, deals, ['a'])],
      ['scan', (from) => from.scan(generation, deals)[Symbol.asyncIterator]().next()],
      ['commit', (from) => from.commit(dealsBatch(generation, lease, 2, sampleDeal('a', { amount: 2 })))],
      ['acquireLease', (from) => holdLease(from)],
      ['releaseLease', (from) => from.releaseLease(lease)],
      ['parked', (from) => from.parked(generation)],
      ['reports', (from) => from.reports()],
    ];
    const driver = new MongoClient(engine.url);
    let driverGaveUp = false;
    const byItself = driver.connect().catch(() => (driverGaveUp = true));
    const outcomes = await Promise.all(
      calls.map(async ([name, call]) => [name, await call(store).catch((error: Error) => error.name)]),
    );
    expect(outcomes).toEqual(calls.map(([name]) => [name, StoreUnavailable.name]));
    expect(driverGaveUp).toBe(false);
    await driver.close();
    await byItself;
    await expect(openMongoDbReadModelStore({ url: engine.url })).rejects.toThrow(StoreUnavailable);

    await engine.restart();
    expect(await store.get(deals, 'a')).toEqual(sampleDeal('a', { amount: 1 }));
    await store.commit(dealsBatch(generation, lease, 2, sampleDeal('a', { amount: 2 })));
    expect(await store.get(deals, 'a')).toMatchObject({ amount: 2 });
    await store.close();
  });

  test('has kept every write that succeeded, however often it was killed in the middle of one', async () => {
    const { store, generation, lease } = await opened('killed');
    let outages = 0;
    let restarted: Promise<void> | undefined;
    for (let number = 2; number <= 200; number++) {
      const batch = dealsBatch(
        generation,
        lease,
        number,
        sampleDeal('a', { amount: number }),
        sampleDeal(`d${number}`),
      );
      const isTimeToKill = number % 25 === 0;
      if (isTimeToKill) {
        await restarted;
        restarted = turns(number).then(killed);
      }
      while (!(await succeeds(store.commit(batch)))) {
        await restarted;
        expect(++outages).toBeLessThan(50);
      }
    }
    await restarted;
    expect(await store.checkpoint(generation)).toBe(at(200));
    expect(await store.get(deals, 'a')).toMatchObject({ amount: 200 });
    const ids = Array.from({ length: 199 }, (_, index) => `d${index + 2}`);
    expect((await store.getMany(deals, ids)).map(({ id }) => id)).toEqual(ids);
    await store.close();
  });

  async function killed() {
    await engine.kill();
    await engine.restart();
  }
});

/** False where the store was away, as a runner sees it, which then does the same again. */
async function succeeds(commit: Promise<void>): Promise<boolean> {
  try {
    await commit;
    return true;
  } catch (error) {
    if (error instanceof StoreUnavailable) return false;
    throw error;
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}
