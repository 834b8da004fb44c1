import { setImmediate as breathe } from 'node:timers/promises';
import { StoreUnavailable } from '../eventsourcing/errors.ts';
import { BEGINNING, type Position, type StoredEvent } from '../eventsourcing/event.ts';
import type { EventStore } from '../eventsourcing/event-store.ts';
import { chainVerifier, type ChainFaultCode } from '../eventsourcing/hash-chain.ts';
import { givenPosition, ordinalIn } from './moment.ts';

/** What can be wrong with a log; `files_damaged` is what the engine says of its own files. */
export type LogFaultCode =
  | ChainFaultCode
  | 'event_unreadable'
  | 'positions_missing'
  | 'digest_differs'
  | 'noted_position_missing'
  | 'log_unreadable'
  | 'files_damaged';

/** Something that should not be so, and where; a fault of the files as a whole has no place. */
export interface LogFault {
  readonly code: LogFaultCode;
  /** In English. */
  readonly fault: string;
  /** What the fault speaks of, by name, for some codes. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly position?: Position;
  readonly stream?: string;
  readonly revision?: number;
}

/** The digest of a log up to a position, as an earlier proof told it and somebody noted it elsewhere. */
export interface NotedDigest {
  readonly position: string;
  readonly digest: string;
}

/** What a walk through the whole log showed. */
export interface LogProof {
  /** No fault, and the noted digest, where there was one, found again. */
  readonly intact: boolean;
  readonly events: number;
  readonly streams: number;
  /** Position of the last event. */
  readonly position: Position;
  /** SHA-256 over the hashes of all events in order. Noted elsewhere with the position, it proves the log later. */
  readonly digest: string;
  /** The first hundred. */
  readonly faults: readonly LogFault[];
  readonly faultCount: number;
  /** False where a place could not be read, so that what lies behind it was not looked at. */
  readonly complete: boolean;
}

export interface VerifyOptions {
  /** Also proves that the log up to there is what it was then. */
  readonly expect?: NotedDigest;
  readonly signal?: AbortSignal;
  /** In the unit of the store's ordinals. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

const PAGE = 2_000;
export const MOST_FAULTS = 100;

/**
 * Reads the whole log and checks every event against the chain of its stream, the log for gaps where the store counts
 * without, and what the engine says of its own files. The chains show what was altered, dropped or inserted within
 * streams; that the end of the log is missing, that events of different streams changed places, or that all hashes
 * were computed anew shows against a noted digest only. Damaged places are faults, however damaged; throws only where
 * the store cannot be reached, or `expect` names no position.
 */
export async function verifyLog(eventStore: EventStore, options: VerifyOptions = {}): Promise<LogProof> {
  const { expect, signal, onProgress } = options;
  const expected = expect && { at: givenPosition(eventStore, expect.position), digest: expect.digest, met: false };
  const faults: LogFault[] = [];
  let faultCount = 0;
  const note = (fault: LogFault): void => {
    faultCount += 1;
    if (faults.length < MOST_FAULTS) faults.push(fault);
  };

  const total = await lengthOf(eventStore);
  const verifier = chainVerifier();
  const streams = new Set<string>();
  let events = 0;
  let last: { readonly position: Position; readonly ordinal: number } = { position: BEGINNING, ordinal: 0 };
  const reading = readablePages(eventStore, note);
  let step = await reading.next();
  while (!step.done) {
    signal?.throwIfAborted();
    for (const event of step.value) {
      const ordinal = ordinalIn(eventStore, event.position);
      for (const fault of checked(() => verifier.check(event), event)) note(fault);
      if (ordinal === undefined || (eventStore.ordinalUnit === 'events' && ordinal !== last.ordinal + 1)) {
        note({
          ...placeOf(event),
          code: 'positions_missing',
          fault: `position ${event.position} does not follow ${last.position || 'the beginning'}`,
          parameters: { before: last.position },
        });
      }
      streams.add(event.stream);
      events += 1;
      last = { position: event.position, ordinal: ordinal ?? last.ordinal };
      if (expected && expected.at.isAt(event)) {
        expected.met = true;
        if (verifier.digest() !== expected.digest) {
          const fault = 'the log up to here is not the one whose digest was noted';
          note({ position: event.position, code: 'digest_differs', fault });
        }
      }
    }
    onProgress?.({ done: last.ordinal, total });
    // An embedded store waits for nothing, so without this no signal would be heard until the end.
    await breathe();
    step = await reading.next();
  }
  if (expected?.met === false) {
    const { position: noted } = expect!;
    const fault = `the log has no event at the noted position ${noted}`;
    note({ position: last.position, code: 'noted_position_missing', fault, parameters: { position: noted } });
  }
  for (const fault of await eventStore.examine())
    note({ code: 'files_damaged', fault, parameters: { message: fault } });
  return {
    intact: faultCount === 0,
    events,
    streams: streams.size,
    position: last.position,
    digest: verifier.digest(),
    faults,
    faultCount,
    complete: step.value,
  };
}

/** The log in pages as far as it can be read. Ends with whether that was to its end. */
async function* readablePages(
  eventStore: EventStore,
  note: (fault: LogFault) => void,
): AsyncGenerator<readonly StoredEvent[], boolean> {
  let after = BEGINNING;
  for (let limit = PAGE; ;) {
    let page: readonly StoredEvent[];
    try {
      page = await eventStore.readAll(after, limit);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      if (limit > 1) {
        // A page fails as a whole, so smaller ones show how far the log can still be read.
        limit = Math.floor(limit / 2);
        continue;
      }
      const place = after === BEGINNING ? 'the beginning' : `position ${after}`;
      const message = messageOf(error);
      const fault = `what follows ${place} cannot be read: ${message}`;
      note({ position: after, code: 'log_unreadable', fault, parameters: { message } });
      return false;
    }
    if (page.length > 0) yield page;
    if (page.length < limit) return true;
    after = page.at(-1)!.position;
    limit = Math.min(PAGE, limit * 2);
  }
}

/** Only for progress, so a head that is damaged does no harm. */
async function lengthOf(eventStore: EventStore): Promise<number> {
  try {
    return ordinalIn(eventStore, await eventStore.head()) ?? 0;
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    return 0;
  }
}

/** The faults of one event. A damaged one may be anything, even something that cannot be hashed. */
export function checked(check: () => readonly LogFault[], event: StoredEvent): readonly LogFault[] {
  try {
    return check();
  } catch (error) {
    const message = messageOf(error);
    const fault = `the event cannot be checked: ${message}`;
    return [{ ...placeOf(event), code: 'event_unreadable', fault, parameters: { message } }];
  }
}

function placeOf({ position, stream, revision }: StoredEvent): Omit<LogFault, 'fault' | 'code'> {
  return { position, stream, revision };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
