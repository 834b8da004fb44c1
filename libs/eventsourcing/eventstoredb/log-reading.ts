import eventStoreDb, { type EventStoreDBClient } from '@eventstore/db-client';
import { BEGINNING, type Position, type StoredEvent } from '../event.ts';
import { arrivals } from './arrivals.ts';
import { positionOf, storedEvent } from './event-envelope.ts';
import { logPosition } from './log-position.ts';

const BUFFERED = 256;
const BUFFER = { highWaterMark: BUFFERED };

export interface LogPage {
  /** Ours only; may be none. */
  readonly events: readonly StoredEvent[];
  /** The position of the last place looked at, ours or not. */
  readonly last: Position;
}

/**
 * Up to `limit` of our events after a position (exclusive); fewer only where the log ends or the signal ends the
 * reading. One attempt.
 */
export async function readPage(
  client: EventStoreDBClient,
  after: Position,
  limit: number,
  patience: number,
  signal?: AbortSignal,
): Promise<LogPage> {
  const events: StoredEvent[] = [];
  let last = after;
  for (let atEnd = false; events.length < limit && !atEnd && !signal?.aborted;) {
    // Reads of `$all` know no filter, so some of what comes is not ours. They are inclusive: one more, as the first is
    // the one known already.
    const maxCount = Math.max(limit - events.length, BUFFERED / 4) + 1;
    const call = client.readAll({ fromPosition: logPosition(last) ?? eventStoreDb.START, maxCount }, BUFFER);
    let seen = 0;
    for await (const batch of arrivals(call, { most: BUFFERED, patience, ...(signal && { signal }) })) {
      seen += batch.length;
      for (const resolved of batch) {
        const position = positionOf(resolved);
        if (position === undefined || position <= last || events.length === limit) continue;
        const event = storedEvent(resolved);
        if (event) events.push(event);
        last = position;
      }
    }
    atEnd = seen < maxCount;
  }
  return { events, last };
}

/** Up to `limit` of our events before a position (exclusive) or from the end, the last first. One attempt. */
export async function readBackwards(
  client: EventStoreDBClient,
  before: Position | undefined,
  limit: number,
  patience: number,
): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  if (before === BEGINNING) return events;
  let first = before;
  for (let atBeginning = false; events.length < limit && !atBeginning;) {
    const maxCount = Math.max(limit - events.length, BUFFERED / 4) + 1;
    const fromPosition = (first === undefined ? undefined : logPosition(first)) ?? eventStoreDb.END;
    const options = { direction: eventStoreDb.BACKWARDS, fromPosition, maxCount, requiresLeader: true } as const;
    let seen = 0;
    for await (const batch of arrivals(client.readAll(options, BUFFER), { most: BUFFERED, patience })) {
      seen += batch.length;
      for (const resolved of batch) {
        const position = positionOf(resolved);
        // Whether the place a backward read begins at is among what it gives differs between servers.
        if (position === undefined || (first !== undefined && position >= first) || events.length === limit) continue;
        const event = storedEvent(resolved);
        if (event) events.push(event);
        first = position;
      }
    }
    atBeginning = seen < maxCount;
  }
  return events;
}

/** The position of our last event. One attempt. */
export async function readHead(client: EventStoreDBClient, patience: number): Promise<Position> {
  const call = client.readAll({
    direction: eventStoreDb.BACKWARDS,
    fromPosition: eventStoreDb.END,
    requiresLeader: true,
  });
  for await (const batch of arrivals(call, { most: BUFFERED, patience })) {
    const last = batch.map(storedEvent).find((event) => event !== undefined);
    if (last) return last.position;
  }
  return BEGINNING;
}

/** Events of a stream from a revision (inclusive) on, of the leader: another node may not have them yet. One attempt. */
export async function readStreamEvents(
  client: EventStoreDBClient,
  stream: string,
  fromRevision: number,
  patience: number,
  maxCount = Number.MAX_SAFE_INTEGER,
): Promise<readonly StoredEvent[]> {
  const call = client.readStream(
    stream,
    { fromRevision: BigInt(fromRevision), maxCount, requiresLeader: true },
    BUFFER,
  );
  const events: StoredEvent[] = [];
  try {
    for await (const batch of arrivals(call, { most: BUFFERED, patience })) {
      for (const resolved of batch) {
        const event = storedEvent(resolved);
        if (!event) throw new Error(`${stream} holds an event that another program wrote: ${resolved.event?.id}.`);
        events.push(event);
      }
    }
  } catch (error) {
    if (error instanceof eventStoreDb.StreamNotFoundError) return [];
    throw error;
  }
  return events;
}
