import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NotFound, StoreUnavailable } from '../errors.ts';
import type { StoredEvent } from '../event.ts';
import { eventually } from '../testing/eventually.ts';
import { rebuildProjections, type RebuildOptions } from './projection-rebuild.ts';
import { projectionStatuses } from './projection-status.ts';
import type { Generations } from '../read-model-store.ts';
import { orderHistory, writer } from '../testing/projection-histories.ts';
import { orderCatalogue, orderProjections, type Order } from '../testing/projection-orders.ts';
import { contents, decorated, rebuiltContents, startRunner, untilCaughtUp } from '../testing/projection-runs.ts';
import { describeOnStores, sqliteStores } from '../testing/projection-stores.ts';

const placed = (customer: string) => ({ type: 'OrderPlaced', data: { customer } });
const shipped = { type: 'OrderShipped', data: {} };
const projections = orderProjections();
const changed = orderProjections(() => false, { version: 2, title: (customer) => customer.toUpperCase() });
const [history] = fc.sample(orderHistory({ poison: true, steps: 60 }), { numRuns: 1, seed: 11 });

describeOnStores('a rebuild', (stores) => {
  const generations = (): Promise<Generations> => stores().readModels.generations('orders');

  function rebuilding(options: Partial<RebuildOptions> = {}) {
    const { eventStore, readModels } = stores();
    const usual = { eventStore, readModels, catalogue: orderCatalogue, owner: 'operator', now: Date.now };
    return { ...usual, signal: new AbortController().signal, ...options };
  }

  /** For the next rebuild: of one by the runner, the build serves a moment before its lease is given back. */
  const leaseOf = (projection: string) =>
    eventually(async () => {
      const lease = await stores().readModels.acquireLease(`rebuild:${projection}`, 'operator', 60_000);
      return 'token' in lease && lease;
    });

  async function expectRebuilt(now = projections): Promise<void> {
    const { eventStore, readModels, scratch } = stores();
    expect(await contents(readModels, now)).toEqual(await rebuiltContents(eventStore, await scratch(), now));
  }

  test('lets readers always have an answer, never one from before what they saw, and misses no command', async () => {
    const { eventStore, readModels, reopen } = stores();
    const { append } = writer(eventStore);
    for (const step of history!) await append(step);
    const run = startRunner({ eventStore, readModels, projections });
    await untilCaughtUp(stores(), projections);

    const before = eventStore.ordinal(await eventStore.head());
    let over = false;
    let numbers = 0;
    const writing = (async () => {
      for (; !over; numbers++) await append({ stream: `order-new-${numbers}`, events: [placed('zoe')] });
    })();
    const reading = await reopen();
    let answers = 0;
    const readers = (async () => {
      let seen = '';
      for (; !over; answers++) {
        const position = await reading.servingCheckpoint('customers');
        const orders = (await reading.get<{ id: string; orders: number }>('customers', 'zoe'))?.orders ?? 0;
        expect(position >= seen).toBe(true);
        // Every event since then opens an order of hers.
        expect(orders).toBeGreaterThanOrEqual(eventStore.ordinal(position) - before);
        seen = position;
        expect((await reading.find('orders', { where: { customer: 'customer-1' } })).documents).not.toEqual([]);
        await new Promise(setImmediate);
      }
    })();
    for (let rebuild = 0; rebuild < 4 || answers <= 20; rebuild++) {
      const lease = await leaseOf('customers');
      const { serving: old } = await readModels.generations('customers');
      if (rebuild % 2 === 0) {
        await readModels.requestRebuild('customers', new Date().toISOString());
        await readModels.releaseLease(lease);
      } else {
        await rebuildProjections(projections.slice(1), rebuilding({ readModels: await reopen() }));
      }
      await eventually(async () => {
        const { serving, rebuildRequested } = await readModels.generations('customers');
        return serving!.id !== old!.id && rebuildRequested === undefined;
      });
    }
    over = true;
    await Promise.all([writing, readers]);
    await untilCaughtUp(stores(), projections);
    await run.stop();
    expect(await readModels.get('customers', 'zoe')).toMatchObject({ orders: numbers });
    await expectRebuilt();
  });

  test('of a changed version comes by itself while the old one serves, and older code goes back to what it built', async () => {
    const { eventStore, readModels } = stores();
    const { append } = writer(eventStore);
    await append({ stream: 'order-a', events: [placed('ann')] });
    const old = startRunner({ eventStore, readModels, projections });
    await untilCaughtUp(stores(), projections);
    await old.stop();
    expect(await generations()).toEqual({ serving: expect.objectContaining({ version: 1 }) });

    const held = Promise.withResolvers<void>();
    const slow = decorated(readModels, {
      async activate(generation, lease) {
        await held.promise;
        await readModels.activate(generation, lease);
      },
    });
    const fresh = startRunner({ eventStore, readModels: slow, projections: changed });
    await eventually(async () => (await generations()).building?.version === 2);
    expect(await readModels.get<Order>('orders', 'a')).toMatchObject({ customer: 'ann' });
    await append({ stream: 'order-b', events: [placed('bob')] });
    held.resolve();
    await untilCaughtUp(stores(), changed);
    await fresh.stop();
    expect(await readModels.get<Order>('orders', 'b')).toMatchObject({ customer: 'BOB' });
    expect((await generations()).previous).toMatchObject({ version: 1 });

    const back = startRunner({ eventStore, readModels, projections });
    await untilCaughtUp(stores(), projections);
    await append({ stream: 'order-b', events: [shipped] });
    await untilCaughtUp(stores(), projections);
    await back.stop();
    expect(await generations()).toMatchObject({ serving: { id: 'orders@1.1' }, previous: { version: 2 } });
    expect(await readModels.get<Order>('orders', 'b')).toMatchObject({ customer: 'bob', shipped: true });
    await expectRebuilt();
  });

  test('is undone by a rollback, after which the build before catches up and goes on', async () => {
    const { eventStore, readModels } = stores();
    const { append } = writer(eventStore);
    await append({ stream: 'order-a', events: [placed('ann')] });
    const run = startRunner({ eventStore, readModels, projections });
    await untilCaughtUp(stores(), projections);
    const first = (await generations()).serving!;
    await leaseOf('orders');
    await rebuildProjections(projections.slice(0, 1), rebuilding());
    await append({ stream: 'order-a', events: [shipped] });
    await untilCaughtUp(stores(), projections);
    expect((await generations()).previous).toEqual(first);
    await readModels.rollback('orders', await leaseOf('orders'));
    await untilCaughtUp(stores(), projections);
    expect((await generations()).serving).toEqual(first);
    expect(await readModels.get<Order>('orders', 'a')).toMatchObject({ shipped: true });
    await run.stop();
    await expectRebuilt();
  });

  test('cut off anywhere is resumed by a runner, with nothing lost or doubled', async () => {
    const { eventStore, readModels } = stores();
    const { append } = writer(eventStore);
    for (const step of history!) await append(step);
    for (const cut of [0, 1, 2, 3]) {
      let commits = 0;
      const cutting = decorated(readModels, {
        async commit(batch) {
          if (commits === cut) throw new Error('Cut off.');
          commits += 1;
          await readModels.commit({ ...batch, checkpoint: commits === 1 ? '' : batch.checkpoint });
        },
        async activate() {
          throw new Error('Cut off.');
        },
      });
      await expect(rebuildProjections(projections, rebuilding({ readModels: cutting }))).rejects.toThrow('Cut off.');
      expect((await generations()).building).toBeDefined();
      const run = startRunner({ eventStore, readModels, projections });
      await eventually(async () => {
        const { building, serving } = await generations();
        return building === undefined && serving !== undefined;
      });
      await untilCaughtUp(stores(), projections);
      await run.stop();
      await expectRebuilt();
    }
  });

  test('tells how far it is and what is different, and leaves nothing but the comparison behind', async () => {
    const { eventStore, readModels } = stores();
    const { append } = writer(eventStore);
    for (const step of history!) await append(step);
    await rebuildProjections(projections, rebuilding());
    const same = await rebuildProjections(projections, rebuilding());
    expect(same.map(({ differences }) => differences)).toEqual([0, 0]);
    expect(same[0]!.compared).toBeGreaterThan(5);
    const progress: number[] = [];
    const cheating = orderProjections(() => false, { title: (name) => (name === 'customer-1' ? 'x' : name) });
    const [orders] = await rebuildProjections(
      cheating,
      rebuilding({
        onProgress: ({ done, total }) => progress.push(done / total),
        asked: { actor: 'ann', reason: 'a drill' },
      }),
    );
    expect(orders!.differences).toBe(3);
    expect(orders!.different).toEqual(['1', '5', '9']);
    expect(progress.at(-1)).toBe(1);
    const [status] = await projectionStatuses(projections, eventStore, readModels, Date.now());
    expect(status).toMatchObject({ lag: 0, alarm: false });
    const { compared, differences } = orders!;
    expect(status!.lastRebuild).toMatchObject({ asked: { actor: 'ann', reason: 'a drill' }, compared, differences });
    const muchLater = await projectionStatuses(projections, eventStore, readModels, Date.now() + 1e9);
    expect(muchLater[0]!.lastRebuild).toEqual(status!.lastRebuild);
    for (const { name } of projections)
      expect(await readModels.acquireLease(`rebuild:${name}`, 'next', 10)).toHaveProperty('token');
  });

  test('has given back its leases when it says that it is done', async () => {
    const { eventStore, readModels } = stores();
    await writer(eventStore).append({ stream: 'order-a', events: [placed('ann')] });
    const next: unknown[] = [];
    const listening = decorated(readModels, {
      async report(report) {
        if (report.state === 'rebuilt')
          next.push(await readModels.acquireLease(`rebuild:${report.projection}`, 'next', 60_000));
        await readModels.report(report);
      },
    });
    await rebuildProjections(projections, rebuilding({ readModels: listening }));
    expect(next).toMatchObject(projections.map(() => ({ owner: 'next' })));
  });

  test('given up by its signal leaves the serving build alone', async () => {
    const { eventStore, readModels } = stores();
    await writer(eventStore).append({ stream: 'order-a', events: [placed('ann')] });
    await rebuildProjections(projections, rebuilding());
    const before = (await generations()).serving;
    const signal = AbortSignal.abort();
    await expect(rebuildProjections(projections, rebuilding({ signal }))).rejects.toThrow('aborted');
    expect((await generations()).serving).toEqual(before);
    await expect(readModels.load({ ...before!, id: 'orders@9.9' }, 'orders', ['a'])).rejects.toThrow(NotFound);
  });
});

describe('a rebuild in SQLite', () => {
  const stores = sqliteStores();

  test('of more documents than memory keeps is resumed wherever it was cut off', async () => {
    const { readModels } = stores();
    const log = longLog(14_000);
    const eventStore = decorated(stores().eventStore, {
      readAll: async (after, limit) => log.slice(Number(after), Number(after) + limit),
      head: async () => log.at(-1)!.position,
      ordinal: Number,
    });
    let cuts = 0;
    for (let done = false; !done;) {
      let commits = 0;
      const cutting = decorated(readModels, {
        async commit(batch) {
          if (commits === cuts) throw new StoreUnavailable('Cut off.');
          commits += 1;
          await readModels.commit(batch);
        },
      });
      const resumed = {
        eventStore,
        readModels: cutting,
        catalogue: orderCatalogue,
        owner: 'one',
        now: Date.now,
        signal: new AbortController().signal,
        resume: true,
      };
      done = await rebuildProjections(projections, resumed).then(
        () => true,
        (error: unknown) => {
          if (error instanceof StoreUnavailable) return false;
          throw error;
        },
      );
      cuts += 3;
    }
    expect(cuts).toBeGreaterThan(6);
    const built = await contents(readModels, projections);
    expect(built['orders']).toHaveLength(14_000);
    expect(built['orders']!.filter((order) => !order.includes('"shipped":true') || !order.includes('/kept'))).toEqual(
      [],
    );
    expect(built['order_lines']!.filter((line) => !line.includes('/kept'))).toEqual([]);
    expect(built['order_lines']).toHaveLength(14_000);
    expect(built['customers']).toEqual(['{"id":"ann","orders":14000,"last":"order-13999"}']);
  });
});

/** Many orders: each gets two lines and, long after, loses the first of them and is shipped. */
function longLog(orders: number): readonly StoredEvent[] {
  const log: StoredEvent[] = [];
  const add = (order: number, revision: number, type: string, data: object) => {
    const position = String(log.length + 1).padStart(16, '0');
    const at = '2026-01-31T09:30:00.000Z';
    const rest = { id: position, occurredAt: at, recordedAt: at, metadata: '{}', previousHash: '', hash: '' };
    log.push({ ...rest, stream: `order-${order}`, revision, position, type, data: JSON.stringify(data) });
  };
  for (let order = 0; order < orders; order++) {
    add(order, 0, 'OrderPlaced.v1', { customer: 'ann' });
    add(order, 1, 'OrderLineAdded.v2', { lineId: 'gone', item: 'tea', quantity: 1 });
    add(order, 2, 'OrderLineAdded.v2', { lineId: 'kept', item: 'tea', quantity: 1 });
  }
  for (let order = 0; order < orders; order++) {
    add(order, 3, 'OrderLineRemoved.v1', { lineId: 'gone' });
    add(order, 4, 'OrderShipped.v1', {});
  }
  return log;
}
