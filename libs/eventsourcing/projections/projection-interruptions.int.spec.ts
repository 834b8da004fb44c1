import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { StoreUnavailable } from '../errors.ts';
import { openMongoDbReadModelStore } from '../mongodb/mongodb-read-model-store.ts';
import { describeOnMongoDb } from '../mongodb/testing/describe-on-mongodb.ts';
import { startMongoDb, type MongoDbEngine } from '../mongodb/testing/mongodb-engine.ts';
import { startMongoDbProxy, type MongoDbProxy } from '../mongodb/testing/mongodb-proxy.ts';
import type { ReadModelStore } from '../read-model-store.ts';
import { orderHistory, writer, type Step } from '../testing/projection-histories.ts';
import { orderProjections } from '../testing/projection-orders.ts';
import { contents, decorated, rebuiltContents, startRunner, untilCaughtUp } from '../testing/projection-runs.ts';
import { describeOnStores, eachTest } from '../testing/projection-stores.ts';
import { eventually } from '../testing/eventually.ts';

const projections = orderProjections();
const [history, poisonedHistory] = fc.sample(orderHistory({ poison: true, steps: 60 }), { numRuns: 2, seed: 7 }) as [
  Step[],
  Step[],
];

describeOnStores('a runner', (stores) => {
  /** Lets a third of the commits fail, in turn before and after they reach the store. */
  function failing(store: ReadModelStore): ReadModelStore {
    const picks = fc.sample(fc.nat(2), { numRuns: 10_000, seed: 3 });
    let failures = 0;
    return decorated(store, {
      async commit(batch) {
        const fails = picks.pop() === 0;
        if (fails) failures += 1;
        if (fails && failures % 2 === 0) throw new StoreUnavailable('away');
        await store.commit(batch);
        if (fails) throw new StoreUnavailable('away');
      },
    });
  }

  async function expectRebuilt(): Promise<void> {
    const { eventStore, readModels, scratch } = stores();
    const live = await contents(readModels, projections);
    expect(live['parked of orders']!.length).toBeGreaterThan(0);
    expect(live).toEqual(await rebuiltContents(eventStore, await scratch(), projections));
  }

  test('whose writes fail often, before or after they are done, loses and doubles nothing', async () => {
    const { eventStore, readModels } = stores();
    const { append } = writer(eventStore);
    const run = startRunner({ eventStore, readModels: failing(readModels), projections });
    for (const [index, step] of history.entries()) {
      await append(step);
      // So that there are many writes, however many events a page happens to bring.
      if (index % 20 === 0) await untilCaughtUp(stores(), projections);
    }
    await untilCaughtUp(stores(), projections);
    await run.stop();
    expect(run.interruptions.length).toBeGreaterThan(1);
    await expectRebuilt();
  });

  test.each([
    ['first build', 3],
    ['work', 2],
  ])('killed at every write of its %s is continued by the next', async (what, writes) => {
    const { eventStore, readModels } = stores();
    const { append } = writer(eventStore);
    if (what === 'work') {
      const first = startRunner({ eventStore, readModels, projections, owner: 'one' });
      await untilCaughtUp(stores(), projections);
      await first.stop();
    }
    for (const [index, step] of history.entries()) {
      await append(step);
      if (index % 4 !== 0) continue;
      // In turn before and after the first write, then the next.
      const fatal = 1 + (Math.floor(index / 8) % writes);
      const died = Promise.withResolvers<void>();
      let commits = 0;
      const dying = decorated(readModels, {
        async commit(batch) {
          commits += 1;
          const dies = commits === fatal;
          if (!dies || index % 8 !== 0) await readModels.commit(batch);
          if (!dies) return;
          died.resolve();
          await new Promise<void>(() => undefined);
        },
      });
      // A run that hangs in a write has died: nobody waits for it.
      startRunner({ eventStore, readModels: dying, projections, owner: 'one', leaseMilliseconds: 60_000 });
      await died.promise;
    }
    const last = startRunner({ eventStore, readModels, projections, owner: 'one' });
    await untilCaughtUp(stores(), projections);
    await last.stop();
    await expectRebuilt();
  });

  test('goes on where its subscription breaks off, or ends without a word', async () => {
    const { eventStore, readModels } = stores();
    const { append } = writer(eventStore);
    let subscriptions = 0;
    const breaking = decorated(eventStore, {
      async *subscribe(after, options) {
        subscriptions += 1;
        let pages = 0;
        for await (const page of eventStore.subscribe(after, options)) {
          yield page;
          pages += 1;
          if (subscriptions % 2 === 0 && pages > 1) throw new Error('The subscription broke off.');
          if (subscriptions % 2 === 1 && pages > 2) return;
        }
      },
    });
    const run = startRunner({ eventStore: breaking, readModels, projections });
    for (const step of history) {
      await append(step);
      await untilCaughtUp(stores(), projections);
    }
    await run.stop();
    expect(subscriptions).toBeGreaterThan(6);
    await expectRebuilt();
  });

  test('does not spin while the log is closed', async () => {
    const { eventStore, readModels } = stores();
    let subscriptions = 0;
    const closed = decorated(eventStore, {
      async *subscribe() {
        subscriptions += 1;
        yield* [];
      },
    });
    const run = startRunner({ eventStore: closed, readModels, projections });
    await eventually(() => run.interruptions.length >= 3);
    await run.stop();
    expect(subscriptions).toBeLessThan(8);
  });
});

describeOnMongoDb('a runner on MongoDB', () => {
  let engine: MongoDbEngine;
  let proxy: MongoDbProxy;
  let databases = 0;
  beforeAll(async () => {
    engine = await startMongoDb();
    proxy = await startMongoDbProxy(engine.port);
  });
  afterAll(async () => {
    await proxy.stop();
    await engine.stop();
  });
  const stores = eachTest((_, name) => {
    if (name === 'served') databases += 1;
    return openMongoDbReadModelStore({ url: engine.urlOf(`runner_${databases}_${name}`) });
  });

  async function expectRebuilt(): Promise<void> {
    const { eventStore, readModels, scratch } = stores();
    const live = await contents(readModels, projections);
    expect(live['parked of orders']!.length).toBeGreaterThan(0);
    expect(live).toEqual(await rebuiltContents(eventStore, await scratch(), projections));
  }

  test('killed when any of its writes is lost, or done but not answered, is continued by the next', async () => {
    const { eventStore } = stores();
    const { append } = writer(eventStore);
    for (const [index, step] of poisonedHistory.slice(0, 46).entries()) {
      const through = await openMongoDbReadModelStore({ url: proxy.urlOf(`runner_${databases}_served`) });
      // From the first build on; later the leases, reports and steps of a commit.
      proxy.at(1 + (index % 23), index < 23 ? 'lost' : 'unanswered');
      const run = startRunner({
        eventStore,
        readModels: through,
        projections,
        owner: 'one',
        leaseMilliseconds: 60_000,
      });
      await append(step);
      await Promise.race([proxy.reached(), untilCaughtUp(stores(), projections)]);
      await run.stop();
      await through.close();
    }
    const last = startRunner({ eventStore, readModels: stores().readModels, projections, owner: 'one' });
    await untilCaughtUp(stores(), projections);
    await last.stop();
    await expectRebuilt();
  });

  test('cut off in the middle of settling parked events settles them when it is back', async () => {
    for (let write = 1; write <= 12; write++) {
      databases += 1;
      const served = {
        ...stores(),
        readModels: await openMongoDbReadModelStore({ url: engine.urlOf(`settle_${databases}`) }),
      };
      const through = await openMongoDbReadModelStore({ url: proxy.urlOf(`settle_${databases}`) });
      const { eventStore, readModels } = served;
      const { append } = writer(eventStore);
      const stream = `order-${write}`;
      const ofOrder = async () => {
        const { serving } = await readModels.generations('orders');
        return (await readModels.parked(serving!)).filter((parked) => parked.stream === stream);
      };
      const line = (lineId: string, item: string) => ({ type: 'OrderLineAdded', data: { lineId, item, quantity: 1 } });
      const events = [{ type: 'OrderPlaced', data: { customer: 'ann' } }, line('1', 'poison'), line('2', 'tea')];
      const position = await append({ stream, events });
      const one = startRunner({ eventStore, readModels: through, projections });
      await untilCaughtUp(served, projections);
      const { serving } = await readModels.generations('orders');
      const [first] = await ofOrder();
      await readModels.requestParked(serving!, first!.position, { action: 'discard', reason: 'wrong', actor: 'ann' });
      proxy.at(write, write % 2 === 0 ? 'unanswered' : 'lost');
      await proxy.reached();
      await eventually(async () => (await ofOrder()).every(({ discarded }) => discarded));
      await one.stop();
      expect(await readModels.get('orders', String(write))).toMatchObject({ lines: [{ id: `${write}/2` }] });
      expect((await ofOrder()).map(({ discarded }) => discarded?.reason)).toEqual(['wrong']);
      expect((await readModels.checkpoint(serving!)) >= position).toBe(true);
      await Promise.all([through.close(), readModels.close()]);
    }
  });

  test('goes on by itself when MongoDB, killed in the middle of its work, is back', async () => {
    const { eventStore, readModels } = stores();
    const { append } = writer(eventStore);
    const run = startRunner({ eventStore, readModels, projections });
    for (const [index, step] of history.entries()) {
      await append(step);
      if (index % 20 !== 10) continue;
      await engine.kill();
      await append({ stream: `order-away-${index}`, events: [{ type: 'OrderPlaced', data: { customer: 'ann' } }] });
      await engine.restart();
    }
    await untilCaughtUp(stores(), projections);
    await run.stop();
    expect(run.interruptions).toEqual(run.interruptions.map(() => expect.any(StoreUnavailable)));
    await expectRebuilt();
  });
});
