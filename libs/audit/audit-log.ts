import { setImmediate as breathe } from 'node:timers/promises';
import type { EventCatalogue } from '../eventsourcing/catalogue.ts';
import { NotFound } from '../eventsourcing/errors.ts';
import { BEGINNING, type Position, type RecordedEvent, type StoredEvent } from '../eventsourcing/event.ts';
import type { EventStore } from '../eventsourcing/event-store.ts';
import type { FieldChange } from '../eventsourcing/field-changes.ts';
import { chainVerifier } from '../eventsourcing/hash-chain.ts';
import { auditRow, readEvent, type AuditRow } from './audit-row.ts';
import { fits, type LogFilter } from './log-filter.ts';

/** What each event of a whole stream changed. The features know; who asks for a log says where to ask them. */
export type ChangesOf = (
  events: readonly RecordedEvent[],
) => readonly { readonly event: RecordedEvent; readonly changes: readonly FieldChange[] }[];

/** One event with everything an auditor asks of it. */
export interface AuditEntry extends AuditRow {
  /** What is wrong with the event in the chain of its stream; nothing where it is as it was recorded. */
  readonly faults: readonly string[];
  /** Old and new value of every field; absent where it cannot be told. */
  readonly changes?: readonly FieldChange[];
}

export interface AuditSources {
  readonly eventStore: EventStore;
  readonly catalogue: EventCatalogue;
  readonly changesOf: ChangesOf;
}

/** Every event of a stream, in order. Throws `NotFound` for a stream without any. */
export async function streamLog(sources: AuditSources, stream: string): Promise<readonly AuditEntry[]> {
  const stored = await sources.eventStore.readStream(stream);
  if (stored.length === 0) throw new NotFound('stream', stream);
  return entriesOf(sources, stored);
}

/** Which events of the whole log; a field left out narrows nothing. */
export interface LogQuestion {
  /** Behind this position; from the beginning where left out. */
  readonly after?: Position;
  readonly limit: number;
  /** Id of who acted, or on whose behalf. */
  readonly actor?: string;
  /** Current name of the type. */
  readonly type?: string;
  /** Recorded times, both included. */
  readonly from?: string;
  readonly to?: string;
}

export interface LogPage {
  readonly entries: readonly AuditEntry[];
  /** The `after` of the next page; absent at the end of the log. */
  readonly next?: Position;
}

const PAGE = 2_000;

/** A page of the events of all streams that fit the question, in the order of the log. */
export async function wholeLog(sources: AuditSources, question: LogQuestion): Promise<LogPage> {
  const { limit, actor, type, from, to } = question;
  const filter: LogFilter = {
    ...(actor === undefined ? {} : { actor }),
    ...(type === undefined ? {} : { types: [type] }),
    ...(from === undefined ? {} : { recordedFrom: from }),
    ...(to === undefined ? {} : { recordedTo: to }),
  };
  const found: StoredEvent[] = [];
  let after = question.after ?? BEGINNING;
  for (let more = true; more && found.length <= limit;) {
    const page = await sources.eventStore.readAll(after, PAGE);
    found.push(...page.filter((event) => fits(sources.catalogue, event, filter)));
    more = page.length === PAGE;
    after = page.at(-1)?.position ?? after;
    await breathe();
  }
  const wanted = found.slice(0, limit);
  const streams = new Map<string, readonly AuditEntry[]>();
  for (const { stream } of wanted) {
    if (!streams.has(stream)) streams.set(stream, entriesOf(sources, await sources.eventStore.readStream(stream)));
  }
  const entries = wanted.flatMap(({ stream, position }) =>
    streams.get(stream)!.filter((entry) => entry.position === position),
  );
  return found.length > limit ? { entries, next: wanted.at(-1)!.position } : { entries };
}

/** The entries of a whole stream. */
export function entriesOf(
  { catalogue, changesOf }: AuditSources,
  stored: readonly StoredEvent[],
): readonly AuditEntry[] {
  const verifier = chainVerifier();
  const read = stored.map((event) => ({ stored: event, ...readEvent(catalogue, event) }));
  const faultsOf = new Map(stored.map((event) => [event, verifier.check(event).map(({ fault }) => fault)]));
  const sound = read.every(({ stored: raw, event }) => event && faultsOf.get(raw)!.length === 0);
  const changes = changesIn(
    changesOf,
    read.flatMap(({ event }) => event ?? []),
    sound,
  );
  return read.map(({ stored: raw, ...event }) => {
    const changed = changes.get(raw.id);
    return { ...auditRow(raw, event), faults: faultsOf.get(raw)!, ...(changed ? { changes: changed } : {}) };
  });
}

/** Nothing where a log that is not as it was recorded makes no sense; `sound` tells that it is. */
function changesIn(
  changesOf: ChangesOf,
  events: readonly RecordedEvent[],
  sound: boolean,
): ReadonlyMap<string, readonly FieldChange[]> {
  try {
    return new Map(changesOf(events).map(({ event, changes }) => [event.id, changes]));
  } catch (error) {
    if (sound) throw error;
    return new Map();
  }
}
