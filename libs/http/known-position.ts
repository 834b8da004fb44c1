import type { Position } from '../eventsourcing/event.ts';
import type { EventStore } from '../eventsourcing/event-store.ts';
import { invalid } from './invalid-input.ts';
import { POSITION } from './read.dto.ts';

/** A position as a client gave it; throws `InvalidInput` where the store could not have given it out. */
export function knownPosition(eventStore: EventStore, field: string, text: string): Position {
  if (POSITION.test(text)) {
    try {
      eventStore.ordinal(text);
      return text;
    } catch (error) {
      throw refused(field, error);
    }
  }
  throw refused(field);
}

function refused(field: string, cause?: unknown): Error {
  const error = invalid(field, 'position', `${field} must be a position as the server gives it out.`);
  error.cause = cause;
  return error;
}
