import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '../eventsourcing/event-store.ts';
import type { ReadModelStore } from '../eventsourcing/read-model-store.ts';

const EVENTS = 'events.db';

/** Which stores to open. */
export interface StoreLocations {
  /** EventStoreDB; unset: `events.db` in `data`. */
  readonly eventStoreUrl?: string;
  /** MongoDB; unset: `read-models.db` in `data`. */
  readonly mongodbUrl?: string;
  /** The directory of the embedded stores, made where it is not there yet. */
  readonly data: string;
}

/** Open stores, and one way to close them. */
export interface Stores {
  readonly eventStore: EventStore;
  readonly readModels: ReadModelStore;
  close(): Promise<void>;
}

/** Whether there is a log at these locations; one on a server counts as there, because it answers for itself. */
export function hasEventStore({ eventStoreUrl, data }: StoreLocations): boolean {
  return eventStoreUrl !== undefined || existsSync(join(data, EVENTS));
}

/** Opens both stores, each embedded or remote by itself. Clients of servers that are not used are not loaded. */
export async function openStores(locations: StoreLocations): Promise<Stores> {
  const eventStore = await openEventStore(locations);
  try {
    const readModels = await openReadModels(locations);
    return {
      eventStore,
      readModels,
      async close() {
        await Promise.all([eventStore.close(), readModels.close()]);
      },
    };
  } catch (error) {
    await eventStore.close();
    throw error;
  }
}

async function openEventStore({ eventStoreUrl, data }: StoreLocations): Promise<EventStore> {
  if (eventStoreUrl !== undefined) {
    const { openEventStoreDbEventStore } = await import('../eventsourcing/eventstoredb/eventstoredb-event-store.ts');
    return openEventStoreDbEventStore({ url: eventStoreUrl });
  }
  const { openSqliteEventStore } = await import('../eventsourcing/sqlite/sqlite-event-store.ts');
  return openSqliteEventStore({ file: join(data, EVENTS) });
}

/** Opens the store of the read models alone. */
export async function openReadModels({ mongodbUrl, data }: StoreLocations): Promise<ReadModelStore> {
  if (mongodbUrl !== undefined) {
    const { openMongoDbReadModelStore } = await import('../eventsourcing/mongodb/mongodb-read-model-store.ts');
    return openMongoDbReadModelStore({ url: mongodbUrl });
  }
  const { openSqliteReadModelStore } = await import('../eventsourcing/sqlite/sqlite-read-model-store.ts');
  return openSqliteReadModelStore({ file: join(data, 'read-models.db') });
}
