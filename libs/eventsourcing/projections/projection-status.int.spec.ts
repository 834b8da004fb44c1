import { expect, test } from '@jest/globals';
import { ProjectionBehind } from '../errors.ts';
import { eventually, PATIENCE_MILLISECONDS } from '../testing/eventually.ts';
import { projectionStatuses, waitForProjection, type ProjectionStatus } from './projection-status.ts';
import { writer } from '../testing/projection-histories.ts';
import { orderProjections } from '../testing/projection-orders.ts';
import { decorated, startRunner, untilCaughtUp } from '../testing/projection-runs.ts';
import { describeOnStores } from '../testing/projection-stores.ts';

const placed = { type: 'OrderPlaced', data: { customer: 'ann' } };
const projections = orderProjections();

describeOnStores('the status of a projection', (stores) => {
  async function status(now = Date.now()): Promise<ProjectionStatus> {
    const { eventStore, readModels } = stores();
    const [orders] = await projectionStatuses(projections, eventStore, readModels, now);
    return orders!;
  }

  test('says that it is missing before anything runs, and how far it is behind', async () => {
    const { append } = writer(stores().eventStore);
    expect(await status()).toMatchObject({ state: 'missing', lag: 0, lagSeconds: 0, alarm: false, standby: [] });
    const position = await append({ stream: 'order-a', events: [placed] }, { stream: 'order-b', events: [placed] });
    expect(await status()).toMatchObject({ state: 'missing', position: '', head: position, lag: 2, alarm: false });
  });

  test('says that it runs and where, and that nothing is left to do', async () => {
    const { eventStore, readModels } = stores();
    const position = await writer(eventStore).append({ stream: 'order-a', events: [placed] });
    const run = startRunner({ eventStore, readModels, projections, owner: 'here' });
    await untilCaughtUp(stores(), projections);
    await eventually(async () => (await status()).state === 'running');
    expect(await status()).toMatchObject({ owner: 'here', version: 1, position, lag: 0, lagSeconds: 0, alarm: false });
    expect((await status()).generation).toBe('orders@1.1');
    await run.stop();
    expect((await status(Date.now() + 60_000)).state).toBe('missing');
  });

  test('raises an alarm where the head moves and the position does not, and says why', async () => {
    const { eventStore, readModels } = stores();
    const { append } = writer(eventStore);
    let broken = false;
    const breaking = decorated(readModels, {
      async commit(batch) {
        if (broken) throw new Error('The disk is full.');
        await readModels.commit(batch);
      },
    });
    const run = startRunner({ eventStore, readModels: breaking, projections });
    await untilCaughtUp(stores(), projections);
    await eventually(async () => (await status()).state === 'running');
    broken = true;
    const now = Date.now();
    await append({ stream: 'order-a', events: [placed] });
    await eventually(async () => (await status()).lastError === 'Error: The disk is full.');
    expect(await status(now)).toMatchObject({ lag: 1, alarm: false });
    const later = Date.now() + 31_000;
    expect(await status(later)).toMatchObject({ lag: 1, alarm: true });
    expect((await status(later)).lagSeconds).toBeGreaterThan(30);
    broken = false;
    await untilCaughtUp(stores(), projections);
    await run.stop();
    expect(await status(later)).toMatchObject({ lag: 0, alarm: false });
  });

  test('counts what is parked and what was discarded', async () => {
    const { eventStore, readModels } = stores();
    const { append } = writer(eventStore);
    const poison = { type: 'OrderLineAdded', data: { lineId: '1', item: 'poison', quantity: 1 } };
    await append({ stream: 'order-a', events: [placed, poison, poison] });
    const run = startRunner({ eventStore, readModels, projections });
    await untilCaughtUp(stores(), projections);
    expect(await status()).toMatchObject({ parked: 2, discarded: 0 });
    const { serving } = await readModels.generations('orders');
    const [first] = await readModels.parked(serving!);
    await readModels.requestParked(serving!, first!.position, { action: 'discard', reason: 'wrong', actor: 'ann' });
    await eventually(async () => (await status()).discarded === 1);
    expect(await status()).toMatchObject({ parked: 1 });
    await run.stop();
  });
});

describeOnStores('waiting for a projection', (stores) => {
  test('ends as soon as it contains the position', async () => {
    const { eventStore, readModels } = stores();
    const { append } = writer(eventStore);
    const run = startRunner({ eventStore, readModels, projections });
    const position = await append({ stream: 'order-a', events: [placed] });
    await waitForProjection(readModels, 'orders', position, PATIENCE_MILLISECONDS);
    expect(await readModels.get('orders', 'a')).toBeDefined();
    await waitForProjection(readModels, 'orders', position, 0);
    await run.stop();
  });

  test('is given up where it does not come that far in time', async () => {
    const { eventStore, readModels } = stores();
    const position = await writer(eventStore).append({ stream: 'order-a', events: [placed] });
    const waiting = waitForProjection(readModels, 'orders', position, 30);
    await expect(waiting).rejects.toThrow(new ProjectionBehind('orders', position));
  });
});
