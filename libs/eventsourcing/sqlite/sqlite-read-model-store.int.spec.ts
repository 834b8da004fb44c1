import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { LeaseLost, StoreUnavailable } from '../errors.ts';
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
import { readModelStoreContract } from '../testing/read-model-store.contract.ts';
import { selectPages, selectSums, type Select } from './read-model-select.ts';
import { tableOf } from './read-model-table.ts';
import { openSqliteReadModelStore, type SqliteReadModelStore } from './sqlite-read-model-store.ts';

const deals = sampleDeals.name;

const STORE_MODULE = new URL('./sqlite-read-model-store.ts', import.meta.url).href;

/** Reads all deals over and over until told it is enough, and says which amounts it sees together, each once. */
const READER = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData.module).then(async ({ openSqliteReadModelStore }) => {
    const store = openSqliteReadModelStore({ file: workerData.file });
    const seen = new Set();
    let enough = false;
    parentPort.once('message', () => (enough = true));
    while (!enough) {
      const { documents } = await store.find(workerData.deals, { where: { stage: 'lead' } });
      const amounts = documents.map(({ amount }) => amount).join(' ');
      if (!seen.has(amounts)) parentPort.postMessage(amounts);
      seen.add(amounts);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await store.close();
  });
`;

readModelStoreContract('SQLite', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'read-models-'));
  const store = openSqliteReadModelStore({ file: join(directory, 'read-models.db') });
  const destroy = async () => {
    await store.close();
    await rm(directory, { recursive: true });
  };
  return { store, destroy };
});

describe('a SQLite read-model store', () => {
  let directory: string;
  let file: string;
  let store: SqliteReadModelStore;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'read-models-'));
    file = join(directory, 'read-models.db');
    store = openSqliteReadModelStore({ file });
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  function query(sql: string, ...values: (string | number | null)[]) {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return database
        .prepare(sql)
        .all(...values)
        .map((row) => ({ ...row }));
    } finally {
      database.close();
    }
  }

  test('shows each collection to any SQL tool as a view with plain columns', async () => {
    const customer = { name: 'Zoë', tags: [[1]] };
    const { lease } = await serveDeals(store, sampleDeal('a', { open: false, labels: ['x', 'y'], customer }));
    const select = `SELECT id, stage, open, amount, owner, labels, customer ->> 'name' AS name FROM ${deals}`;
    const seen = { id: 'a', stage: 'lead', open: 0, amount: 100, owner: null, labels: '["x","y"]', name: 'Zoë' };
    expect(query(select)).toEqual([seen]);
    const next = await store.beginGeneration(SAMPLE_PROJECTION, 2, sampleCollections);
    await store.commit(dealsBatch(next, lease, 2, sampleDeal('a', { amount: 2 })));
    expect(query(select)).toEqual([seen]);
    await store.activate(next, lease);
    expect(query(`SELECT amount FROM ${deals}`)).toEqual([{ amount: 2 }]);
    await store.rollback(SAMPLE_PROJECTION, lease);
    expect(query(select)).toEqual([seen]);
  });

  const plan = ({ sql, values }: Select, ...more: number[]) =>
    query(`EXPLAIN QUERY PLAN ${sql}`, ...(values as string[]), ...more)
      .map(({ detail }) => String(detail))
      .join('; ');

  test('finds pages by an index, in its order, from the cursor on', async () => {
    const { generation } = await serveDeals(store);
    const table = tableOf(`${deals}@${generation.version}.1`, sampleDeals);
    const order = [
      { field: 'amount', descending: true },
      { field: 'id', descending: true },
    ];
    const pages = selectPages(table, { where: { stage: 'lead' } }, order, [100, 'a']);
    expect(pages).toHaveLength(3);
    for (const page of pages) {
      expect(plan(page, 50)).toContain('USING INDEX sample_deals@1.1:1 (stage=? AND amount');
      expect(plan(page, 50)).not.toContain('TEMP B-TREE');
    }
    const [first] = selectPages(table, { where: { owner: 'ann', stage: { in: ['lead', 'won'] } } }, [], undefined);
    expect(plan({ ...first!, sql: first!.sql.replace('ORDER BY  ', '') }, 50)).toContain('(owner=? AND stage=?)');
  });

  test('sums from an index alone', async () => {
    const { generation } = await serveDeals(store);
    const table = tableOf(`${deals}@${generation.version}.1`, sampleDeals);
    const sum = selectSums(table, { where: { owner: 'ann' }, by: ['stage'], of: ['amount'] });
    expect(plan(sum)).toBe('SEARCH sample_deals@1.1 USING COVERING INDEX sample_deals@1.1:2 (owner=?)');
    expect(plan(selectSums(table, { by: ['stage'], of: ['amount'] }))).toContain('USING COVERING INDEX');
  });

  test('leaves nothing of generations gone by', async () => {
    const { lease } = await serveDeals(store, sampleDeal('a'));
    for (const version of [2, 3, 4]) {
      const next = await store.beginGeneration(SAMPLE_PROJECTION, version, sampleCollections);
      await store.commit(dealsBatch(next, lease, version));
      await store.activate(next, lease);
    }
    const tables = query(`SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%@%' ORDER BY name`);
    expect(tables.map(({ name }) => name)).toEqual([
      'sample_deals@3.1',
      'sample_deals@4.1',
      'sample_periods@3.1',
      'sample_periods@4.1',
    ]);
  });

  test('follows the swaps and writes of another instance on the file', async () => {
    const other = openSqliteReadModelStore({ file });
    try {
      const { lease } = await serveDeals(store, sampleDeal('a', { amount: 1 }));
      for (let version = 2; version < 8; version++) {
        expect(await other.get(deals, 'a')).toMatchObject({ amount: version - 1 });
        const next = await store.beginGeneration(SAMPLE_PROJECTION, version, sampleCollections);
        await store.commit(dealsBatch(next, lease, version, sampleDeal('a', { amount: version })));
        await store.activate(next, lease);
        expect(await other.sum(deals, { by: [], of: ['amount'] })).toMatchObject([{ sums: { amount: version } }]);
      }
      await store.releaseLease(lease);
      const taken = await other.acquireLease(SAMPLE_PROJECTION, 'second', 60_000);
      expect(taken).toMatchObject({ owner: 'second' });
      const { serving } = await other.generations(SAMPLE_PROJECTION);
      await expect(store.commit(dealsBatch(serving!, lease, 9))).rejects.toThrow(LeaseLost);
    } finally {
      await other.close();
    }
  });

  test('answers a reader in another thread from one generation or the other while they are swapped', async () => {
    const documents = (amount: number) => ['a', 'b', 'c'].map((id) => sampleDeal(id, { amount }));
    const { lease } = await serveDeals(store, ...documents(1));
    const reader = new Worker(READER, { eval: true, workerData: { file, deals, module: STORE_MODULE } });
    const seen: string[] = [];
    reader.on('message', (amounts: string) => seen.push(amounts));
    try {
      await once(reader, 'message');
      for (let version = 2; version < 30 || seen.length < 3; version++) {
        const next = await store.beginGeneration(SAMPLE_PROJECTION, version, sampleCollections);
        await store.commit(dealsBatch(next, lease, version, ...documents(version)));
        await store.activate(next, lease);
        if (version % 5 === 0) await store.rollback(SAMPLE_PROJECTION, lease);
        await new Promise(setImmediate);
      }
      reader.postMessage('enough');
      await once(reader, 'exit');
      expect(seen.filter((amounts) => new Set(amounts.split(' ')).size > 1)).toEqual([]);
    } finally {
      await reader.terminate();
    }
  });

  test('reads while another instance is in the middle of a write, and sees all of it or nothing', async () => {
    const { generation, lease } = await serveDeals(store, sampleDeal('a', { amount: 1 }));
    const writer = new DatabaseSync(file);
    try {
      writer.exec(`BEGIN IMMEDIATE; UPDATE "${deals}@1.1" SET amount = 7`);
      expect(await store.get(deals, 'a')).toMatchObject({ amount: 1 });
      writer.exec('COMMIT');
      expect(await store.get(deals, 'a')).toMatchObject({ amount: 7 });
    } finally {
      writer.close();
    }
    await store.commit(dealsBatch(generation, lease, 8));
  });

  test('writes nothing of a batch with a document that does not fit its schema', async () => {
    const { generation, lease } = await serveDeals(store, sampleDeal('a'));
    const misfits: object[] = [
      { ...sampleDeal('x'), unheard: 1 },
      { ...sampleDeal('x'), amount: '5' },
      { ...sampleDeal('x'), amount: 1.5 },
      { ...sampleDeal('x'), title: 5 },
      { ...sampleDeal('x'), title: undefined },
      { ...sampleDeal('x'), owner: null },
    ];
    for (const misfit of misfits) {
      const batch = dealsBatch(generation, lease, 5, sampleDeal('good'), misfit as SampleDeal);
      await expect(store.commit(batch)).rejects.toThrow('does not fit the schema of sample_deals');
    }
    expect((await store.find(deals, {})).documents).toEqual([sampleDeal('a')]);
    expect(await store.checkpoint(generation)).toBe(at(1));
  });

  test('keeps everything when it is closed and opened again', async () => {
    const { generation, lease } = await serveDeals(store, sampleDeal('a'), sampleDeal('b'));
    await store.commit({ generation, lease, checkpoint: at(3), changes: [deletes(deals, at(3), 'b')] });
    await store.close();
    store = openSqliteReadModelStore({ file });
    expect((await store.find(deals, {})).documents).toEqual([sampleDeal('a')]);
    expect(await store.generations(SAMPLE_PROJECTION)).toEqual({ serving: generation });
    const changes = [upserts(deals, at(4), sampleDeal('c'))];
    await store.commit({ generation, lease, checkpoint: at(4), changes });
    expect(await store.servingCheckpoint(SAMPLE_PROJECTION)).toBe(at(4));
  });

  test('says that it is unavailable where its file cannot be opened', () => {
    const missing = join(directory, 'missing', 'read-models.db');
    expect(() => openSqliteReadModelStore({ file: missing })).toThrow(StoreUnavailable);
  });
});
