import { setImmediate as breathe } from 'node:timers/promises';
import type { EventCatalogue } from '../eventsourcing/catalogue.ts';
import { BEGINNING, type Position, type StoredEvent } from '../eventsourcing/event.ts';
import type { EventStore } from '../eventsourcing/event-store.ts';
import { auditRow, readEvent, type AuditRow } from './audit-row.ts';
import { fits, type LogFilter } from './log-filter.ts';

export interface EventsQuestion extends LogFilter {
  /** Of this stream only. */
  readonly stream?: string;
  readonly order: 'newest' | 'oldest';
  readonly limit: number;
  /** The `next` of the page before. */
  readonly cursor?: Position;
}

export interface EventsPage {
  readonly events: readonly AuditRow[];
  /** The `cursor` to go on with; absent where there is nothing left to look at. */
  readonly next?: Position;
  /** The last event looked at and when it was recorded; absent where there was none. */
  readonly scannedTo?: { readonly position: Position; readonly recordedAt: string };
  /** How many events were looked at. */
  readonly scanned: number;
}

const PAGE = 1_000;
/** Most events looked at for one page, so that a filter that fits little does not read the whole log at once. */
const MOST_SCANNED = 20_000;
/** Clocks of several machines differ by less than this, and events recorded this far outside a time end a search. */
const CLOCKS_DIFFER_MILLISECONDS = 24 * 60 * 60_000;

/**
 * A page of events that fit. It ends when it is full, when there is nothing left, or when enough was looked at: then
 * with what was found so far, perhaps nothing, and where to go on.
 */
export async function eventsPage(
  { eventStore, catalogue }: { readonly eventStore: EventStore; readonly catalogue: EventCatalogue },
  question: EventsQuestion,
): Promise<EventsPage> {
  const { limit } = question;
  const beyond = boundOf(question);
  const found: StoredEvent[] = [];
  let last: StoredEvent | undefined;
  let scanned = 0;
  for await (const page of pages(eventStore, question)) {
    for (const event of page) {
      if (beyond(event)) return told(false);
      if (found.length === limit) return told(true);
      last = event;
      scanned += 1;
      if (fits(catalogue, event, question)) found.push(event);
    }
    if (scanned >= MOST_SCANNED) return told(true);
  }
  return told(false);

  function told(more: boolean): EventsPage {
    return {
      events: found.map((event) => auditRow(event, readEvent(catalogue, event))),
      ...(more && last ? { next: last.position } : {}),
      ...(last ? { scannedTo: { position: last.position, recordedAt: last.recordedAt } } : {}),
      scanned,
    };
  }
}

async function* pages(
  eventStore: EventStore,
  { stream, order, cursor }: EventsQuestion,
): AsyncGenerator<readonly StoredEvent[]> {
  if (stream !== undefined) {
    const events = await eventStore.readStream(stream);
    yield order === 'oldest'
      ? events.filter(({ position }) => cursor === undefined || position > cursor)
      : events.filter(({ position }) => cursor === undefined || position < cursor).toReversed();
    return;
  }
  for (let from = cursor; ;) {
    const page = await (order === 'oldest'
      ? eventStore.readAll(from ?? BEGINNING, PAGE)
      : eventStore.readAllBackwards(from, PAGE));
    yield page;
    if (page.length < PAGE) return;
    from = page.at(-1)!.position;
    await breathe();
  }
}

/** Whether an event lies so far outside the recorded times asked for that none behind it can be within. */
function boundOf({ order, recordedFrom, recordedTo }: EventsQuestion): (event: StoredEvent) => boolean {
  const bound = order === 'newest' ? recordedFrom : recordedTo;
  if (bound === undefined) return () => false;
  const sign = order === 'newest' ? -1 : 1;
  const last = new Date(Date.parse(bound) + sign * CLOCKS_DIFFER_MILLISECONDS).toISOString();
  return order === 'newest' ? ({ recordedAt }) => recordedAt < last : ({ recordedAt }) => recordedAt > last;
}
