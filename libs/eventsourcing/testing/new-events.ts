import { createHash, randomUUID } from 'node:crypto';
import type { NewEvent } from '../event.ts';
import type { EventStore } from '../event-store.ts';

/**
 * An event ready to be appended, with a fresh id. A store never interprets hashes, so these only look like some;
 * a true chain comes from `hash-chain.ts`.
 */
export function newEvent(fields: Partial<NewEvent> = {}): NewEvent {
  const id = fields.id ?? randomUUID();
  return {
    id,
    type: 'ThingHappened.v1',
    occurredAt: '2026-01-31T09:30:00.000Z',
    recordedAt: '2026-02-01T10:00:00.123Z',
    data: JSON.stringify({ note: `thing ${id}` }),
    metadata: JSON.stringify({ actor: { id: 'ann', role: 'rep' }, source: 'api', commandId: id }),
    previousHash: '',
    hash: hexOf(id),
    ...fields,
  };
}

/** Several events for one append, their hashes linked to each other. */
export function newEvents(count: number, previousHash = ''): NewEvent[] {
  const events: NewEvent[] = [];
  for (let index = 0; index < count; index++) {
    events.push(newEvent({ previousHash: events.at(-1)?.hash ?? previousHash }));
  }
  return events;
}

/** Appends events one by one, to five streams in turn, and gives them back in their order. */
export async function fill(store: EventStore, count: number): Promise<readonly NewEvent[]> {
  const events = newEvents(count);
  const chunk = Math.max(1, Math.floor(count / 100));
  const revisions = [-1, -1, -1, -1, -1];
  for (let from = 0, turn = 0; from < count; from += chunk, turn = (turn + 1) % revisions.length) {
    const revision = revisions[turn]!;
    const part = events.slice(from, from + chunk);
    await store.append(`filled-${turn}`, revision === -1 ? 'no_stream' : revision, part);
    revisions[turn] = revision + part.length;
  }
  return events;
}

export function idsOf(events: readonly { readonly id: string }[]): string[] {
  return events.map((event) => event.id);
}

function hexOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
