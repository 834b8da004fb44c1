import eventStoreDb, { type EventStoreDBClient } from '@eventstore/db-client';
import type { Position, StoredEvent } from '../event.ts';
import type { SubscribeOptions } from '../event-store.ts';
import { arrivals } from './arrivals.ts';
import { backOff, type Pace } from './backing-off.ts';
import { ServerSilent } from './client-errors.ts';
import { positionOf, storedEvent } from './event-envelope.ts';
import { logPosition, positionText } from './log-position.ts';
import { readPage } from './log-reading.ts';

// A checkpoint for each 256 events considered: the window is of 32.
const CHECKPOINT_INTERVAL = 8;

/** How far a reader has come. */
interface Progress {
  /** The last place handed out or passed over. */
  seen: Position;
  /** The last checkpoint that came when everything before it had been taken. */
  checkpoint: Position;
  failures: number;
}

/**
 * Our events after a position, in pages, for ever: pages read until the end of the log is reached, then a subscription
 * from there. Whatever fails is told, and both begin again behind the last place handed out. Being caught up is taken
 * from the read that finds nothing more, never from a notice of the server.
 */
export async function* followLog(
  client: EventStoreDBClient,
  after: Position,
  { signal, pageSize, onInterruption }: SubscribeOptions,
  patience: number,
  pace: Pace,
): AsyncGenerator<readonly StoredEvent[]> {
  const progress: Progress = { seen: after, checkpoint: after, failures: 0 };
  while (!signal.aborted) {
    const began = performance.now();
    if (progress.checkpoint > progress.seen) progress.seen = progress.checkpoint;
    try {
      for (;;) {
        const { events, last } = await readPage(client, progress.seen, pageSize, patience, signal);
        if (signal.aborted) return;
        progress.seen = last;
        if (events.length > 0) {
          progress.failures = 0;
          yield events;
        }
        if (signal.aborted) return;
        if (events.length < pageSize) break;
      }
      yield* liveEvents(client, progress, pageSize, patience, signal);
      if (!signal.aborted) throw new Error('EventStoreDB ended the subscription.');
    } catch (error) {
      if (signal.aborted) return;
      // One that held for long did not fail for the same reason again.
      if (performance.now() - began > pace.longestDelay) progress.failures = 0;
      progress.failures++;
      onInterruption?.(error, progress.failures);
      await backOff(progress.failures, pace, signal);
    }
  }
}

async function* liveEvents(
  client: EventStoreDBClient,
  progress: Progress,
  pageSize: number,
  patience: number,
  signal: AbortSignal,
): AsyncGenerator<readonly StoredEvent[]> {
  const filter = eventStoreDb.excludeSystemEvents({
    checkpointInterval: CHECKPOINT_INTERVAL,
    // It runs when the checkpoint comes in, which may be long before the events ahead of it are taken; only with none
    // of them waiting does it say something. It must not throw: the subscription would stand still for good.
    checkpointReached: (subscription, position) => {
      if (subscription.readableLength > 0) return;
      progress.checkpoint = positionText(position);
    },
  });
  const call = client.subscribeToAll(
    { fromPosition: logPosition(progress.seen) ?? eventStoreDb.START, filter },
    { highWaterMark: pageSize },
  );
  const unconfirmed = setTimeout(() => call.destroy(new ServerSilent(patience)), patience);
  call.once('confirmation', () => clearTimeout(unconfirmed));
  try {
    for await (const batch of arrivals(call, { most: pageSize, signal })) {
      const page: StoredEvent[] = [];
      for (const resolved of batch) {
        const position = positionOf(resolved);
        if (position === undefined || position <= progress.seen) continue;
        const event = storedEvent(resolved);
        if (event) page.push(event);
        progress.seen = position;
      }
      if (page.length === 0) continue;
      progress.failures = 0;
      yield page;
    }
  } finally {
    clearTimeout(unconfirmed);
  }
}
