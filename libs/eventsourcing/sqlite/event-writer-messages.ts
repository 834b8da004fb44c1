import type { NewEvent } from '../event.ts';

/** One append on its way to the writer thread. Copying a flat array costs a third of copying objects. */
export interface AppendRequest {
  /** By which the answer is told from others. */
  readonly number: number;
  readonly stream: string;
  /** The revision expected; -1 for no stream. */
  readonly expected: number;
  /** For each event the values of its columns from `id` on. */
  readonly events: readonly (readonly string[])[];
}

/** Requests of one message, one after the other: number, stream, expected, count of events, their columns. */
export type AppendMessage = (string | number)[];

const COLUMNS = 8;

/** Adds a request to the end of a message. */
export function encode(
  message: AppendMessage,
  number: number,
  stream: string,
  expected: number,
  events: readonly NewEvent[],
): void {
  message.push(number, stream, expected, events.length);
  for (const event of events) {
    message.push(event.id, event.type, event.occurredAt, event.recordedAt);
    message.push(event.data, event.metadata, event.previousHash, event.hash);
  }
}

/** The requests of a message, in order. */
export function decode(message: AppendMessage): AppendRequest[] {
  const requests: AppendRequest[] = [];
  for (let at = 0; at < message.length;) {
    const [number, stream, expected, count] = message.slice(at, at + 4) as [number, string, number, number];
    at += 4;
    const events: string[][] = [];
    for (let index = 0; index < count; index++, at += COLUMNS) {
      events.push(message.slice(at, at + COLUMNS) as string[]);
    }
    requests.push({ number, stream, expected, events });
  }
  return requests;
}

export const APPENDED = 0;
export const CONFLICT = 1;
export const REUSED = 2;

/**
 * How one append ended: appended with the last revision and position; in conflict with the actual revision, -1 for no
 * stream; or refused as the event at an index has an id that stands elsewhere in the log.
 */
export type Outcome =
  | readonly [kind: typeof APPENDED, revision: number, position: number]
  | readonly [kind: typeof CONFLICT, actual: number, none: 0]
  | readonly [kind: typeof REUSED, index: number, none: 0];

/** What the writer thread answers for one transaction: outcomes, four numbers each, or one failure for all of it. */
export type Answer =
  | { readonly outcomes: readonly number[] }
  | { readonly failed: readonly number[]; readonly message: string; readonly mayPass: boolean };
