import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { expect, test } from '@jest/globals';
import { LeaseLost } from '../errors.ts';
import { eventually } from '../testing/eventually.ts';
import { takeLease } from './projection-lease.ts';
import { projectionStatuses } from './projection-status.ts';
import type { ReadModelStore } from '../read-model-store.ts';
import { writer } from '../testing/projection-histories.ts';
import { orderProjections, type Order } from '../testing/projection-orders.ts';
import {
  contents,
  decorated,
  rebuiltContents,
  startRunner,
  untilCaughtUp,
  type RunnerSettings,
} from '../testing/projection-runs.ts';
import { describeOnStores } from '../testing/projection-stores.ts';

const placed = (customer: string) => ({ type: 'OrderPlaced', data: { customer } });
const shipped = { type: 'OrderShipped', data: {} };
const projections = orderProjections();

describeOnStores('runners that share stores', (stores) => {
  async function leaders(): Promise<readonly (readonly [string | undefined, string])[]> {
    const { eventStore, readModels } = stores();
    const statuses = await projectionStatuses(projections, eventStore, readModels, Date.now());
    return statuses.map(({ owner, standby }) => [owner, standby.join()] as const);
  }

  async function start(owner: string, settings: Partial<RunnerSettings> = {}) {
    const readModels = settings.readModels ?? (await stores().reopen());
    return startRunner({ eventStore: stores().eventStore, projections, owner, ...settings, readModels });
  }

  const ledBy = (owner: string, standby: string) =>
    eventually(async () => {
      const found = await leaders();
      return found.every(([leader, waiting]) => leader === owner && waiting === standby);
    });

  test('lead each projection in one place, the other says that it waits, and takes over when the first stops', async () => {
    const { append } = writer(stores().eventStore);
    await append({ stream: 'order-a', events: [placed('ann')] });
    // So long that no pause of a busy machine makes the first lose them; giving them back is what is looked at here.
    const leases = { leaseMilliseconds: 60_000 };
    const one = await start('one', leases);
    await ledBy('one', '');
    const two = await start('two', leases);
    await ledBy('one', 'two');
    await append({ stream: 'order-b', events: [placed('ann')] });
    await untilCaughtUp(stores(), projections);
    await one.stop();
    const position = await append({ stream: 'order-b', events: [shipped] });
    await untilCaughtUp(stores(), projections);
    expect(await stores().readModels.servingCheckpoint('orders')).toBe(position);
    await eventually(async () =>
      (await stores().readModels.reports()).some(({ owner, state }) => owner === 'two' && state === 'running'),
    );
    await two.stop();
    expect([...one.interruptions, ...two.interruptions]).toEqual([]);
  });

  test('never write at the same time, however often they contend', async () => {
    const writing = new Map<string, string>();
    const overlaps: string[] = [];
    async function watched(owner: string): Promise<ReadModelStore> {
      const store = await stores().reopen();
      return decorated(store, {
        async commit(batch) {
          const held = writing.get(batch.lease.name);
          await store.commit(batch);
          if (held !== undefined && held !== owner && batch.lease.token < tokens.get(batch.lease.name)!)
            overlaps.push(`${owner} wrote after ${held}`);
          writing.set(batch.lease.name, owner);
          tokens.set(batch.lease.name, Math.max(tokens.get(batch.lease.name) ?? 0, batch.lease.token));
        },
      });
    }
    const tokens = new Map<string, number>();
    const { append } = writer(stores().eventStore);
    let running = [
      await start('one', { readModels: await watched('one') }),
      await start('two', { readModels: await watched('two') }),
    ];
    for (let round = 0; round < 6; round++) {
      for (let order = 0; order < 10; order++)
        await append({ stream: `order-${round}-${order}`, events: [placed(`c${order % 3}`), shipped] });
      await running[0]!.stop();
      const owner = `late-${round}`;
      running = [running[1]!, await start(owner, { readModels: await watched(owner) })];
    }
    await untilCaughtUp(stores(), projections);
    await Promise.all(running.map((run) => run.stop()));
    expect(overlaps).toEqual([]);
    const { eventStore, readModels, scratch } = stores();
    expect(await contents(readModels, projections)).toEqual(
      await rebuiltContents(eventStore, await scratch(), projections),
    );
  });

  test('refuse the write of one that was held up past its lease, and nothing of it is seen', async () => {
    const { append } = writer(stores().eventStore);
    await append({ stream: 'order-a', events: [placed('ann')] });
    const store = await stores().reopen();
    const outcomes: unknown[] = [];
    let asleep: Promise<void> | undefined;
    const reached = Promise.withResolvers<void>();
    const awake = Promise.withResolvers<void>();
    const sleepy = decorated(store, {
      async commit(batch) {
        if (asleep && batch.lease.name === 'projection:orders') {
          reached.resolve();
          await asleep;
          return store.commit(batch).then(
            () => void outcomes.push('written'),
            (error: unknown) => {
              outcomes.push(error);
              throw error;
            },
          );
        }
        await store.commit(batch);
      },
    });
    const zombie = await start('zombie', { readModels: sleepy });
    await ledBy('zombie', '');
    await untilCaughtUp(stores(), projections);
    asleep = awake.promise;
    await append({ stream: 'order-a', events: [shipped] });
    await reached.promise;
    const other = await start('other');
    await untilCaughtUp(stores(), projections);
    await append({ stream: 'order-b', events: [placed('bob')] });
    await untilCaughtUp(stores(), projections);
    const before = await contents(stores().readModels, projections);
    asleep = undefined;
    awake.resolve();
    await eventually(() => outcomes.length > 0);
    expect(outcomes).toEqual([expect.any(LeaseLost)]);
    expect(await contents(stores().readModels, projections)).toEqual(before);
    expect(await stores().readModels.get<Order>('orders', 'a')).toMatchObject({ shipped: true });
    // The other, unless a pause made it lose its leases in turn.
    await eventually(async () => (await leaders()).every((places) => places.toSorted().join() === 'other,zombie'));
    await Promise.all([zombie.stop(), other.stop()]);
  });

  test('take over from one that was killed when its leases expire', async () => {
    const { append } = writer(stores().eventStore);
    await append({ stream: 'order-a', events: [placed('ann')] });
    const { readModels } = stores();
    const renew = async (milliseconds: number) => {
      for (const { name } of projections) await readModels.acquireLease(`projection:${name}`, 'dead', milliseconds);
    };
    await renew(60_000);
    const heir = await start('heir');
    await eventually(async () =>
      (await readModels.reports()).some(
        ({ owner, state, lastError }) => owner === 'heir' && state === 'waiting' && lastError === 'led by dead',
      ),
    );
    await renew(1);
    await untilCaughtUp(stores(), projections);
    await heir.stop();
  });

  test('take over at once from a process of this host that has ended', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const { append } = writer(stores().eventStore);
    await append({ stream: 'order-a', events: [placed('ann')] });
    const { readModels } = stores();
    for (const { name } of projections)
      for (const lease of [`projection:${name}`, `rebuild:${name}`])
        await readModels.acquireLease(lease, `${hostname()}:${pid}`, 600_000);
    await readModels.acquireLease('projection:other', `${hostname()}:${process.pid}`, 600_000);
    const heir = await start('heir');
    await untilCaughtUp(stores(), projections);
    await heir.stop();
    const alive = await takeLease(readModels, 'projection:other', 'heir', 1_000);
    expect(alive).toEqual({ heldBy: `${hostname()}:${process.pid}` });
  });
});
