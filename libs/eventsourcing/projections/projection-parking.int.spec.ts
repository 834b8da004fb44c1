import { expect, test } from '@jest/globals';
import type { ParkedEvent, ReadModelStore } from '../read-model-store.ts';
import { writer } from '../testing/projection-histories.ts';
import { orderProjections, POISON, type Order } from '../testing/projection-orders.ts';
import { contents, rebuiltContents, startRunner, untilCaughtUp, type Run } from '../testing/projection-runs.ts';
import { describeOnStores } from '../testing/projection-stores.ts';
import { eventually } from '../testing/eventually.ts';

const placed = (customer: string) => ({ type: 'OrderPlaced', data: { customer } });
const added = (lineId: string, item = 'tea') => ({ type: 'OrderLineAdded', data: { lineId, item, quantity: 1 } });
const shipped = { type: 'OrderShipped', data: {} };

describeOnStores('an event that cannot be applied', (stores) => {
  let mended = false;
  const projections = orderProjections(() => mended);
  const [orders] = projections;

  async function running(work: (run: Run) => Promise<void>, on = projections): Promise<void> {
    const { eventStore, readModels } = stores();
    const run = startRunner({ eventStore, readModels, projections: on });
    try {
      await work(run);
    } finally {
      await run.stop();
    }
  }

  async function parked(readModels: ReadModelStore) {
    const { serving } = await readModels.generations('orders');
    return (await readModels.parked(serving!)).map(({ key, revision, type, error, discarded }) =>
      [key, revision, type, discarded ? `${discarded.actor}: ${discarded.reason}` : error].join(' | '),
    );
  }

  async function parkedOrders() {
    const { readModels } = stores();
    return readModels.parked((await readModels.generations('orders')).serving!);
  }

  async function ask(action: 'retry' | 'discard', revision: number): Promise<void> {
    const { readModels } = stores();
    const { serving } = await readModels.generations('orders');
    const one = (await readModels.parked(serving!)).find((event) => event.revision === revision && !event.discarded);
    await readModels.requestParked(serving!, one!.position, { action, reason: 'seen to', actor: 'ann' });
    await eventually(async () =>
      (await readModels.parked(serving!)).every(({ request, position }) => !request || position !== one!.position),
    );
  }

  /** Waits for it: MongoDB shows a batch bit by bit, the documents first. */
  const untilParked = (expected: readonly string[]) =>
    eventually(async () => expect(await parked(stores().readModels)).toEqual(expected));

  const poisoned = [
    'a | 2 | OrderLineAdded.v2 | Error: No order takes this.',
    'a | 3 | OrderLineAdded.v2 | stands behind a parked event',
    'a | 4 | OrderShipped.v1 | stands behind a parked event',
  ];

  async function poison(): Promise<void> {
    mended = false;
    const { append } = writer(stores().eventStore);
    await append(
      { stream: 'order-a', events: [placed('ann'), added('1')] },
      { stream: 'order-b', events: [placed('ann')] },
      { stream: 'order-a', events: [added('2', POISON), added('3')] },
      { stream: 'order-b', events: [added('1'), shipped] },
      { stream: 'order-a', events: [shipped] },
    );
    await untilCaughtUp(stores(), projections);
  }

  test('parks with what comes after it for the same document, in order, and nothing else stops', () =>
    running(async ({ interruptions }) => {
      await poison();
      const { readModels } = stores();
      expect(await parked(readModels)).toEqual(poisoned);
      expect(await readModels.get<Order>('orders', 'a')).toMatchObject({ shipped: false, lines: [{ id: 'a/1' }] });
      expect(await readModels.get<Order>('orders', 'b')).toMatchObject({ shipped: true, lines: [{ id: 'b/1' }] });
      expect(await readModels.get('customers', 'ann')).toMatchObject({ orders: 2 });
      expect(interruptions).toEqual([]);
    }));

  test('is applied with its successors, in order, when it is tried again after mending', () =>
    running(async () => {
      await poison();
      mended = true;
      await ask('retry', 2);
      const { eventStore, readModels, scratch } = stores();
      await untilParked([]);
      const order = await readModels.get<Order>('orders', 'a');
      expect(order).toMatchObject({ shipped: true, lines: [{ id: 'a/1' }, { id: 'a/2' }, { id: 'a/3' }] });
      expect((await readModels.find('order_lines', {})).documents).toHaveLength(4);
      expect(await contents(readModels, projections)).toEqual(
        await rebuiltContents(eventStore, await scratch(), projections),
      );
    }));

  test('stays parked with its successors when it is tried again and still fails, and tells of that', () =>
    running(async () => {
      await poison();
      const [before] = await parkedOrders();
      await ask('retry', 2);
      expect(await parked(stores().readModels)).toEqual(poisoned);
      const [again, behind] = await parkedOrders();
      const decided = { action: 'retry', actor: 'ann', reason: 'seen to', at: expect.any(String) };
      expect(again).toEqual({ ...before, decided });
      expect(behind).not.toHaveProperty('decided');
      const { append } = writer(stores().eventStore);
      await append({ stream: 'order-c', events: [placed('bob')] });
      await untilCaughtUp(stores(), projections);
      expect(await parked(stores().readModels)).toEqual(poisoned);
    }));

  test('is left out for good when it is discarded, and its successors are applied', () =>
    running(async () => {
      await poison();
      await ask('discard', 2);
      const { readModels } = stores();
      await eventually(async () => (await readModels.get<Order>('orders', 'a'))!.shipped);
      expect(await readModels.get<Order>('orders', 'a')).toMatchObject({ lines: [{ id: 'a/1' }, { id: 'a/3' }] });
      await untilParked(['a | 2 | OrderLineAdded.v2 | ann: seen to']);
    }));

  test('holds up its successors again when the next of them fails as well', () =>
    running(async () => {
      mended = false;
      const { append } = writer(stores().eventStore);
      const events = [placed('ann'), added('1', POISON), added('2', POISON), shipped];
      await append({ stream: 'order-a', events });
      await untilCaughtUp(stores(), projections);
      await ask('discard', 1);
      await untilParked([
        'a | 1 | OrderLineAdded.v2 | ann: seen to',
        'a | 2 | OrderLineAdded.v2 | Error: No order takes this.',
        'a | 3 | OrderShipped.v1 | stands behind a parked event',
      ]);
    }));

  test('lets events that come while it is settled stand in their order', () =>
    running(async () => {
      await poison();
      mended = true;
      const { eventStore, readModels, scratch } = stores();
      const { append } = writer(eventStore);
      const filling = (async () => {
        for (let number = 0; number < 60; number++)
          await append({ stream: `order-f${number}`, events: [placed('fay'), added('1', POISON), shipped] });
      })();
      await ask('retry', 2);
      await filling;
      await untilCaughtUp(stores(), projections);
      await untilParked([]);
      expect(await contents(readModels, projections)).toEqual(
        await rebuiltContents(eventStore, await scratch(), projections),
      );
    }));

  test.each([
    ['of a stored version nobody knows', 'OrderLineAdded.v9', '{"lineId":"9"}', 'EventUnknown: '],
    ['whose text is no JSON', 'OrderLineAdded.v2', '{"lineId"', 'EventInvalid: '],
    ['whose text is something else than an object', 'OrderLineAdded.v2', 'null', 'TypeError: '],
    [
      'that makes a document its schema does not allow',
      'OrderLineAdded.v2',
      '{"lineId":"9","item":7}',
      'EventInvalid: ',
    ],
  ])('parks where it is one %s, and so does a rebuild', (_, type, data, error) =>
    running(async () => {
      const { eventStore, readModels, scratch } = stores();
      const { append, appendRaw } = writer(eventStore);
      await append({ stream: 'order-a', events: [placed('ann'), added('1')] });
      await appendRaw('order-a', type, data);
      await append({ stream: 'order-b', events: [placed('bob'), shipped] }, { stream: 'order-a', events: [shipped] });
      await untilCaughtUp(stores(), projections);
      expect(await parked(readModels)).toEqual([
        expect.stringContaining(`a | 2 | ${type} | ${error}`),
        'a | 3 | OrderShipped.v1 | stands behind a parked event',
      ]);
      expect(await readModels.get<Order>('orders', 'a')).toMatchObject({ shipped: false, lines: [{ id: 'a/1' }] });
      expect(await readModels.get<Order>('orders', 'b')).toMatchObject({ shipped: true });
      expect(await contents(readModels, projections)).toEqual(
        await rebuiltContents(eventStore, await scratch(), projections),
      );
    }),
  );

  test('parks under its stream where its key cannot be told', () => {
    const failing = projections.map((projection) => ({
      ...projection,
      key: (event: { stream: string }) => {
        if (event.stream === 'order-bad') throw new Error('No key.');
        return projection.key(event as never);
      },
    }));
    return running(async () => {
      const { eventStore, readModels } = stores();
      const { append } = writer(eventStore);
      await append({ stream: 'order-bad', events: [placed('ann')] }, { stream: 'order-a', events: [placed('ann')] });
      await untilCaughtUp(stores(), failing);
      expect(await parked(readModels)).toEqual(['order-bad | 0 | OrderPlaced.v1 | Error: No key.']);
      expect(await readModels.get('orders', 'a')).toBeDefined();
    }, failing);
  });

  test('parks again in a new build, which takes over all the same, and tells what was decided before', () =>
    running(async () => {
      await poison();
      await ask('discard', 2);
      const { readModels } = stores();
      const before = await readModels.generations('orders');
      const [{ parkedAt }] = (await parkedOrders()) as [ParkedEvent];
      await readModels.requestRebuild(orders!.name, new Date().toISOString());
      await eventually(async () => {
        const { serving } = await readModels.generations('orders');
        return serving!.id !== before.serving!.id;
      });
      expect(await parked(readModels)).toEqual(poisoned);
      const [again] = await parkedOrders();
      expect(again).toMatchObject({ parkedAt, decided: { action: 'discard', actor: 'ann', reason: 'seen to' } });
    }));
});
