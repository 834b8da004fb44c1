import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NotFound } from '../errors.ts';
import { eventually } from './eventually.ts';
import type { Lease, ParkedEvent, Placed, ProjectionReport, ReadModelStore } from '../read-model-store.ts';
import {
  SAMPLE_PROJECTION,
  at,
  dealsBatch,
  sampleCollections,
  sampleDeal,
  sampleDeals,
  serveDeals,
  upserts,
  type OpenReadModelStore,
} from './read-model-sample.ts';

const deals = sampleDeals.name;

export function runnerContract(open: OpenReadModelStore): void {
  let store: ReadModelStore;
  let destroy: () => Promise<void>;
  beforeEach(async () => ({ store, destroy } = await open()));
  afterEach(() => destroy());

  describe('loading and scanning', () => {
    test('loads documents of one generation with their positions, leaving out those there are not', async () => {
      const { generation, lease } = await serveDeals(store, sampleDeal('a'));
      const building = await store.beginGeneration(SAMPLE_PROJECTION, 2, sampleCollections);
      await store.commit(dealsBatch(building, lease, 4, sampleDeal('a', { amount: 4 }), sampleDeal('b')));
      expect(await store.load(generation, deals, ['a', 'b'])).toEqual(
        new Map([['a', { document: sampleDeal('a'), position: at(1) }]]),
      );
      expect(await store.load(building, deals, ['b', 'c', 'a'])).toEqual(
        new Map([
          ['b', { document: sampleDeal('b'), position: at(4) }],
          ['a', { document: sampleDeal('a', { amount: 4 }), position: at(4) }],
        ]),
      );
      expect((await store.load(building, deals, [])).size).toBe(0);
    });

    test('loads from no collection or generation there is not', async () => {
      const { generation } = await serveDeals(store);
      await expect(store.load(generation, 'unheard', ['a'])).rejects.toThrow(NotFound);
      await expect(store.load({ ...generation, id: 'samples@9.9' }, deals, ['a'])).rejects.toThrow(NotFound);
    });

    test('scans every document of a generation once, ordered by id, in pages', async () => {
      const { generation, lease } = await serveDeals(store);
      const ids = Array.from({ length: 2_500 }, (_, index) => `deal-${(index * 7919) % 2_500}`);
      for (let start = 0; start < ids.length; start += 500) {
        const part = ids.slice(start, start + 500).map((id) => sampleDeal(id, { labels: [id] }));
        await store.commit(dealsBatch(generation, lease, start + 2, ...part));
      }
      const pages: (readonly Placed[])[] = [];
      for await (const page of store.scan(generation, deals)) pages.push(page);
      expect(pages.length).toBeGreaterThan(1);
      expect(pages.every((page) => page.length > 0)).toBe(true);
      expect(pages.flat().map(({ document }) => document.id)).toEqual(ids.toSorted());
      expect(pages.flat().find(({ document }) => document.id === ids[0])).toEqual({
        document: sampleDeal(ids[0]!, { labels: [ids[0]!] }),
        position: at(2),
      });
    });

    test('scans nothing of an empty collection', async () => {
      const { generation } = await serveDeals(store);
      for await (const page of store.scan(generation, deals)) expect(page).toBe('nothing');
    });
  });

  describe('leases', () => {
    const acquire = (owner: string, milliseconds = 60_000) => store.acquireLease('samples', owner, milliseconds);

    test('gives a free lease to the first who asks, and names the holder to the others', async () => {
      expect(await acquire('first')).toEqual({ name: 'samples', owner: 'first', token: expect.any(Number) });
      expect(await acquire('second')).toEqual({ heldBy: 'first' });
      expect(await store.acquireLease('others', 'second', 60_000)).toMatchObject({ owner: 'second' });
    });

    test('renews a lease for its holder with the same token', async () => {
      const lease = await acquire('first', 1);
      expect(await acquire('first')).toEqual(lease);
      expect(await acquire('second')).toEqual({ heldBy: 'first' });
    });

    test('gives an expired lease to another, with a higher token', async () => {
      const first = (await acquire('first', 1)) as Lease;
      const second = await eventually(async () => {
        const lease = await acquire('second');
        return 'token' in lease && lease;
      });
      expect(second.token).toBeGreaterThan(first.token);
      expect(await acquire('first')).toEqual({ heldBy: 'second' });
    });

    test('gives a released lease to another at once, with a higher token', async () => {
      const first = (await acquire('first')) as Lease;
      await store.releaseLease(first);
      const second = (await acquire('second')) as Lease;
      expect(second.token).toBeGreaterThan(first.token);
      await store.releaseLease(first);
      expect(await acquire('first')).toEqual({ heldBy: 'second' });
    });

    test('gives a lease to exactly one of many who ask at once', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => acquire(`owner-${index}`)));
      const [holder, ...more] = answers.filter((answer) => 'token' in answer);
      expect(more).toEqual([]);
      const named = answers.flatMap((answer) => ('heldBy' in answer ? [answer.heldBy] : []));
      expect(named).toEqual(Array(19).fill(holder?.owner));
    });
  });

  describe('parked events', () => {
    const park = (number: number, properties: Partial<ParkedEvent> = {}): ParkedEvent => ({
      key: 'a',
      position: at(number),
      stream: 'deal-a',
      revision: number,
      type: 'DealMoved',
      error: 'It does not fit.',
      parkedAt: '2026-01-31T09:30:00.000Z',
      ...properties,
    });
    const retry = { action: 'retry', reason: 'It is mended "now"', actor: 'ann' } as const;

    test('lists those of one generation in the order of position', async () => {
      const { generation, lease } = await serveDeals(store);
      const building = await store.beginGeneration(SAMPLE_PROJECTION, 2, sampleCollections);
      await store.commit({ generation, lease, checkpoint: at(12), changes: [], park: [park(11), park(9)] });
      await store.commit({ generation, lease, checkpoint: at(13), changes: [], park: [park(10, { key: 'b' })] });
      await store.commit({ generation: building, lease, checkpoint: at(3), changes: [], park: [park(3)] });
      expect(await store.parked(generation)).toEqual([park(9), park(10, { key: 'b' }), park(11)]);
      expect(await store.parked(building)).toEqual([park(3)]);
    });

    test('keeps one that is parked again once, as it came last', async () => {
      const { generation, lease } = await serveDeals(store);
      await store.commit({ generation, lease, checkpoint: at(9), changes: [], park: [park(9)] });
      await store.requestParked(generation, at(9), retry);
      const again = park(9, { error: 'It still does not fit.' });
      await store.commit({ generation, lease, checkpoint: at(9), changes: [], park: [again] });
      expect(await store.parked(generation)).toEqual([again]);
    });

    test('notes what a person asks for one, and refuses where none is parked', async () => {
      const { generation, lease } = await serveDeals(store);
      await store.commit({ generation, lease, checkpoint: at(9), changes: [], park: [park(8), park(9)] });
      await store.requestParked(generation, at(9), retry);
      expect(await store.parked(generation)).toEqual([park(8), park(9, { request: retry })]);
      await expect(store.requestParked(generation, at(7), retry)).rejects.toThrow(NotFound);
    });

    test('keeps one that was discarded, with who had it left out and why', async () => {
      const { generation, lease } = await serveDeals(store);
      const discarded = park(9, { discarded: { at: '2026-02-01T00:00:00.000Z', reason: 'A mistake', actor: 'ann' } });
      await store.commit({ generation, lease, checkpoint: at(9), changes: [], park: [park(9)] });
      await store.commit({ generation, lease, checkpoint: at(9), changes: [], park: [discarded] });
      expect(await store.parked(generation)).toEqual([discarded]);
    });

    test('takes them away in the write that contains them', async () => {
      const { generation, lease } = await serveDeals(store);
      await store.commit({ generation, lease, checkpoint: at(9), changes: [], park: [park(8), park(9)] });
      const changes = [upserts(deals, at(8), sampleDeal('a'))];
      await store.commit({ generation, lease, checkpoint: at(9), changes, unpark: [{ key: 'a', position: at(8) }] });
      expect(await store.parked(generation)).toEqual([park(9)]);
      expect(await store.get(deals, 'a')).toEqual(sampleDeal('a'));
    });

    test('are gone with their generation', async () => {
      const { lease } = await serveDeals(store);
      const building = await store.beginGeneration(SAMPLE_PROJECTION, 2, sampleCollections);
      await store.commit({ generation: building, lease, checkpoint: at(3), changes: [], park: [park(3)] });
      await store.dropGeneration(building);
      expect(await store.parked(building)).toEqual([]);
    });
  });

  describe('reports', () => {
    test('keeps the last of each projection and owner, in their order', async () => {
      const report = (projection: string, more: Partial<ProjectionReport> = {}): ProjectionReport => ({
        projection,
        owner: 'first',
        state: 'running',
        eventsPerSecond: 0,
        reportedAt: '2026-01-31T09:30:00.000Z',
        ...more,
      });
      const rebuilding = report('a', {
        state: 'rebuilding',
        rebuild: { done: 1, total: 2, eventsPerSecond: 1.5, startedAt: '2026-01-31T09:30:00.000Z' },
      });
      expect(await store.reports()).toEqual([]);
      await store.report(report('b'));
      await store.report(rebuilding);
      await store.report(report('b', { state: 'waiting', lastError: 'It broke.' }));
      await store.report(report('b', { owner: 'another' }));
      expect(await store.reports()).toEqual([
        rebuilding,
        report('b', { owner: 'another' }),
        report('b', { state: 'waiting', lastError: 'It broke.' }),
      ]);
    });
  });
}
