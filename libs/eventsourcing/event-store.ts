import type { NewEvent, Position, StoredEvent } from './event.ts';

/** The revision a stream must be at for an append to be accepted. */
export type ExpectedRevision = number | 'no_stream';

export interface Appended {
  /** Revision of the last event appended. */
  readonly revision: number;
  /** Position of the last event appended. */
  readonly position: Position;
}

export interface SubscribeOptions {
  /** Ends the subscription: the iteration then finishes without an error. */
  readonly signal: AbortSignal;
  /** Most events of one page. */
  readonly pageSize: number;
  /** Told of every lost connection and failed attempt, with the number of the attempt. */
  readonly onInterruption?: (error: unknown, attempt: number) => void;
}

/** Where events are kept. One contract suite, `testing/event-store.contract.ts`, says all of this in tests. */
export abstract class EventStore {
  /** What `ordinal` counts. */
  abstract readonly ordinalUnit: 'events' | 'bytes';

  /**
   * Appends events to one stream, all or none; resolved means durable.
   * Throws `ConcurrencyConflict` where the stream is not at the expected revision, `EventTooLarge` before anything is
   * sent. Appending the same ids at the same expected revision again is a success that answers as the first time did.
   */
  abstract append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;

  /** The events of a stream in order, from a revision (inclusive) on; none for a stream that does not exist. */
  abstract readStream(stream: string, fromRevision?: number): Promise<readonly StoredEvent[]>;

  /** Up to `limit` events after a position (exclusive), in the order of the log; fewer only at its end. */
  abstract readAll(after: Position, limit: number): Promise<readonly StoredEvent[]>;

  /** Up to `limit` events before a position (exclusive), or from the end, the last first; fewer only at the beginning. */
  abstract readAllBackwards(before: Position | undefined, limit: number): Promise<readonly StoredEvent[]>;

  /** The position of the last event; `BEGINNING` where there is none. */
  abstract head(): Promise<Position>;

  /**
   * Every event after a position, in order, each once, in pages, for ever: first those already there, then new ones
   * as they come. A page is never empty. A lost connection is mended from the last page handed out, with backing off.
   */
  abstract subscribe(after: Position, options: SubscribeOptions): AsyncIterable<readonly StoredEvent[]>;

  /** How far into the log a position lies, for lag and progress: 0 at the beginning, growing with the log. */
  abstract ordinal(position: Position): number;

  /**
   * What the engine finds wrong with its own files beyond what reading the events shows, such as broken indexes or rows
   * that no reader meets; nothing where it keeps that to itself. Reads everything, so it takes its time.
   */
  async examine(): Promise<readonly string[]> {
    return [];
  }

  /** Frees files, connections and threads. Appends under way are finished first. */
  abstract close(): Promise<void>;
}
