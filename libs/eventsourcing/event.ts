/** A place in the whole log. Opaque, but ordered as text; the empty text lies before every event. */
export type Position = string;

/** The position before the first event. */
export const BEGINNING: Position = '';

/** Who acts: an id, the role it acts in and, where somebody acts for somebody else, for whom. */
export interface Actor {
  readonly id: string;
  readonly role: string;
  readonly onBehalfOf?: string;
}

export type Source = 'page' | 'api' | 'import' | 'cli' | 'kafka' | 'automation' | 'sample';

/** What is known of every event beside its own data. */
export interface EventMetadata {
  readonly actor: Actor;
  readonly source: Source;
  /** Why, in the actor's words, where a reason was asked for or given. */
  readonly reason?: string;
  /** The command this event came from; all events of one command share it. */
  readonly commandId: string;
  /** SHA-256 of the command, so that the same command id with another content is recognised. */
  readonly commandFingerprint: string;
  readonly $correlationId: string;
  readonly $causationId: string;
}

/** A fact as a decider states it: a type and plain JSON data, no envelope. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

/** A fact with the business time it became true, which is what `evolve` folds. */
export type Happened<Event extends DomainEvent> = Event & { readonly occurredAt: string };

/** An event as it goes to the store: everything but the place in the log. Data and metadata are JSON text. */
export interface NewEvent {
  /** UUIDv5 of the command id and the event's index in the command: a repeated command repeats its ids. */
  readonly id: string;
  /** The stored type name with its version, `OpportunityOpened.v1`. */
  readonly type: string;
  /** Business time, UTC, ISO 8601 with milliseconds. */
  readonly occurredAt: string;
  /** When it was recorded, UTC, ISO 8601 with milliseconds. */
  readonly recordedAt: string;
  readonly data: string;
  readonly metadata: string;
  /** Hash of the stream's previous event; empty for the first. */
  readonly previousHash: string;
  /** SHA-256, in hexadecimal, over the previous hash and everything of this event but its position: see `hash-chain.ts`. */
  readonly hash: string;
}

/** An event as the store gives it back, exactly as it was appended, with its place. */
export interface StoredEvent extends NewEvent {
  readonly stream: string;
  /** 0 for the first event of the stream, without gaps. */
  readonly revision: number;
  readonly position: Position;
}

/**
 * A stored event opened by the catalogue: upcast to the current version of its type, parsed. `type` is the current
 * name without a version.
 */
export type RecordedEvent<Event extends DomainEvent = DomainEvent> = Happened<Event> & {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly recordedAt: string;
  readonly hash: string;
  readonly metadata: EventMetadata;
};
