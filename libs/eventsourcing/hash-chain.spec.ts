import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { StoredEvent } from './event.ts';
import { chain, chainVerifier, hashOf } from './hash-chain.ts';
import { newEvent } from './testing/new-events.ts';

/** A log of streams whose events alternate as the turns say, each appended alone. */
function logOf(turns: readonly number[]): StoredEvent[] {
  const ends = new Map<string, { revision: number; hash: string }>();
  return turns.map((turn, index) => {
    const stream = `deal-${turn}`;
    const { revision, hash } = ends.get(stream) ?? { revision: -1, hash: '' };
    const { hash: _, previousHash: __, ...link } = newEvent({ data: JSON.stringify({ note: `€ ${index}` }) });
    const [event] = chain(stream, revision + 1, hash, [link]);
    ends.set(stream, { revision: revision + 1, hash: event!.hash });
    return { ...event!, stream, revision: revision + 1, position: String(index).padStart(9, '0') };
  });
}

function faultsOf(log: readonly StoredEvent[]) {
  const verifier = chainVerifier();
  return log.flatMap((event) => verifier.check(event));
}

function digestOf(log: readonly StoredEvent[]): string {
  const verifier = chainVerifier();
  for (const event of log) verifier.check(event);
  return verifier.digest();
}

const turns = fc.array(fc.nat(3), { minLength: 3, maxLength: 25 });
const logs = turns.map(logOf);
const places = fc.nat().map((place) => (length: number) => place % length);

const textParts = ['id', 'type', 'occurredAt', 'recordedAt', 'data', 'metadata', 'previousHash', 'hash'] as const;

describe('a hash chain', () => {
  test('continues a stream from the hash of its last event', () => {
    const links = [newEvent(), newEvent()];
    const [first, second] = chain('deal-1', 5, 'abc', links);
    expect(first).toMatchObject({ id: links[0]!.id, previousHash: 'abc' });
    expect(second).toMatchObject({ id: links[1]!.id, previousHash: first!.hash });
    expect(second!.hash).toBe(hashOf('deal-1', 6, second!));
  });

  test('has no fault as it was written', () => {
    fc.assert(fc.property(logs, (log) => expect(faultsOf(log)).toEqual([])));
  });

  test.each(textParts)('shows one character changed anywhere in %s, and where', (part) => {
    fc.assert(
      fc.property(logs, places, places, fc.boolean(), (log, whichEvent, whichPlace, removes) => {
        const index = whichEvent(log.length);
        const event = log[index]!;
        const text = event[part];
        const place = whichPlace(text.length + 1);
        const changed = removes
          ? text.slice(0, place) + text.slice(place + 1)
          : `${text.slice(0, place)}${text[place] === 'x' ? 'y' : 'x'}${text.slice(place + 1)}`;
        fc.pre(changed !== text);
        const faults = faultsOf(log.with(index, { ...event, [part]: changed }));
        expect(faults[0]).toMatchObject({ stream: event.stream, revision: event.revision, position: event.position });
      }),
    );
  });

  test('shows text that slipped from one part into the next', () => {
    const [event] = logOf([0]) as [StoredEvent];
    const slipped = { ...event, occurredAt: event.occurredAt + event.recordedAt, recordedAt: '' };
    expect(faultsOf([slipped])).toHaveLength(1);
  });

  test('shows an event given to another stream or revision', () => {
    const log = logOf([0, 0, 1, 0]);
    expect(faultsOf(log.with(3, { ...log[3]!, stream: 'deal-1', revision: 1 }))).not.toEqual([]);
    expect(faultsOf(log.with(3, { ...log[3]!, revision: 3 }))).not.toEqual([]);
  });

  test('shows an event dropped before the last of its stream', () => {
    fc.assert(
      fc.property(logs, places, (log, which) => {
        const dropped = which(log.length);
        fc.pre(log.slice(dropped + 1).some(({ stream }) => stream === log[dropped]!.stream));
        expect(faultsOf(log.toSpliced(dropped, 1))).not.toEqual([]);
      }),
    );
  });

  test('shows an event inserted, with whatever revision it claims, even linked to the one before', () => {
    fc.assert(
      fc.property(logs, places, fc.nat(2), (log, which, ahead) => {
        const index = which(log.length);
        const { stream, revision, position, previousHash } = log[index]!;
        const [forged] = chain(stream, revision + ahead, previousHash, [newEvent()]);
        const inserted = { ...forged!, stream, revision: revision + ahead, position };
        expect(faultsOf(log.toSpliced(index, 0, inserted))).not.toEqual([]);
      }),
    );
  });

  test('shows two events of one stream in each other’s place', () => {
    fc.assert(
      fc.property(logs, places, places, (log, one, other) => {
        const [left, right] = [one(log.length), other(log.length)];
        fc.pre(left !== right && log[left]!.stream === log[right]!.stream);
        expect(faultsOf(log.with(left, log[right]!).with(right, log[left]!))).not.toEqual([]);
      }),
    );
  });

  test('shows an event rewritten with a hash of its own to whoever reads the next of the stream', () => {
    const [first, second] = logOf([0, 0]) as [StoredEvent, StoredEvent];
    const rewritten = { ...first, data: '{"note":"nothing happened"}' };
    const consistent = { ...rewritten, hash: hashOf(rewritten.stream, rewritten.revision, rewritten) };
    expect(faultsOf([consistent])).toEqual([]);
    expect(faultsOf([consistent, second])).toMatchObject([{ revision: 1 }]);
  });

  test('has a digest that tells a log from one that lacks its end', () => {
    fc.assert(
      fc.property(logs, (log) => {
        expect(digestOf(log)).toBe(digestOf([...log]));
        expect(digestOf(log.slice(0, -1))).not.toBe(digestOf(log));
      }),
    );
  });
});
