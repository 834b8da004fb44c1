import { EventUnknown, type EventCatalogue } from '../../libs/eventsourcing/catalogue.ts';
import type { Position, StoredEvent } from '../../libs/eventsourcing/event.ts';
import type { EventStore } from '../../libs/eventsourcing/event-store.ts';

/** What a listener is told of an event; who may read the content asks for it. */
export interface LiveEvent {
  readonly stream: string;
  readonly type: string;
  readonly position: Position;
  readonly occurredAt: string;
}

const PAGE = 500;
/** Events kept for a listener that reads slower than they come; one that falls further behind is let go. */
const MOST_WAITING = 20_000;

interface Listener {
  readonly waiting: StoredEvent[];
  wake(): void;
}

interface Following {
  readonly ending: AbortController;
  /** Resolved once it is settled from where on events arrive. */
  readonly begun: Promise<void>;
}

/**
 * New events for any number of listeners from one subscription, which runs only while somebody listens. A listener
 * that names the last event it knows gets every later one, each once, in order.
 */
export class LiveEvents {
  readonly #eventStore: EventStore;
  readonly #catalogue: EventCatalogue;
  readonly #onError: (error: unknown) => void;
  readonly #listeners = new Set<Listener>();
  readonly #closing = new AbortController();
  #following: Following | undefined;

  constructor(eventStore: EventStore, catalogue: EventCatalogue, onError: (error: unknown) => void) {
    this.#eventStore = eventStore;
    this.#catalogue = catalogue;
    this.#onError = onError;
  }

  /** Pages of events after a position, or from now on; ends with the signal, with `close`, or where the listener is too slow. */
  async *after(last: Position | undefined, signal: AbortSignal): AsyncGenerator<readonly LiveEvent[]> {
    const ending = AbortSignal.any([signal, this.#closing.signal]);
    let wake = (): void => undefined;
    const listener: Listener = { waiting: [], wake: () => wake() };
    const onEnd = (): void => wake();
    ending.addEventListener('abort', onEnd);
    const head = await this.#eventStore.head();
    // A position beyond the log belongs to another log, such as one that was there before this one was restored.
    let position = last !== undefined && last < head ? last : head;
    // From here on nothing escapes: what is not in the log read below arrives with the subscription.
    this.#listeners.add(listener);
    try {
      await this.#follow();
      while (!ending.aborted) {
        const missed = await this.#eventStore.readAll(position, PAGE);
        if (missed.length === 0) break;
        position = missed.at(-1)!.position;
        yield this.#opened(missed);
      }
      while (!ending.aborted) {
        const page = listener.waiting.splice(0).filter((event) => event.position > position);
        if (page.length > 0) {
          position = page.at(-1)!.position;
          yield this.#opened(page);
        } else if (this.#listeners.has(listener)) {
          await new Promise<void>((resolve) => {
            wake = resolve;
            if (ending.aborted || listener.waiting.length > 0 || !this.#listeners.has(listener)) resolve();
          });
        } else {
          return;
        }
      }
    } finally {
      ending.removeEventListener('abort', onEnd);
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#following?.ending.abort();
    }
  }

  /** Ends every listening. */
  close(): void {
    this.#closing.abort();
    this.#following?.ending.abort();
  }

  #follow(): Promise<void> {
    if (this.#following && !this.#following.ending.signal.aborted) return this.#following.begun;
    const ending = new AbortController();
    const head = this.#eventStore.head();
    const following: Following = { ending, begun: head.then(() => undefined) };
    this.#following = following;
    void this.#pump(head, following).catch(this.#onError);
    return following.begun;
  }

  async #pump(head: Promise<Position>, following: Following): Promise<void> {
    const { signal } = following.ending;
    try {
      for await (const page of this.#eventStore.subscribe(await head, { signal, pageSize: PAGE })) {
        for (const listener of this.#listeners) {
          listener.waiting.push(...page);
          // Its connection ends; it comes back with the last id it saw and reads on from there.
          if (listener.waiting.length > MOST_WAITING) this.#listeners.delete(listener);
          listener.wake();
        }
      }
    } finally {
      following.ending.abort();
      if (this.#following === following) {
        const left = [...this.#listeners];
        this.#listeners.clear();
        for (const listener of left) listener.wake();
      }
    }
  }

  #opened(page: readonly StoredEvent[]): LiveEvent[] {
    return page.map((stored) => {
      const { stream, position, occurredAt } = stored;
      return { stream, type: this.#nameOf(stored), position, occurredAt };
    });
  }

  #nameOf(stored: StoredEvent): string {
    try {
      return this.#catalogue.open(stored).type;
    } catch (error) {
      // An event of a newer version of the program: its stored name is all that is known here.
      if (error instanceof EventUnknown) return stored.type;
      throw error;
    }
  }
}
