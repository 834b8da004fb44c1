import type { EventCatalogue } from '../eventsourcing/catalogue.ts';
import type { Actor, Position, RecordedEvent, StoredEvent } from '../eventsourcing/event.ts';

/** What is known of an event without a look at the others of its stream. */
export interface AuditRow {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  /** Current name; the stored one with its version where the event cannot be opened. */
  readonly type: string;
  /** When it was recorded, and when it became true. */
  readonly recordedAt: string;
  readonly occurredAt: string;
  /** Absent, with the rest of what the command said, where the event cannot be opened. */
  readonly actor?: Actor;
  readonly source?: string;
  readonly reason?: string;
  readonly commandId?: string;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly hash: string;
  /** Why the event cannot be opened. */
  readonly unreadable?: string;
}

/** A stored event, opened where that is possible. */
export interface ReadEvent {
  readonly event?: RecordedEvent;
  readonly unreadable?: string;
}

/** An event with its metadata looked at, or why either is not to be had. */
export function readEvent(catalogue: EventCatalogue, stored: StoredEvent): ReadEvent {
  try {
    const event = catalogue.open(stored);
    // Metadata is parsed when it is first looked at, so a fault in it shows here or nowhere.
    return typeof event.metadata === 'object' ? { event } : { unreadable: 'its metadata is no object' };
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}

export function auditRow(stored: StoredEvent, { event, unreadable }: ReadEvent): AuditRow {
  const { position, stream, revision, id, recordedAt, occurredAt, hash } = stored;
  const place = { position, stream, revision, id, type: event?.type ?? stored.type, recordedAt, occurredAt };
  if (!event) return { ...place, hash, ...(unreadable === undefined ? {} : { unreadable }) };
  const { actor, source, reason, commandId, $correlationId, $causationId } = event.metadata;
  return {
    ...place,
    actor,
    source,
    ...(reason === undefined ? {} : { reason }),
    commandId,
    correlationId: $correlationId,
    causationId: $causationId,
    hash,
  };
}
