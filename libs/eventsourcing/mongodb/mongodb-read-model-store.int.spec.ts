import { afterAll, beforeAll } from '@jest/globals';
import { readModelStoreContract } from '../testing/read-model-store.contract.ts';
import { openMongoDbReadModelStore } from './mongodb-read-model-store.ts';
import { describeOnMongoDb } from './testing/describe-on-mongodb.ts';
import { startMongoDb, type MongoDbEngine } from './testing/mongodb-engine.ts';

describeOnMongoDb('on MongoDB’s own engine', () => {
  let engine: MongoDbEngine;
  let databases = 0;
  beforeAll(async () => void (engine = await startMongoDb()));
  afterAll(() => engine.stop());

  readModelStoreContract('MongoDB', async () => {
    const store = await openMongoDbReadModelStore({ url: engine.urlOf(`contract_${++databases}`) });
    return { store, destroy: () => store.close() };
  });
});
