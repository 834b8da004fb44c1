import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreContract } from '../testing/event-store.contract.ts';
import { openSqliteEventStore } from './sqlite-event-store.ts';

eventStoreContract(
  'SQLite',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dealtrail-events-'));
    const file = join(folder, 'events.db');
    let store = await openSqliteEventStore({ file });
    return {
      store,
      async reopen() {
        await store.close();
        store = await openSqliteEventStore({ file });
        return store;
      },
      async destroy() {
        await store.close();
        await rm(folder, { recursive: true });
      },
    };
  },
  { refusesReusedIds: true },
);
