import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openEventStoreDbEventStore } from '../libs/eventsourcing/eventstoredb/eventstoredb-event-store.ts';
import {
  cancelled,
  EventStoreDbDouble,
  unavailable,
} from '../libs/eventsourcing/eventstoredb/testing/eventstoredb-double.ts';
import { openSqliteReadModelStore } from '../libs/eventsourcing/sqlite/sqlite-read-model-store.ts';
import { writer } from '../libs/eventsourcing/testing/projection-histories.ts';
import { orderProjections, POISON } from '../libs/eventsourcing/testing/projection-orders.ts';
import {
  contents,
  rebuiltContents,
  startRunner,
  untilCaughtUp,
} from '../libs/eventsourcing/testing/projection-runs.ts';
import { eventually, PATIENCE_MILLISECONDS } from '../libs/eventsourcing/testing/eventually.ts';

const projections = orderProjections();

test('read models fed by an EventStoreDB whose subscription is dropped 100 times equal a rebuild', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'dealtrail-drops-'));
  const double = await EventStoreDbDouble.start();
  const pace = { firstDelay: 2, longestDelay: 40 };
  const eventStore = openEventStoreDbEventStore({
    url: double.url,
    deadline: PATIENCE_MILLISECONDS,
    attempts: 100,
    pace,
  });
  const readModels = openSqliteReadModelStore({ file: join(directory, 'read-models.db') });
  const scratch = openSqliteReadModelStore({ file: join(directory, 'scratch.db') });
  const run = startRunner({ eventStore, readModels, projections });
  const { append } = writer(eventStore);
  for (let drop = 0; drop < 100; drop++) {
    await eventually(() => double.openSubscriptions > 0);
    const line = (lineId: string, item: string) => ({ type: 'OrderLineAdded', data: { lineId, item, quantity: drop } });
    const events = [
      { type: 'OrderPlaced', data: { customer: `customer-${drop % 7}` } },
      line('1', 'tea'),
      ...(drop % 10 === 0 ? [line('2', POISON)] : []),
      { type: 'OrderShipped', data: {} },
    ];
    const appending = append({ stream: `order-${drop}`, events });
    if (drop % 2) await appending;
    double.dropSubscriptions([unavailable(), cancelled(), undefined][drop % 3]);
    await appending;
    if (drop % 25 === 24) {
      double.kill();
      await double.restart();
    }
  }
  await untilCaughtUp({ eventStore, readModels }, projections);
  await eventually(() => run.interruptions.length >= 100);
  await run.stop();
  const live = await contents(readModels, projections);
  expect(live['orders']).toHaveLength(100);
  expect(live['parked of orders']).toHaveLength(20);
  expect(live).toEqual(await rebuiltContents(eventStore, scratch, projections));
  await Promise.all([eventStore.close(), readModels.close(), scratch.close()]);
  double.kill();
  await rm(directory, { recursive: true });
});
