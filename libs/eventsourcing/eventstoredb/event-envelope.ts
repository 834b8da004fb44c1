import eventStoreDb, { type AllStreamResolvedEvent, type JSONType, type ResolvedEvent } from '@eventstore/db-client';
import { EventTooLarge } from '../errors.ts';
import type { NewEvent, Position, StoredEvent } from '../event.ts';
import { isStated, positionText } from './log-position.ts';

/** What the client hands out for one place of the log: an event, or a link with the event it leads to, if any. */
export type Resolved = ResolvedEvent | AllStreamResolvedEvent;

/** The fields of an event that EventStoreDB has no place for. They travel within the metadata. */
interface Envelope {
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly previousHash: string;
  readonly hash: string;
  /** The text itself, only where writing the parsed value again would not give the same text. */
  readonly dataText?: string;
  readonly metadataText?: string;
}

/**
 * An event as the client takes it. The client writes JSON itself, so the texts are parsed here and come back as
 * `JSON.stringify` writes them. A text that would come back different is kept beside its value and given back from
 * there; the value is then for those who look into the database.
 */
export function eventToAppend(event: NewEvent) {
  const data = JSON.parse(event.data) as JSONType;
  const envelope: Envelope = {
    occurredAt: event.occurredAt,
    recordedAt: event.recordedAt,
    previousHash: event.previousHash,
    hash: event.hash,
    ...(JSON.stringify(data) === event.data ? {} : { dataText: event.data }),
  };
  const given: unknown = JSON.parse(event.metadata);
  const metadata = { ...(isObject(given) ? given : {}), ...envelope };
  const exact = metadataTextOf(metadata) === event.metadata;
  return eventStoreDb.jsonEvent({
    id: event.id,
    type: event.type,
    data,
    metadata: exact ? metadata : { ...metadata, metadataText: event.metadata },
  });
}

/** Refuses an append the server would answer with an error that does not say why: the limit is one for the whole. */
export function refuseTooLarge(events: readonly ReturnType<typeof eventToAppend>[], limit: number): void {
  const sizes = events.map(
    ({ type, data, metadata }) =>
      2 * type.length + Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata)),
  );
  const sum = sizes.reduce((total, size) => total + size, 0);
  if (sum <= limit) return;
  const largest = events[sizes.indexOf(Math.max(...sizes))]!.type;
  throw new EventTooLarge(
    events.length === 1 ? largest : `${largest} with the ${events.length - 1} others of its append`,
    sum,
    limit,
  );
}

/** Where in the log a place lies: that of the link, where it is one. */
export function positionOf(resolved: Resolved): Position | undefined {
  const { position } = resolved.link ?? resolved.event ?? {};
  return isStated(position) ? positionText(position) : undefined;
}

/**
 * The event as it was appended; undefined for what is not ours: system events, whatever stands in system streams,
 * links (also those that lead to nothing), and events that another program wrote into the same database.
 */
export function storedEvent(resolved: Resolved): StoredEvent | undefined {
  const { event, link } = resolved;
  if (event === undefined || link !== undefined || !event.isJson) return undefined;
  if (event.type.startsWith('$') || event.streamId.startsWith('$') || !isEnvelope(event.metadata)) return undefined;
  const position = positionOf(resolved);
  if (position === undefined) {
    throw new Error(`The server does not state the position of ${event.streamId}@${event.revision}: it is too old.`);
  }
  const { metadata } = event;
  return {
    id: event.id,
    type: event.type,
    occurredAt: metadata.occurredAt,
    recordedAt: metadata.recordedAt,
    data: metadata.dataText ?? JSON.stringify(event.data),
    metadata: metadata.metadataText ?? metadataTextOf(metadata),
    previousHash: metadata.previousHash,
    hash: metadata.hash,
    stream: event.streamId,
    revision: Number(event.revision),
    position,
  };
}

function metadataTextOf(metadata: Envelope): string {
  const { occurredAt, recordedAt, previousHash, hash, dataText, metadataText, ...own } = metadata;
  return JSON.stringify(own);
}

function isEnvelope(metadata: unknown): metadata is Envelope {
  if (!isObject(metadata)) return false;
  return ['occurredAt', 'recordedAt', 'previousHash', 'hash'].every((field) => typeof metadata[field] === 'string');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
