import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CheckpointBehind, GenerationRetired, LeaseLost, NotFound } from '../errors.ts';
import type { Batch, Generation, Lease, ReadModelStore } from '../read-model-store.ts';
import {
  SAMPLE_PROJECTION,
  at,
  dealsBatch,
  deletes,
  holdLease,
  sampleCollections,
  sampleDeal,
  sampleDeals,
  samplePeriod,
  samplePeriods,
  serveDeals,
  upserts,
  type SampleDeal,
  type OpenReadModelStore,
} from './read-model-sample.ts';

const deals = sampleDeals.name;
const periods = samplePeriods.name;

export function writingContract(open: OpenReadModelStore): void {
  describe('writing', () => {
    let store: ReadModelStore;
    let destroy: () => Promise<void>;
    let generation: Generation;
    let lease: Lease;
    beforeEach(async () => {
      ({ store, destroy } = await open());
      ({ generation, lease } = await serveDeals(store, sampleDeal('a', { amount: 1 })));
    });
    afterEach(() => destroy());

    const batch = (checkpoint: string, ...changes: Batch['changes']): Batch => ({
      generation,
      lease,
      checkpoint,
      changes,
    });

    test('writes documents of several collections with the checkpoint', async () => {
      await store.commit(
        batch(at(9), upserts(deals, at(8), sampleDeal('b')), upserts(periods, at(9), samplePeriod('b-1'))),
      );
      expect(await store.get(deals, 'b')).toEqual(sampleDeal('b'));
      expect(await store.get(periods, 'b-1')).toEqual(samplePeriod('b-1'));
      expect(await store.checkpoint(generation)).toBe(at(9));
    });

    test('moves the checkpoint where nothing else changes', async () => {
      await store.commit(batch(at(4)));
      expect(await store.checkpoint(generation)).toBe(at(4));
      expect(await store.servingCheckpoint(SAMPLE_PROJECTION)).toBe(at(4));
    });

    test('replaces a document by one of the same or a later position, never by one of an earlier', async () => {
      const amounts: unknown[] = [];
      for (const [position, amount] of [
        [5, 50],
        [5, 51],
        [3, 30],
        [6, 60],
        [4, 40],
      ] as const) {
        await store.commit(batch(at(9), upserts(deals, at(position), sampleDeal('a', { amount }))));
        amounts.push((await store.get<SampleDeal>(deals, 'a'))?.amount);
      }
      expect(amounts).toEqual([50, 51, 51, 60, 60]);
      expect((await store.load(generation, deals, ['a'])).get('a')?.position).toBe(at(6));
    });

    test('replaces a document whole: a property that is gone does not stay', async () => {
      await store.commit(
        batch(at(2), upserts(deals, at(2), sampleDeal('a', { owner: 'ann', customer: { name: 'c', tags: [] } }))),
      );
      await store.commit(batch(at(3), upserts(deals, at(3), sampleDeal('a'))));
      expect(await store.get(deals, 'a')).toEqual(sampleDeal('a'));
      expect((await store.find(deals, { where: { owner: 'ann' } })).documents).toEqual([]);
    });

    test('deletes a document, but not by an earlier position than its own', async () => {
      await store.commit(batch(at(6), upserts(deals, at(6), sampleDeal('b'))));
      await store.commit(batch(at(7), deletes(deals, at(5), 'b')));
      expect(await store.get(deals, 'b')).toEqual(sampleDeal('b'));
      await store.commit(batch(at(8), deletes(deals, at(6), 'b', 'never-there')));
      expect(await store.get(deals, 'b')).toBeUndefined();
      expect((await store.find(deals, {})).documents).toEqual([sampleDeal('a', { amount: 1 })]);
      expect(await store.sum(deals, { by: [] })).toEqual([{ group: {}, count: 1, sums: {} }]);
    });

    test('takes a document back after its deletion, from a later position', async () => {
      await store.commit(batch(at(5), deletes(deals, at(5), 'a')));
      await store.commit(batch(at(6), upserts(deals, at(6), sampleDeal('a', { amount: 6 }))));
      expect(await store.get(deals, 'a')).toEqual(sampleDeal('a', { amount: 6 }));
    });

    test('refuses a batch behind the checkpoint, so that a deleted document does not come back', async () => {
      await store.commit(batch(at(5), deletes(deals, at(5), 'a')));
      const stale = batch(at(4), upserts(deals, at(4), sampleDeal('a')), upserts(deals, at(4), sampleDeal('z')));
      await expect(store.commit(stale)).rejects.toThrow(CheckpointBehind);
      expect((await store.find(deals, {})).documents).toEqual([]);
      expect(await store.checkpoint(generation)).toBe(at(5));
    });

    test('changes nothing when the same batch comes again', async () => {
      const again = batch(at(5), upserts(deals, at(4), sampleDeal('b')), deletes(deals, at(5), 'a'));
      await store.commit(again);
      await store.commit(again);
      expect((await store.find(deals, {})).documents).toEqual([sampleDeal('b')]);
    });

    test('refuses a batch for a collection or a generation there is not, and changes nothing', async () => {
      const unknown = batch(at(9), upserts(deals, at(9), sampleDeal('z')), upserts('unheard', at(9), { id: 'z' }));
      await expect(store.commit(unknown)).rejects.toThrow(NotFound);
      const nowhere = { ...generation, id: 'samples@1.99' };
      await expect(store.commit(dealsBatch(nowhere, lease, 9, sampleDeal('z')))).rejects.toThrow(GenerationRetired);
      await expect(store.checkpoint(nowhere)).rejects.toThrow(NotFound);
      expect(await store.get(deals, 'z')).toBeUndefined();
      expect(await store.checkpoint(generation)).toBe(at(1));
    });

    test('refuses every write under a lease that somebody else has taken, and changes nothing', async () => {
      const building = await store.beginGeneration(SAMPLE_PROJECTION, 2, sampleCollections);
      await store.releaseLease(lease);
      const later = await holdLease(store, 'second');
      const late = { ...dealsBatch(generation, lease, 9, sampleDeal('a'), sampleDeal('z')), park: [parkedAt(9)] };
      await expect(store.commit(late)).rejects.toThrow(LeaseLost);
      await expect(store.activate(building, lease)).rejects.toThrow(LeaseLost);
      await expect(store.rollback(SAMPLE_PROJECTION, lease)).rejects.toThrow(LeaseLost);
      expect((await store.find(deals, {})).documents).toEqual([sampleDeal('a', { amount: 1 })]);
      expect(await store.checkpoint(generation)).toBe(at(1));
      expect(await store.parked(generation)).toEqual([]);
      expect(await store.generations(SAMPLE_PROJECTION)).toEqual({ serving: generation, building });
      await store.commit({ ...late, lease: later });
      expect(await store.get(deals, 'z')).toEqual(sampleDeal('z'));
    });

    test('refuses a write under a lease that was given back or never given', async () => {
      const never = { name: 'unheard', owner: 'first', token: 1 };
      await expect(store.commit(dealsBatch(generation, never, 9, sampleDeal('z')))).rejects.toThrow(LeaseLost);
      await store.releaseLease(lease);
      await expect(store.commit(dealsBatch(generation, lease, 9, sampleDeal('z')))).rejects.toThrow(LeaseLost);
      expect(await store.get(deals, 'z')).toBeUndefined();
    });

    test('gives documents back exactly', async () => {
      const largest = Number.MAX_SAFE_INTEGER;
      const exact: SampleDeal[] = [
        sampleDeal('full', {
          title: 'Zoë "O\'Neil" \\ 株式会社 🚀\nline two\ttab',
          owner: '',
          amount: largest,
          probability: 0.1 + 0.2,
          closedAt: '2026-01-31T09:30:00.000Z',
          reason: 'null',
          labels: ['', 'ä', '$set', 'a.b', '🚀'],
          customer: { name: '', tags: [[], [1, 2], [largest, -largest]] },
        }),
        sampleDeal('null', { closedAt: null, amount: -largest, probability: 3, open: false }),
        sampleDeal('bare', { title: '', amount: 0, reason: '' }),
        sampleDeal('numeric', { title: '007', stage: '1e3', owner: '12345678901234567890', reason: ' 5 ' }),
        sampleDeal('ü 株/?#"\'', { probability: -1.5e-9 }),
      ];
      await store.commit(batch(at(2), upserts(deals, at(2), ...exact)));
      for (const deal of exact) expect(await store.get(deals, deal.id)).toStrictEqual(deal);
      const ids = exact.map(({ id }) => id);
      expect(await store.getMany(deals, ids)).toStrictEqual(exact);
      const { documents } = await store.find<SampleDeal>(deals, { where: { id: { in: ids } } });
      expect(new Map(documents.map((deal) => [deal.id, deal]))).toStrictEqual(
        new Map(exact.map((deal) => [deal.id, deal])),
      );
    });
  });
}

function parkedAt(number: number) {
  return {
    key: 'z',
    position: at(number),
    stream: 'deal-z',
    revision: 0,
    type: 'DealMoved',
    error: 'It does not fit.',
    parkedAt: '2026-01-31T09:30:00.000Z',
  };
}
