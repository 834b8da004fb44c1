import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { MongoClient, type Db } from 'mongodb';
import type { Document } from '../projections/projection.ts';
import { fieldsOf } from '../read-model-fields.ts';
import type { Find, Generation, Lease, ReadModelStore } from '../read-model-store.ts';
import {
  SAMPLE_PROJECTION,
  at,
  dealsBatch,
  deletes,
  sampleCollections,
  sampleDeal,
  sampleDeals,
  serveDeals,
  upserts,
  type SampleDeal,
} from '../testing/read-model-sample.ts';
import { documentsOf } from './mongodb-documents.ts';
import { pageQueryOf } from './mongodb-queries.ts';
import { openMongoDbReadModelStore } from './mongodb-read-model-store.ts';
import { projectionsOf } from './mongodb-registry.ts';
import { describeOnMongoDb } from './testing/describe-on-mongodb.ts';
import { startMongoDb, type MongoDbEngine } from './testing/mongodb-engine.ts';

const deals = sampleDeals.name;

describeOnMongoDb('collections in MongoDB', () => {
  let engine: MongoDbEngine;
  let client: MongoClient;
  let database: Db;
  let store: ReadModelStore;
  let generation: Generation;
  let lease: Lease;
  let databases = 0;

  beforeAll(async () => {
    engine = await startMongoDb();
    client = await MongoClient.connect(engine.url);
  });
  beforeEach(async () => {
    const name = `collections_${++databases}`;
    database = client.db(name);
    store = await openMongoDbReadModelStore({ url: engine.urlOf(name) });
    const many = Array.from({ length: 200 }, (_, index) => sampleDeal(`deal-${index}`, { amount: index }));
    ({ generation, lease } = await serveDeals(store, ...many));
  });
  afterEach(() => store.close());
  afterAll(async () => {
    await client.close();
    await engine.stop();
  });

  /** Serves a second generation, of one deal. */
  async function swap(deal: SampleDeal): Promise<void> {
    const fresh = await store.beginGeneration(SAMPLE_PROJECTION, 2, sampleCollections);
    await store.commit(dealsBatch(fresh, lease, 5, deal));
    await store.activate(fresh, lease);
  }

  test.each<[string, object]>([
    ['a text for a number', { amount: 'many' }],
    ['a fraction for a whole number', { amount: 1.5 }],
    ['a property missing', { title: undefined }],
    ['null where none may be', { owner: null }],
    ['a time that is none', { closedAt: 'yesterday' }],
    ['a wrong value deep inside', { customer: { name: 'c', tags: [[1, 2.5]] } }],
  ])('refuse %s, name the document, and leave the checkpoint', async (_, wrong) => {
    const document = { ...sampleDeal('wrong'), ...wrong } as Document;
    const changes = [upserts(deals, at(2), sampleDeal('deal-0', { amount: 0 }), document)];
    const commit = store.commit({ generation, lease, checkpoint: at(2), changes });
    await expect(commit).rejects.toThrow(/MongoDB refused "wrong" of sample_deals: .*failed validation/);
    expect(await store.get(deals, 'wrong')).toBeUndefined();
    expect(await store.checkpoint(generation)).toBe(at(1));
  });

  test.each<[string, Find, string]>([
    ['a stage by amount', { where: { stage: 'lead' }, sort: [['amount', 'ascending']] }, 'stage_1_amount_1__id_1'],
    ['the same downwards', { where: { stage: 'lead' }, sort: [['amount', 'descending']] }, 'stage_1_amount_1__id_1'],
    ['everything by amount', { sort: [['amount', 'ascending']] }, 'amount_1__id_1'],
    ['an owner', { where: { owner: 'ann' } }, 'owner_1_stage_1_amount_1__id_1'],
    ['a range of amounts', { where: { amount: { gte: 5, lt: 7 } }, sort: [['amount', 'ascending']] }, 'amount_1__id_1'],
    ['an id', { where: { id: { in: ['a', 'b'] } } }, '_id_'],
  ])('find %s by an index that their projection declares', async (_, find, index) => {
    const { filter, sort } = pageQueryOf(fieldsOf(sampleDeals), find);
    const stored = documentsOf(database, generation, deals);
    const { queryPlanner } = await stored.find(filter, { sort, limit: 10 }).explain('queryPlanner');
    const plan = JSON.stringify(queryPlanner.winningPlan);
    expect(plan).toContain(`"indexName":"${index}"`);
    const sortsInMemory = plan.includes('"SORT"') && find.sort !== undefined;
    expect(sortsInMemory).toBe(false);
  });

  test('show as plain views without what was deleted, and follow a swap and a rollback', async () => {
    const shown = () =>
      database
        .collection(deals)
        .find({ title: /Deal (gone|kept)/ })
        .toArray();
    const changes = [upserts(deals, at(3), sampleDeal('gone'), sampleDeal('kept'))];
    await store.commit({ generation, lease, checkpoint: at(3), changes });
    await store.commit({ generation, lease, checkpoint: at(4), changes: [deletes(deals, at(4), 'gone')] });
    expect(await shown()).toEqual([{ _id: 'kept', ...sampleDeal('kept') }]);

    await swap(sampleDeal('kept', { amount: 5 }));
    expect(await shown()).toEqual([{ _id: 'kept', ...sampleDeal('kept', { amount: 5 }) }]);
    await store.rollback(SAMPLE_PROJECTION, lease);
    expect(await shown()).toEqual([{ _id: 'kept', ...sampleDeal('kept') }]);
  });

  test('show the serving generation again after a swap that was cut off before its views', async () => {
    await swap(sampleDeal('kept'));
    await database.dropCollection(deals);
    await database.createCollection(deals, { viewOn: `${deals}@1.1`, pipeline: [] });
    await projectionsOf(database).updateOne({ _id: SAMPLE_PROJECTION }, { $set: { views: 'samples@1.1' } });
    expect((await store.generations(SAMPLE_PROJECTION)).serving?.id).toBe('samples@2.1');
    expect(await database.collection(deals).countDocuments()).toBe(1);
  });

  test('of builds that ended in the middle are swept by the next', async () => {
    await swap(sampleDeal('kept'));
    await database.createCollection(`${deals}@7.1`);
    await store.beginGeneration(SAMPLE_PROJECTION, 3, sampleCollections);
    const names = (await database.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith(`${deals}@`)).toSorted()).toEqual(
      ['1.1', '2.1', '3.1'].map((build) => `${deals}@${build}`),
    );
  });

  test('of the database that the address names, dealtrail where it names none', async () => {
    const named = await openMongoDbReadModelStore({ url: engine.url });
    const unnamed = await openMongoDbReadModelStore({ url: engine.url.replace('/dealtrail', '/') });
    await serveDeals(named, sampleDeal('kept'));
    expect((await unnamed.find(deals, {})).documents).toEqual([sampleDeal('kept')]);
    await Promise.all([named.close(), unnamed.close()]);
  });
});
