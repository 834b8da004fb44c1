import { NotFound } from '../eventsourcing/errors.ts';
import type { EventStore } from '../eventsourcing/event-store.ts';
import { chainVerifier } from '../eventsourcing/hash-chain.ts';
import { checked, MOST_FAULTS, type LogFault, type LogProof, type NotedDigest } from './audit-verify.ts';
import { givenPosition } from './moment.ts';

/**
 * Checks the events of one stream as `verifyLog` checks those of all; the digest is over the hashes of its events.
 * Throws `NotFound` where there is no such stream.
 */
export async function verifyStream(eventStore: EventStore, stream: string, expect?: NotedDigest): Promise<LogProof> {
  const events = await eventStore.readStream(stream);
  const last = events.at(-1);
  if (!last) throw new NotFound('stream', stream);
  const noted = expect && givenPosition(eventStore, expect.position);
  const verifier = chainVerifier();
  const faults: LogFault[] = [];
  let met = false;
  for (const event of events) {
    faults.push(...checked(() => verifier.check(event), event));
    if (!noted?.isAt(event)) continue;
    met = true;
    if (verifier.digest() !== expect!.digest) {
      faults.push({
        position: event.position,
        stream,
        code: 'digest_differs',
        fault: 'the stream up to here is not the one whose digest was noted',
      });
    }
  }
  if (noted && !met) {
    faults.push({
      position: last.position,
      stream,
      code: 'noted_position_missing',
      fault: `the stream has no event at the noted position ${expect.position}`,
      parameters: { position: expect.position },
    });
  }
  return {
    intact: faults.length === 0,
    events: events.length,
    streams: 1,
    position: last.position,
    digest: verifier.digest(),
    faults: faults.slice(0, MOST_FAULTS),
    faultCount: faults.length,
    complete: true,
  };
}
