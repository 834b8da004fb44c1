import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
  type SampleDeal,
} from '../testing/read-model-sample.ts';
import { openMongoDbReadModelStore } from './mongodb-read-model-store.ts';
import { mongoDbEngineRuns, startMongoDb, type MongoDbEngine } from './testing/mongodb-engine.ts';

const deals = sampleDeals.name;

if (mongoDbEngineRuns())
  describe('a read-model store whose MongoDB goes away', () => {
    let engine: MongoDbEngine;
    beforeAll(async () => void (engine = await startMongoDb()));
    afterAll(() => engine.stop());

    async function opened(database: string) {
      const store = await openMongoDbReadModelStore({ url: engine.urlOf(database) });
      return { store, ...(await serveDeals(store, sampleDeal('a', { amount: 1 }))) };
    }

    test('says so of every call, within seconds, and works again by itself', async () => {
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
      const started = performance.now();
      const outcomes = await Promise.all(
        calls.map(async ([name, call]) => [name, await call(store).catch((error: Error) => error.name)]),
      );
      expect(outcomes).toEqual(calls.map(([name]) => [name, StoreUnavailable.name]));
      expect(performance.now() - started).toBeLessThan(15_000);
      await expect(openMongoDbReadModelStore({ url: engine.url })).rejects.toThrow(StoreUnavailable);

      await engine.restart();
      expect(await store.get(deals, 'a')).toEqual(sampleDeal('a', { amount: 1 }));
      await store.commit(dealsBatch(generation, lease, 2, sampleDeal('a', { amount: 2 })));
      expect(await store.get(deals, 'a')).toMatchObject({ amount: 2 });
      await store.close();
    });

    test('has kept every write that succeeded, and nothing after its checkpoint is missing below it', async () => {
      const { store, generation, lease } = await opened('killed');
      let written = 1;
      for (let kill = 1; kill <= 5; kill++) {
        let killed: Promise<void> | undefined;
        const until = written + 10 * kill;
        for (let going = true; going;) {
          const number = written + 1;
          const batch = dealsBatch(
            generation,
            lease,
            number,
            sampleDeal('a', { amount: number }),
            sampleDeal(`d${number}`),
          );
          const commit = store.commit(batch);
          if (number === until) killed = engine.kill();
          going = await commit.then(
            () => true,
            (error: Error) => error.name !== StoreUnavailable.name,
          );
          if (going) written = number;
        }
        await killed;
        await engine.restart();
        const checkpoint = Number(await store.checkpoint(generation));
        expect([written, written + 1]).toContain(checkpoint);
        written = checkpoint;
        expect((await store.get<SampleDeal>(deals, 'a'))?.amount).toBeGreaterThanOrEqual(checkpoint);
        const ids = Array.from({ length: checkpoint - 1 }, (_, index) => `d${index + 2}`);
        expect(await store.getMany(deals, ids)).toHaveLength(ids.length);
        expect(await store.checkpoint(generation)).toBe(at(checkpoint));
      }
      await store.close();
    });
  });
