import { setTimeout } from 'node:timers/promises';
import eventStoreDb, { type EventStoreDBClient } from '@eventstore/db-client';
import { ConcurrencyConflict } from '../errors.ts';
import { BEGINNING, type NewEvent, type Position, type StoredEvent } from '../event.ts';
import type { Appended, EventStore, ExpectedRevision, SubscribeOptions } from '../event-store.ts';
import type { Pace } from './backing-off.ts';
import { persist } from './client-errors.ts';
import { credentialsOf } from './connection-string.ts';
import { eventToAppend, refuseTooLarge } from './event-envelope.ts';
import { isStated, logPosition, positionText } from './log-position.ts';
import { readBackwards, readHead, readPage, readStreamEvents } from './log-reading.ts';
import { followLog } from './log-subscription.ts';

export interface EventStoreDbOptions {
  /** The connection string, `esdb://user:password@host:2113` or `esdb+discover://…`. */
  readonly url: string;
  /** Milliseconds an append may take, and a server may say nothing within a read. 10,000 where not set. */
  readonly deadline?: number;
  /** How often an append or a read is tried before `StoreUnavailable`. 5 where not set. */
  readonly attempts?: number;
  /** Between attempts: 100 ms at first and 10 s at most, where not set. */
  readonly pace?: Pace;
  /** The server's append limit in bytes (`MaxAppendSize`), over all events of one append. 1 MiB where not set. */
  readonly appendLimit?: number;
}

/** Opens the adapter of `EventStore` on EventStoreDB. It connects with the first call. */
export function openEventStoreDbEventStore(options: EventStoreDbOptions): EventStore {
  return new EventStoreDbEventStore(options);
}

/**
 * `EventStore` on EventStoreDB, server version 24.10 or later, by @eventstore/db-client.
 *
 * **Appending.** A lost answer, a deadline passed, a lost connection: all leave open whether the events were written, so
 * the append is sent again with the same ids at the same revision, which the server recognises. After the last attempt
 * it throws `StoreUnavailable`; the events may then still be there, and the same append made later finds them.
 * The limit of 1 MiB holds for all events of one append together.
 *
 * **Event ids.** Unlike the embedded store it cannot promise that an id stands only once in the whole log: the server
 * compares ids with those at the same place of the same stream, and nowhere else.
 *
 * **Positions** are commit and prepare, so they have gaps; `ordinal` counts bytes of the log, system events included.
 *
 * **Texts and hashes.** The client parses and writes JSON, so data and metadata are stored as values and written again
 * by `JSON.stringify` when read; where that would change the text, the text is stored beside. Hence a hash over the
 * texts shows every change of a value, a name or an order made in the database, and does not show one that only
 * spells the same value differently there (blanks, escapes, `1.0` for `1`).
 *
 * **Reading.** System events, links and events without our envelope, from programs that share the database, are passed
 * over in the log; in a stream of ours such an event is an error. Streams and the head are read from the leader.
 *
 * **Connection.** TLS unless the URL says `tls=false`; then credentials are not sent at all. `tlsVerifyCert=false` has
 * no effect in this client: give `tlsCAFile` or NODE_EXTRA_CA_CERTS. Over TLS the URL must hold a user with rights to
 * read `$all` (`$admins`, or an ACL). Keep-alive pings go out after 10 s and wait 10 s (`keepAliveInterval`,
 * `keepAliveTimeout` in the URL), so a peer that vanished without a word is noticed within 20 s. The first append moves
 * the connection to the leader, whatever `nodePreference` says. Clocks need not agree: deadlines go out as durations.
 */
class EventStoreDbEventStore implements EventStore {
  readonly ordinalUnit = 'bytes';
  readonly #client: EventStoreDBClient;
  readonly #credentials: { readonly username: string; readonly password: string };
  readonly #deadline: number;
  readonly #attempts: number;
  readonly #pace: Pace;
  readonly #appendLimit: number;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();

  constructor({ url, deadline = 10_000, attempts = 5, pace, appendLimit = 1024 * 1024 }: EventStoreDbOptions) {
    this.#credentials = credentialsOf(url);
    this.#client = eventStoreDb.EventStoreDBClient.connectionString(url);
    this.#deadline = deadline;
    this.#attempts = attempts;
    this.#pace = pace ?? { firstDelay: 100, longestDelay: 10_000 };
    this.#appendLimit = appendLimit;
  }

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    return this.#finish(() => this.#append(stream, expected, events));
  }

  async #append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    if (events.length === 0) throw new RangeError(`An append to ${stream} without events.`);
    const proposed = events.map(eventToAppend);
    refuseTooLarge(proposed, this.#appendLimit);
    try {
      const { nextExpectedRevision, position } = await this.#persist(() =>
        this.#client.appendToStream(stream, proposed, {
          expectedRevision: expected === 'no_stream' ? expected : BigInt(expected),
          // Without credentials the client takes another call, BatchAppend, that may wait for an answer for ever.
          credentials: this.#credentials,
          deadline: this.#deadline,
          requiresLeader: true,
        }),
      );
      const revision = Number(nextExpectedRevision);
      return {
        revision,
        position: isStated(position) ? positionText(position) : await this.#positionAt(stream, revision),
      };
    } catch (error) {
      if (!(error instanceof eventStoreDb.WrongExpectedVersionError)) throw error;
      const actual = error.actualVersion;
      throw new ConcurrencyConflict(stream, expected, typeof actual === 'bigint' ? Number(actual) : 'no_stream');
    }
  }

  readStream(stream: string, fromRevision = 0): Promise<readonly StoredEvent[]> {
    return this.#finish(() =>
      this.#persist(() => readStreamEvents(this.#client, stream, fromRevision, this.#deadline)),
    );
  }

  readAll(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    const page = () => readPage(this.#client, after, limit, this.#deadline);
    return this.#finish(async () => (await this.#persist(page)).events);
  }

  readAllBackwards(before: Position | undefined, limit: number): Promise<readonly StoredEvent[]> {
    return this.#finish(() => this.#persist(() => readBackwards(this.#client, before, limit, this.#deadline)));
  }

  head(): Promise<Position> {
    return this.#finish(() => this.#persist(() => readHead(this.#client, this.#deadline)));
  }

  /** Interruptions are told and mended for ever, whatever their cause; ends also where the store is closed. */
  subscribe(after: Position, options: SubscribeOptions): AsyncIterable<readonly StoredEvent[]> {
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    return followLog(this.#client, after, { ...options, signal }, this.#deadline, this.#pace);
  }

  ordinal(position: Position): number {
    return position === BEGINNING ? 0 : Number(logPosition(position)!.commit);
  }

  /** The server checks its own files when it starts, and tells no client. */
  async examine(): Promise<readonly string[]> {
    return [];
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#underWay);
    await this.#client.dispose();
    // The client ends its calls only; its connection would stay open as long as the server holds it. Where there is
    // none it would look for a cluster first, which is not worth waiting for.
    const closed = this.#client['getChannel']().then((channel) => channel.close());
    await Promise.race([Promise.allSettled([closed]), setTimeout(1_000, undefined, { ref: false })]);
  }

  async #positionAt(stream: string, revision: number): Promise<Position> {
    const [event] = await this.#persist(() => readStreamEvents(this.#client, stream, revision, this.#deadline, 1));
    if (!event) throw new Error(`${stream}@${revision} was appended and is not there.`);
    return event.position;
  }

  #persist<T>(attempt: () => Promise<T>): Promise<T> {
    return persist(attempt, this.#attempts, this.#pace);
  }

  /** Keeps the connection until the call is done: one that is cut off there reads as complete. */
  async #finish<T>(call: () => Promise<T>): Promise<T> {
    if (this.#closing.signal.aborted) throw new Error('The event store is closed.');
    const underWay = call();
    this.#underWay.add(underWay);
    try {
      return await underWay;
    } finally {
      this.#underWay.delete(underWay);
    }
  }
}
