import { eventStoreContract } from '../testing/event-store.contract.ts';
import { openEventStoreDbEventStore } from './eventstoredb-event-store.ts';
import { EventStoreDbDouble } from './testing/eventstoredb-double.ts';

eventStoreContract('EventStoreDB', async () => {
  const double = await EventStoreDbDouble.start();
  let store = openEventStoreDbEventStore({ url: double.url });
  return {
    store,
    async reopen() {
      await store.close();
      store = openEventStoreDbEventStore({ url: double.url });
      return store;
    },
    async destroy() {
      await store.close();
      double.kill();
    },
  };
});
