import { createHash, hash } from 'node:crypto';
import type { NewEvent, StoredEvent } from './event.ts';

/** What a link of the chain covers: everything of an event that is fixed before it has a position. */
type Link = Omit<NewEvent, 'hash'>;

/**
 * The hash of one event: SHA-256, hexadecimal, over the JSON array of the hash before it in its stream and every part
 * of the event. An array, because joined text could be cut elsewhere and still be the same.
 */
export function hashOf(stream: string, revision: number, event: Link): string {
  return hash(
    'sha256',
    JSON.stringify([
      event.previousHash,
      stream,
      revision,
      event.id,
      event.type,
      event.occurredAt,
      event.recordedAt,
      event.data,
      event.metadata,
    ]),
  );
}

/**
 * Links new events to the end of a stream.
 * @param firstRevision the revision the first of them will have
 * @param previousHash hash of the stream's last event, empty for a new stream
 */
export function chain(
  stream: string,
  firstRevision: number,
  previousHash: string,
  events: readonly Omit<Link, 'previousHash'>[],
): NewEvent[] {
  let last = previousHash;
  return events.map((event, index) => {
    const link = { ...event, previousHash: last };
    last = hashOf(stream, firstRevision + index, link);
    return { ...link, hash: last };
  });
}

/** What can be wrong with an event in the chain of its stream. */
export type ChainFaultCode = 'revision_out_of_order' | 'previous_hash_differs' | 'content_altered';

export interface ChainFault {
  readonly code: ChainFaultCode;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly fault: string;
}

/** Checks the chains of a whole log as it is fed in order, remembering one hash and one revision per stream. */
export interface ChainVerifier {
  /** The faults of this event; none where it continues its stream unaltered. */
  check(event: StoredEvent): readonly ChainFault[];
  /** SHA-256 over the hashes of all events so far, in order: noted elsewhere, it proves later that none was dropped. */
  digest(): string;
}

/** A verifier for a log read from its beginning. */
export function chainVerifier(): ChainVerifier {
  const streams = new Map<string, { revision: number; hash: string }>();
  let digest = '';
  return {
    check(event) {
      const faults: ChainFault[] = [];
      const fault = (code: ChainFaultCode, text: string): void => {
        faults.push({ code, stream: event.stream, revision: event.revision, position: event.position, fault: text });
      };
      const before = streams.get(event.stream) ?? { revision: -1, hash: '' };
      if (event.revision !== before.revision + 1) {
        fault(
          'revision_out_of_order',
          `revision ${event.revision} follows ${before.revision}: an event is missing, doubled or out of order`,
        );
      } else if (event.previousHash !== before.hash) {
        fault('previous_hash_differs', 'the previous hash is not that of the event before');
      }
      if (hashOf(event.stream, event.revision, event) !== event.hash)
        fault('content_altered', 'the content does not match its hash');
      streams.set(event.stream, { revision: event.revision, hash: event.hash });
      digest = createHash('sha256').update(digest).update(event.hash).digest('hex');
      return faults;
    },
    digest: () => digest,
  };
}
