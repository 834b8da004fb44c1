import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from '@jest/globals';
import type { EventStore } from '../event-store.ts';
import { describeOnMongoDb } from '../mongodb/testing/describe-on-mongodb.ts';
import { startMongoDb, type MongoDbEngine } from '../mongodb/testing/mongodb-engine.ts';
import { openMongoDbReadModelStore } from '../mongodb/mongodb-read-model-store.ts';
import type { ReadModelStore } from '../read-model-store.ts';
import { openSqliteEventStore } from '../sqlite/sqlite-event-store.ts';
import { openSqliteReadModelStore } from '../sqlite/sqlite-read-model-store.ts';
import { abandonRunners } from './projection-runs.ts';

/** The stores of one test: an empty log and empty read models. */
export interface TestStores {
  readonly eventStore: EventStore;
  readonly readModels: ReadModelStore;
  /** The same read models through another connection. */
  reopen(): Promise<ReadModelStore>;
  /** Read models of their own, empty. */
  scratch(): Promise<ReadModelStore>;
}

/** Registers tests twice: over SQLite for both stores, and over SQLite with MongoDB for the read models. */
export function describeOnStores(title: string, tests: (stores: () => TestStores) => void): void {
  describe(`${title}, in SQLite`, () => {
    tests(sqliteStores());
  });
  describeOnMongoDb(`${title}, in MongoDB`, () => {
    let engine: MongoDbEngine;
    let databases = 0;
    beforeAll(async () => void (engine = await startMongoDb()));
    afterAll(() => engine.stop());
    beforeEach(() => void (databases += 1));
    tests(eachTest((_, name) => openMongoDbReadModelStore({ url: engine.urlOf(`test_${databases}_${name}`) })));
  });
}

/** SQLite for both stores of each test. */
export function sqliteStores(): () => TestStores {
  return eachTest(async (directory, name) => openSqliteReadModelStore({ file: join(directory, `${name}.db`) }));
}

/** Opens stores before each test and closes them, with whatever was opened beside, after it. */
export function eachTest(open: (directory: string, name: string) => Promise<ReadModelStore>): () => TestStores {
  let stores: TestStores;
  let directory: string;
  let opened: { close(): Promise<void> }[];

  async function opening<Store extends { close(): Promise<void> }>(store: Promise<Store>): Promise<Store> {
    opened.push(await store);
    return store;
  }
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'dealtrail-projections-'));
    opened = [];
    let scratches = 0;
    stores = {
      eventStore: await opening(openSqliteEventStore({ file: join(directory, 'events.db') })),
      readModels: await opening(open(directory, 'served')),
      reopen: () => opening(open(directory, 'served')),
      scratch: () => opening(open(directory, `scratch${(scratches += 1)}`)),
    };
  });
  afterEach(async () => {
    abandonRunners();
    for (const store of opened) await store.close();
    await rm(directory, { recursive: true });
  });
  return () => stores;
}
