import { mkdirSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';
import { EventTooLarge } from '../errors.ts';
import type { NewEvent, Position, StoredEvent } from '../event.ts';
import { EventStore, type Appended, type ExpectedRevision, type SubscribeOptions } from '../event-store.ts';
import { announceEvents, eventArrivals } from './event-arrivals.ts';
import { examineEvents } from './event-examination.ts';
import { parsePosition, positionOf } from './event-position.ts';
import { mayPass, openEventReader } from './event-schema.ts';
import { startEventWriter, type EventWriter } from './event-writer.ts';

/** Most bytes of an event's data and metadata together: what EventStoreDB takes as well. */
export const MOST_EVENT_BYTES = 1024 * 1024;

const LONGEST_PAUSE_MILLISECONDS = 5_000;

const COLUMNS = 'position, stream, revision, id, type, occurred_at, recorded_at, data, metadata, previous_hash, hash';

/**
 * Opens the log in a file, made with its folder where it is not there yet. Several processes may open the same file
 * and append to it; the disk must be a local one.
 */
export async function openSqliteEventStore({ file }: { readonly file: string }): Promise<SqliteEventStore> {
  mkdirSync(dirname(file), { recursive: true });
  const reader = openEventReader(file);
  return new SqliteEventStore(realpathSync(file), reader);
}

/**
 * The log in a SQLite file. Appends are committed by a thread of their own, as many in one transaction as wait; reads
 * run in the calling thread. Positions count events from 1 without gaps. An event id can stand in the log once: met in
 * another place it is refused with `CommandReused`.
 */
export class SqliteEventStore extends EventStore {
  override readonly ordinalUnit = 'events';
  readonly #file: string;
  readonly #reader: DatabaseSync;
  readonly #selectStream: StatementSync;
  readonly #selectAll: StatementSync;
  readonly #selectBackwards: StatementSync;
  readonly #selectLast: StatementSync;
  readonly #arrival: (signal: AbortSignal) => Promise<void>;
  readonly #closed = new AbortController();
  /** Started with the first append: whoever only reads needs no thread. */
  #writer: EventWriter | undefined;

  /** Use `openSqliteEventStore`. */
  constructor(file: string, reader: DatabaseSync) {
    super();
    this.#file = file;
    this.#reader = reader;
    this.#selectStream = reader.prepare(
      `SELECT ${COLUMNS} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision`,
    );
    this.#selectAll = reader.prepare(`SELECT ${COLUMNS} FROM events WHERE position > ? ORDER BY position LIMIT ?`);
    this.#selectBackwards = reader.prepare(
      `SELECT ${COLUMNS} FROM events WHERE position < ? ORDER BY position DESC LIMIT ?`,
    );
    this.#selectLast = reader.prepare('SELECT coalesce(max(position), 0) FROM events');
    const statements = [this.#selectStream, this.#selectAll, this.#selectBackwards, this.#selectLast];
    for (const statement of statements) statement.setReturnArrays(true);
    this.#arrival = eventArrivals(file, reader);
  }

  override async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    if (this.#closed.signal.aborted) throw new Error('The event store is closed.');
    if (events.length === 0) throw new RangeError('There is no event to append.');
    for (const event of events) refuseTooLarge(event);
    if (!this.#writer?.alive) this.#writer = this.#startWriter();
    return this.#writer.append(stream, expected, events);
  }

  override async readStream(stream: string, fromRevision = 0): Promise<readonly StoredEvent[]> {
    return (this.#selectStream.all(stream, fromRevision) as unknown as Row[]).map(storedEvent);
  }

  override async readAll(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    return (this.#selectAll.all(parsePosition(after), limit) as unknown as Row[]).map(storedEvent);
  }

  override async readAllBackwards(before: Position | undefined, limit: number): Promise<readonly StoredEvent[]> {
    const end = before === undefined ? Number.MAX_SAFE_INTEGER : parsePosition(before);
    return (this.#selectBackwards.all(end, limit) as unknown as Row[]).map(storedEvent);
  }

  override async head(): Promise<Position> {
    const [last] = this.#selectLast.get() as unknown as [number];
    return positionOf(last);
  }

  override async *subscribe(after: Position, options: SubscribeOptions): AsyncGenerator<readonly StoredEvent[]> {
    const signal = AbortSignal.any([options.signal, this.#closed.signal]);
    let last = after;
    let attempt = 0;
    while (!signal.aborted) {
      let page: readonly StoredEvent[];
      try {
        page = await this.readAll(last, options.pageSize);
        attempt = 0;
      } catch (error) {
        if (!mayPass(error)) throw error;
        attempt += 1;
        options.onInterruption?.(error, attempt);
        await pauseUnlessAborted(Math.min(100 * 2 ** attempt, LONGEST_PAUSE_MILLISECONDS), signal);
        continue;
      }
      const end = page.at(-1);
      if (end) {
        yield page;
        last = end.position;
        // Reading does not wait for anything, so without this a long catch-up would let nothing else run.
        await breathe();
      } else {
        await this.#arrival(signal);
      }
    }
  }

  override ordinal(position: Position): number {
    return parsePosition(position);
  }

  override async examine(): Promise<readonly string[]> {
    return examineEvents(this.#reader);
  }

  /** Also ends subscriptions, as their signals would. */
  override async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    this.#reader.close();
    await this.#writer?.close();
  }

  #startWriter(): EventWriter {
    return startEventWriter(this.#file, () => announceEvents(this.#file));
  }
}

type Row = [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  occurredAt: string,
  recordedAt: string,
  data: string,
  metadata: string,
  previousHash: string,
  hash: string,
];

function storedEvent(row: Row): StoredEvent {
  return {
    id: row[3],
    type: row[4],
    occurredAt: row[5],
    recordedAt: row[6],
    data: row[7],
    metadata: row[8],
    previousHash: row[9],
    hash: row[10],
    stream: row[1],
    revision: row[2],
    position: positionOf(row[0]),
  };
}

function refuseTooLarge({ type, data, metadata }: NewEvent): void {
  // A character is at most three bytes for each of its code units, so most events need no counting.
  if ((data.length + metadata.length) * 3 <= MOST_EVENT_BYTES) return;
  const bytes = Buffer.byteLength(data) + Buffer.byteLength(metadata);
  if (bytes > MOST_EVENT_BYTES) throw new EventTooLarge(type, bytes, MOST_EVENT_BYTES);
}

async function pauseUnlessAborted(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
