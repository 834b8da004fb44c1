import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventCatalogue } from '../libs/composition/event-catalogue.ts';
import { projections } from '../libs/composition/projections.ts';
import { openStores } from '../libs/composition/stores.ts';
import type { StoredEvent } from '../libs/eventsourcing/event.ts';
import { chainVerifier } from '../libs/eventsourcing/hash-chain.ts';
import { openSqliteReadModelStore } from '../libs/eventsourcing/sqlite/sqlite-read-model-store.ts';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { contents, rebuiltContents, untilCaughtUp } from '../libs/eventsourcing/testing/projection-runs.ts';
import { startLoad, type Acknowledged } from './crash-load.ts';
import { crashingServer, type CrashingServer } from './crash-server.ts';

const KILLS = 50;
/** Commands answered between a start and the kill, at least. */
const SHORTEST_LIFE = 10;
/** Most milliseconds from then to the kill. */
const LONGEST_LIFE = 150;

describe('a server killed 50 times at random moments under load', () => {
  let directory: string;
  let server: CrashingServer;
  let acknowledged: readonly Acknowledged[];
  let log: readonly StoredEvent[];
  let live: unknown;
  let rebuilt: unknown;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'dealtrail-crash-'));
    server = crashingServer(directory);
    // Once gently, for the cache of compiled code is written at a proper end.
    await server.start();
    await server.end();

    const load = startLoad(server, 24);
    for (let kill = 0; kill < KILLS; kill++) {
      await server.start();
      for (let answers = 1; answers < SHORTEST_LIFE; answers++) await load.next();
      const { deal, position } = await load.next();
      // Every fifth time, once the projector writes: the kill then cuts off its commits.
      if (kill % 5 === 4) {
        const address = `${server.url}/api/v1/opportunities/${deal}?after=${position}`;
        await eventually(async () => (await fetch(address)).ok);
      }
      await wait(Math.random() * (kill % 5 === 4 ? 40 : LONGEST_LIFE));
      await server.kill();
    }
    await server.start();
    await load.stop();
    ({ acknowledged } = load);

    const stores = await openStores({ data: join(directory, 'data') });
    await untilCaughtUp(stores, projections);
    await server.end();
    log = await stores.eventStore.readAll('', 1_000_000);
    live = await contents(stores.readModels, projections);
    const scratch = openSqliteReadModelStore({ file: join(directory, 'scratch.db') });
    rebuilt = await rebuiltContents(stores.eventStore, scratch, projections, eventCatalogue);
    await scratch.close();
    await stores.close();
  }, 3_600_000);

  afterAll(async () => {
    await server.kill();
    await rm(directory, { recursive: true });
  });

  test('was hit in the middle of writes', () => {
    expect(acknowledged.filter(({ repeated }) => repeated).length).toBeGreaterThan(0);
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS * SHORTEST_LIFE);
  });

  test('has lost no acknowledged command and carried out none twice', () => {
    const recorded = log.filter(({ stream }) => stream.startsWith('opportunity-'));
    const found = recorded.map(({ stream, position, revision }) => `${position} ${stream} ${revision}`);
    const promised = acknowledged.map(({ deal, position, revision }) => `${position} opportunity-${deal} ${revision}`);
    expect(found).toEqual(promised.toSorted());
  });

  test('has a log without gaps whose hash chains hold', () => {
    expect(log.map(({ position }) => Number(position))).toEqual(log.map((_, index) => index + 1));
    const verifier = chainVerifier();
    expect(log.flatMap((event) => verifier.check(event))).toEqual([]);
  });

  test('has read models equal to a rebuild', () => {
    expect(live).toEqual(rebuilt);
  });
});
