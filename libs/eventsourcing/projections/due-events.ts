import type { EventCatalogue } from '../catalogue.ts';
import type { RecordedEvent, StoredEvent } from '../event.ts';
import type { Projection } from './projection.ts';

/**
 * An event opened once for all projections, or the reason why it could not be. `name` is the type's name without its
 * version, known even then.
 */
export interface OpenedEvent {
  readonly stored: StoredEvent;
  readonly name: string;
  readonly event?: RecordedEvent;
  readonly error?: unknown;
}

/** An event that a projection handles, with the key of its document. */
export interface DueEvent {
  readonly opened: OpenedEvent;
  readonly key: string;
  readonly revision: number;
  /** Set where the event cannot be applied whatever the document is. */
  readonly error: unknown;
}

/** Opens a page of the log. An event that cannot be opened is kept with its error: it is for the projections to park. */
export function openPage(catalogue: EventCatalogue, page: readonly StoredEvent[]): OpenedEvent[] {
  return page.map((stored) => {
    try {
      const event = catalogue.open(stored);
      return { stored, name: event.type, event };
    } catch (error) {
      return { stored, name: stored.type.replace(/\.v\d+$/, ''), error };
    }
  });
}

/**
 * Makes the function that tells what of an event is due for a projection: undefined where it is none of the projection's.
 * One whose key cannot be told waits under its stream's name.
 */
export function dueEvents(projection: Projection): (opened: OpenedEvent) => DueEvent | undefined {
  const handled = new Set<string>(projection.handles);
  return (opened) => {
    if (!handled.has(opened.name)) return undefined;
    const { stream, revision } = opened.stored;
    // The key of an event that cannot be opened is asked of its envelope, which is enough where the stream is the key.
    const event = opened.event ?? ({ ...opened.stored, type: opened.name, data: {} } as unknown as RecordedEvent);
    try {
      const key = projection.key(event);
      if (opened.event) return key === undefined ? undefined : { opened, key, revision, error: undefined };
      return { opened, key: key ?? stream, revision, error: opened.error };
    } catch (error) {
      return { opened, key: stream, revision, error: opened.event ? error : opened.error };
    }
  };
}
