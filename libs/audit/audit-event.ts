import { NotFound } from '../eventsourcing/errors.ts';
import { BEGINNING, type EventMetadata, type Position, type StoredEvent } from '../eventsourcing/event.ts';
import type { EventStore } from '../eventsourcing/event-store.ts';
import { hashOf } from '../eventsourcing/hash-chain.ts';
import { entriesOf, type AuditEntry, type AuditSources } from './audit-log.ts';
import { auditRow, readEvent, type AuditRow } from './audit-row.ts';
import { givenPosition, ordinalIn } from './moment.ts';

/** How an event stands in the chain of its stream. */
export interface ChainState {
  readonly hash: string;
  /** What the hash is when it is computed anew from the event as it is stored. */
  readonly recomputedHash: string;
  readonly hashMatches: boolean;
  readonly previousHash: string;
  /** Of the event before in the stream; empty for the first, absent where that event is missing. */
  readonly hashBefore?: string;
  readonly previousHashMatches: boolean;
  /** Position of the event before it in the whole log, empty for the beginning, where some between are missing. */
  readonly missingSince?: Position;
}

/** One event with everything that is known of it. */
export interface AuditEvent extends AuditEntry {
  /** What the event says, in its current version; absent where it cannot be opened. */
  readonly data?: object;
  readonly metadata?: EventMetadata;
  /** The texts that the hash covers. */
  readonly stored: { readonly type: string; readonly data: string; readonly metadata: string };
  readonly chain: ChainState;
  /** Positions of its neighbours in the stream. */
  readonly previous?: Position;
  readonly next?: Position;
  /** Other events of the same stream with the same correlation; the log has those of other streams. */
  readonly correlated: readonly AuditRow[];
}

/** The event at a position. Throws `NotFound` where none lies exactly there. */
export async function auditEvent(sources: AuditSources, position: Position): Promise<AuditEvent> {
  const { eventStore, catalogue } = sources;
  const { event: stored, before } = await eventAt(eventStore, position);
  const all = await eventStore.readStream(stored.stream);
  const index = all.findIndex((event) => event.position === stored.position);
  const entry = entriesOf(sources, all)[index]!;
  const { event } = readEvent(catalogue, stored);
  const correlated = all
    .map((other) => auditRow(other, readEvent(catalogue, other)))
    .filter((row) => row.position !== stored.position && row.correlationId === entry.correlationId);
  return {
    ...entry,
    ...(event ? { data: event.data, metadata: event.metadata } : {}),
    stored: { type: stored.type, data: stored.data, metadata: stored.metadata },
    chain: { ...chainState(stored, all[index - 1]), ...missingSince(eventStore, stored, before) },
    ...(all[index - 1] ? { previous: all[index - 1]!.position } : {}),
    ...(all[index + 1] ? { next: all[index + 1]!.position } : {}),
    correlated: entry.correlationId === undefined ? [] : correlated,
  };
}

/** Found from both sides, because a log is read from behind a position or from before one. */
async function eventAt(
  eventStore: EventStore,
  position: Position,
): Promise<{ readonly event: StoredEvent; readonly before: StoredEvent | undefined }> {
  const [before] = await eventStore.readAllBackwards(position, 1);
  const [event] = await eventStore.readAll(before?.position ?? BEGINNING, 1);
  if (!event || !givenPosition(eventStore, position).isAt(event)) throw new NotFound('event at', position);
  return { event, before };
}

/** Where a store counts events without gaps, the one before shows whether there is one here. */
function missingSince(
  eventStore: EventStore,
  { position }: StoredEvent,
  before: StoredEvent | undefined,
): Pick<ChainState, 'missingSince'> {
  if (eventStore.ordinalUnit !== 'events') return {};
  const [here, last] = [ordinalIn(eventStore, position), before ? ordinalIn(eventStore, before.position) : 0];
  const follows = here === undefined || last === undefined || here === last + 1;
  return follows ? {} : { missingSince: before?.position ?? BEGINNING };
}

function chainState(stored: StoredEvent, before: StoredEvent | undefined): ChainState {
  const { stream, revision, hash, previousHash } = stored;
  const recomputedHash = hashOf(stream, revision, stored);
  const hashBefore = revision === 0 ? '' : before?.revision === revision - 1 ? before.hash : undefined;
  return {
    hash,
    recomputedHash,
    hashMatches: recomputedHash === hash,
    previousHash,
    ...(hashBefore === undefined ? {} : { hashBefore }),
    previousHashMatches: previousHash === hashBefore,
  };
}
