import type { EventCatalogue } from '../eventsourcing/catalogue.ts';
import type { StoredEvent } from '../eventsourcing/event.ts';
import { readEvent } from './audit-row.ts';

/** Which events of the whole log; a field left out narrows nothing. */
export interface LogFilter {
  /** Streams of one kind, `opportunity`. */
  readonly kind?: string;
  /** Current names of types. */
  readonly types?: readonly string[];
  /** Id of who acted, or on whose behalf. */
  readonly actor?: string;
  readonly source?: string;
  readonly correlationId?: string;
  /** Times in UTC with milliseconds, all included. */
  readonly occurredFrom?: string;
  readonly occurredTo?: string;
  readonly recordedFrom?: string;
  readonly recordedTo?: string;
}

/** Whether an event fits. One that cannot be opened fits nothing that only its metadata tells. */
export function fits(catalogue: EventCatalogue, stored: StoredEvent, filter: LogFilter): boolean {
  const { kind, types, actor, source, correlationId } = filter;
  if (kind !== undefined && !stored.stream.startsWith(`${kind}-`)) return false;
  if (types !== undefined && !types.includes(nameOf(stored))) return false;
  if (!within(stored.recordedAt, filter.recordedFrom, filter.recordedTo)) return false;
  if (!within(stored.occurredAt, filter.occurredFrom, filter.occurredTo)) return false;
  const told = [actor, source, correlationId].filter((text) => text !== undefined);
  if (told.length === 0) return true;
  // Parsing takes most of the time of a search, and most events do not even have the text.
  if (!told.every((text) => stored.metadata.includes(JSON.stringify(text)))) return false;
  const { metadata } = readEvent(catalogue, stored).event ?? {};
  if (!metadata) return false;
  if (source !== undefined && metadata.source !== source) return false;
  if (correlationId !== undefined && metadata.$correlationId !== correlationId) return false;
  return actor === undefined || metadata.actor?.id === actor || metadata.actor?.onBehalfOf === actor;
}

function within(time: string, from: string | undefined, to: string | undefined): boolean {
  return (from === undefined || time >= from) && (to === undefined || time <= to);
}

function nameOf({ type }: StoredEvent): string {
  return type.replace(/\.v\d+$/, '');
}
