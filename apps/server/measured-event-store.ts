import {
  EventStore,
  type Appended,
  type ExpectedRevision,
  type SubscribeOptions,
} from '../../libs/eventsourcing/event-store.ts';
import type { NewEvent, Position, StoredEvent } from '../../libs/eventsourcing/event.ts';

/** An event store whose successful appends are counted and timed. */
export class MeasuredEventStore extends EventStore {
  override readonly ordinalUnit: 'events' | 'bytes';
  readonly #store: EventStore;
  readonly #appended: (events: number, seconds: number) => void;

  constructor(store: EventStore, appended: (events: number, seconds: number) => void) {
    super();
    this.#store = store;
    this.#appended = appended;
    this.ordinalUnit = store.ordinalUnit;
  }

  override async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    const startedAt = performance.now();
    const appended = await this.#store.append(stream, expected, events);
    this.#appended(events.length, (performance.now() - startedAt) / 1_000);
    return appended;
  }

  override readStream(stream: string, fromRevision?: number): Promise<readonly StoredEvent[]> {
    return this.#store.readStream(stream, fromRevision);
  }

  override readAll(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    return this.#store.readAll(after, limit);
  }

  override readAllBackwards(before: Position | undefined, limit: number): Promise<readonly StoredEvent[]> {
    return this.#store.readAllBackwards(before, limit);
  }

  override head(): Promise<Position> {
    return this.#store.head();
  }

  override subscribe(after: Position, options: SubscribeOptions): AsyncIterable<readonly StoredEvent[]> {
    return this.#store.subscribe(after, options);
  }

  override ordinal(position: Position): number {
    return this.#store.ordinal(position);
  }

  override close(): Promise<void> {
    return this.#store.close();
  }
}
