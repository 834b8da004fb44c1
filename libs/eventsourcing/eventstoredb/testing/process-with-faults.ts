/**
 * A whole process: server double and adapter, faults of every kind, then nothing more. It must end by itself, without
 * an open handle, an unhandled rejection or a word on stderr.
 */
import { BEGINNING } from '../../event.ts';
import { newEvents } from '../../testing/new-events.ts';
import { openEventStoreDbEventStore } from '../eventstoredb-event-store.ts';
import { EventStoreDbDouble, unavailable } from './eventstoredb-double.ts';
import { follow } from './follow.ts';

const double = await EventStoreDbDouble.start();
const store = openEventStoreDbEventStore({
  url: double.url,
  deadline: 200,
  attempts: 50,
  pace: { firstDelay: 2, longestDelay: 20 },
});
const ended = new AbortController();
const subscription = follow(store, { signal: ended.signal, pageSize: 5 });
for (let round = 0; round < 20; round++) {
  if (round % 5 === 0) double.onNextAppends({ kind: 'lose the answer', by: 'silence' });
  if (round % 5 === 1) double.onNextAppends({ kind: 'lose the answer', by: 'a broken call' });
  if (round % 5 === 2) double.onNextReads({ kind: 'say nothing' });
  const appending = store.append(`deal-${round}`, 'no_stream', newEvents(2));
  if (round % 5 === 3) double.dropSubscriptions(unavailable());
  if (round % 5 === 4) {
    double.kill();
    await double.restart();
  }
  await appending;
}
await subscription.until(40);
ended.abort();
await subscription.finished;
const log = await store.readAll(BEGINNING, 100);
await store.close();
double.kill();
process.stdout.write(`${log.length} events\n`);
