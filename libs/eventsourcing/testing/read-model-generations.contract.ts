import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { GenerationBehind, GenerationRetired, NotFound, RuleViolation } from '../errors.ts';
import { BEGINNING } from '../event.ts';
import type { Collection } from '../projections/projection.ts';
import type { Generation, Lease, ReadModelStore } from '../read-model-store.ts';
import { Type, type TSchema } from '../schema.ts';
import {
  SAMPLE_PROJECTION,
  at,
  dealsBatch,
  holdLease,
  sampleCollections,
  sampleDeal,
  sampleDeals,
  serveDeals,
  type OpenReadModelStore,
} from './read-model-sample.ts';

const deals = sampleDeals.name;

function oddCollection(name: string, properties: Record<string, TSchema> = {}): Collection {
  return { name, description: 'odd', schema: Type.Object({ id: Type.String(), ...properties }), indexes: [] };
}

async function serveNext(store: ReadModelStore, version: number, lease: Lease): Promise<Generation> {
  const generation = await store.beginGeneration(SAMPLE_PROJECTION, version, sampleCollections);
  await store.commit(dealsBatch(generation, lease, version, sampleDeal('a', { amount: version })));
  await store.activate(generation, lease);
  return generation;
}

export function generationsContract(open: OpenReadModelStore): void {
  describe('generations', () => {
    let store: ReadModelStore;
    let destroy: () => Promise<void>;
    beforeEach(async () => ({ store, destroy } = await open()));
    afterEach(() => destroy());

    test('has none of a projection it does not know', async () => {
      expect(await store.generations('unheard')).toEqual({});
      expect(await store.servingCheckpoint('unheard')).toBe(BEGINNING);
    });

    test('notes a new one as building, at the beginning, and serves nothing of it', async () => {
      const generation = await store.beginGeneration(SAMPLE_PROJECTION, 3, sampleCollections);
      expect(generation).toEqual({ id: 'samples@3.1', projection: SAMPLE_PROJECTION, version: 3 });
      expect(await store.generations(SAMPLE_PROJECTION)).toEqual({ building: generation });
      expect(await store.checkpoint(generation)).toBe(BEGINNING);
      await store.commit(dealsBatch(generation, await holdLease(store), 7, sampleDeal('a')));
      expect(await store.checkpoint(generation)).toBe(at(7));
      expect(await store.servingCheckpoint(SAMPLE_PROJECTION)).toBe(BEGINNING);
      await expect(store.get(deals, 'a')).rejects.toThrow(NotFound);
    });

    test('numbers the builds of a version and drops the one left unfinished', async () => {
      const first = await store.beginGeneration(SAMPLE_PROJECTION, 3, sampleCollections);
      const second = await store.beginGeneration(SAMPLE_PROJECTION, 3, sampleCollections);
      expect(second.id).toBe('samples@3.2');
      expect(await store.generations(SAMPLE_PROJECTION)).toEqual({ building: second });
      const lease = await holdLease(store);
      await expect(store.commit(dealsBatch(first, lease, 1, sampleDeal('a')))).rejects.toThrow(GenerationRetired);
      await expect(store.activate(first, lease)).rejects.toThrow(GenerationRetired);
    });

    test('serves the old one until the new one is activated, then the new one', async () => {
      const { generation: old, lease } = await serveDeals(store, sampleDeal('a', { title: 'old' }), sampleDeal('b'));
      const fresh = await store.beginGeneration(SAMPLE_PROJECTION, 2, sampleCollections);
      await store.commit(dealsBatch(fresh, lease, 5, sampleDeal('a', { title: 'new' })));
      expect(await store.get(deals, 'a')).toMatchObject({ title: 'old' });
      expect(await store.servingCheckpoint(SAMPLE_PROJECTION)).toBe(at(1));
      await store.activate(fresh, lease);
      expect(await store.get(deals, 'a')).toMatchObject({ title: 'new' });
      expect(await store.get(deals, 'b')).toBeUndefined();
      expect(await store.servingCheckpoint(SAMPLE_PROJECTION)).toBe(at(5));
      expect(await store.generations(SAMPLE_PROJECTION)).toEqual({ serving: fresh, previous: old });
    });

    test('answers a reader in the middle of a swap from one generation or the other', async () => {
      const { lease } = await serveDeals(store, sampleDeal('a', { amount: 1 }), sampleDeal('b', { amount: 1 }));
      const fresh = await store.beginGeneration(SAMPLE_PROJECTION, 2, sampleCollections);
      await store.commit(dealsBatch(fresh, lease, 5, sampleDeal('a', { amount: 2 }), sampleDeal('b', { amount: 2 })));
      const seen = new Set<number>();
      let swapped = false;
      const swapping = store.activate(fresh, lease).finally(() => (swapped = true));
      do {
        const { documents } = await store.find<ReturnType<typeof sampleDeal>>(deals, {});
        expect(new Set(documents.map(({ amount }) => amount)).size).toBe(1);
        expect(documents).toHaveLength(2);
        seen.add(documents[0]!.amount);
        await new Promise((resolve) => setImmediate(resolve));
      } while (!swapped);
      await swapping;
      expect([1, 2]).toEqual(expect.arrayContaining([...seen]));
      expect(await store.get(deals, 'a')).toMatchObject({ amount: 2 });
    });

    test('goes on taking writes to the serving one while another is built', async () => {
      const { generation, lease } = await serveDeals(store, sampleDeal('a'));
      await store.beginGeneration(SAMPLE_PROJECTION, 2, sampleCollections);
      await store.commit(dealsBatch(generation, lease, 2, sampleDeal('a', { amount: 7 })));
      expect(await store.get(deals, 'a')).toMatchObject({ amount: 7 });
    });

    test('changes nothing when one that serves already is activated', async () => {
      const { generation, lease } = await serveDeals(store, sampleDeal('a'));
      await store.activate(generation, lease);
      expect(await store.generations(SAMPLE_PROJECTION)).toEqual({ serving: generation });
    });

    test('refuses to serve one that has not caught up with the serving one', async () => {
      const { generation, lease } = await serveDeals(store, sampleDeal('a'));
      const fresh = await store.beginGeneration(SAMPLE_PROJECTION, 2, sampleCollections);
      await expect(store.activate(fresh, lease)).rejects.toThrow(GenerationBehind);
      expect(await store.generations(SAMPLE_PROJECTION)).toEqual({ serving: generation, building: fresh });
      await store.commit(dealsBatch(fresh, lease, 1));
      await store.activate(fresh, lease);
      expect(await store.generations(SAMPLE_PROJECTION)).toEqual({ serving: fresh, previous: generation });
    });

    test('takes no writes to the previous one any more, and does not activate it', async () => {
      const { generation: old, lease } = await serveDeals(store, sampleDeal('a'));
      await serveNext(store, 2, lease);
      await expect(store.commit(dealsBatch(old, lease, 9, sampleDeal('a')))).rejects.toThrow(GenerationRetired);
      await expect(store.activate(old, lease)).rejects.toThrow(GenerationRetired);
      expect(await store.checkpoint(old)).toBe(at(1));
    });

    test('keeps one previous, and drops the one before', async () => {
      const { generation: first, lease } = await serveDeals(store, sampleDeal('a'));
      const second = await serveNext(store, 2, lease);
      const third = await serveNext(store, 3, lease);
      expect(await store.generations(SAMPLE_PROJECTION)).toEqual({ serving: third, previous: second });
      expect((await store.load(second, deals, ['a'])).size).toBe(1);
      await expect(store.load(first, deals, ['a'])).rejects.toThrow(NotFound);
    });

    test('rolls back to the previous one, and forward again', async () => {
      const { generation: old, lease } = await serveDeals(store, sampleDeal('a', { amount: 1 }));
      const fresh = await store.beginGeneration(SAMPLE_PROJECTION, 2, sampleCollections);
      await store.commit(dealsBatch(fresh, lease, 5, sampleDeal('a', { amount: 2 })));
      await store.activate(fresh, lease);
      await store.rollback(SAMPLE_PROJECTION, lease);
      expect(await store.get(deals, 'a')).toMatchObject({ amount: 1 });
      expect(await store.servingCheckpoint(SAMPLE_PROJECTION)).toBe(at(1));
      expect(await store.generations(SAMPLE_PROJECTION)).toEqual({ serving: old, previous: fresh });
      await store.rollback(SAMPLE_PROJECTION, lease);
      expect(await store.get(deals, 'a')).toMatchObject({ amount: 2 });
    });

    test('cannot roll back where there is no previous one', async () => {
      const { lease } = await serveDeals(store);
      await expect(store.rollback(SAMPLE_PROJECTION, lease)).rejects.toThrow(NotFound);
    });

    test('drops one that does not serve, once or twice, and refuses to drop the serving one', async () => {
      const { generation, lease } = await serveDeals(store, sampleDeal('a'));
      const building = await store.beginGeneration(SAMPLE_PROJECTION, 2, sampleCollections);
      await store.dropGeneration(building);
      await store.dropGeneration(building);
      expect(await store.generations(SAMPLE_PROJECTION)).toEqual({ serving: generation });
      await expect(store.commit(dealsBatch(building, lease, 9, sampleDeal('a')))).rejects.toThrow(GenerationRetired);
      await expect(store.dropGeneration(generation)).rejects.toMatchObject({ code: 'generation_serving' });
      expect(await store.get(deals, 'a')).toEqual(sampleDeal('a'));
    });

    test('notes that a rebuild is asked for until one is begun', async () => {
      const { generation } = await serveDeals(store, sampleDeal('a'));
      await store.requestRebuild(SAMPLE_PROJECTION, '2026-01-31T09:30:00.000Z');
      await store.requestRebuild(SAMPLE_PROJECTION, '2026-01-31T09:31:00.000Z');
      expect(await store.generations(SAMPLE_PROJECTION)).toEqual({
        serving: generation,
        rebuildRequested: '2026-01-31T09:31:00.000Z',
      });
      const building = await store.beginGeneration(SAMPLE_PROJECTION, 1, sampleCollections);
      expect(await store.generations(SAMPLE_PROJECTION)).toEqual({ serving: generation, building });
    });

    test('lets a new version have other fields and other collections', async () => {
      const { lease } = await serveDeals(store, sampleDeal('a'));
      const renamed = oddCollection(deals, { headline: Type.String() });
      const fresh = await store.beginGeneration(SAMPLE_PROJECTION, 2, [renamed]);
      const document = { id: 'a', headline: 'Another shape' };
      const changes = [{ collection: deals, upserts: [{ document, position: at(2) }], deletes: [] }];
      await store.commit({ generation: fresh, lease, checkpoint: at(2), changes });
      await store.activate(fresh, lease);
      expect((await store.find(deals, { where: { headline: 'Another shape' } })).documents).toEqual([document]);
      await expect(store.find(deals, { where: { stage: 'lead' } })).rejects.toMatchObject({ code: 'unknown_field' });
      await expect(store.get('sample_periods', 'a')).rejects.toThrow(NotFound);
    });

    test('refuses a collection that belongs to another projection', async () => {
      await store.beginGeneration(SAMPLE_PROJECTION, 1, sampleCollections);
      await expect(store.beginGeneration('other', 1, [sampleDeals])).rejects.toMatchObject({
        code: 'collection_taken',
      });
      expect(await store.generations('other')).toEqual({});
    });

    test.each(['a.b', '$where', 'a"b', 'a`b', "a'b", 'a b', '', '_id', '__proto__', 'ä', 'a;b', 'a\u0000b'])(
      'refuses a property or a collection named %j',
      async (name) => {
        const properties: Record<string, TSchema> = Object.fromEntries([[name, Type.Integer()]]);
        const begin = (collection: Collection) => store.beginGeneration(SAMPLE_PROJECTION, 1, [collection]);
        const refused = expect.objectContaining({ name: RuleViolation.name, code: 'invalid_name' });
        await expect(begin(oddCollection(deals, properties))).rejects.toEqual(refused);
        await expect(begin(oddCollection(name))).rejects.toEqual(refused);
        expect(await store.generations(SAMPLE_PROJECTION)).toEqual({});
      },
    );

    test('refuses an index on a field that is not a scalar property', async () => {
      for (const field of ['labels', 'unheard']) {
        const indexed = { ...sampleDeals, indexes: [[field]] };
        await expect(store.beginGeneration(SAMPLE_PROJECTION, 1, [indexed])).rejects.toMatchObject({
          code: 'unknown_field',
        });
      }
    });
  });
}
