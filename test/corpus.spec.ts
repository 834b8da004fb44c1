import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { eventCatalogue } from '../libs/composition/event-catalogue.ts';
import type { EventMetadata, StoredEvent } from '../libs/eventsourcing/event.ts';
import { chainVerifier, hashOf } from '../libs/eventsourcing/hash-chain.ts';

/**
 * Events as versions of this program stored them, each with what it opens as. An entry is never changed or removed:
 * somebody's log holds such events. A new event or version adds an entry, taken from a log written by it, in a stream
 * of its own; what older entries open as may gain fields, never lose one.
 */
interface Entry {
  readonly stored: StoredEvent;
  readonly opened: {
    readonly type: string;
    readonly occurredAt: string;
    readonly data: object;
    readonly metadata: EventMetadata;
  };
}

const folder = new URL('corpus/', import.meta.url);
const entries = readdirSync(folder).map((file) => {
  const entry = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Entry;
  return [file, entry] as const;
});

describe('the corpus of stored events', () => {
  const storedTypes = [...eventCatalogue.definitions()].flatMap(([name, { version }]) =>
    Array.from({ length: version }, (_, index) => `${name}.v${index + 1}`),
  );

  test('has an entry of every version of every event', () => {
    const present = new Set(entries.map(([, { stored }]) => stored.type));
    expect(storedTypes.filter((type) => !present.has(type))).toEqual([]);
  });

  test.each(entries)('opens %s as it always did', (_, { stored, opened }) => {
    const { type, occurredAt, data, metadata } = eventCatalogue.open(stored);
    expect({ type, occurredAt, data, metadata }).toMatchObject(opened);
  });

  test.each(entries)('opens %s as what would be stored today', (_, { stored }) => {
    const { type, data } = eventCatalogue.open(stored);
    const version = eventCatalogue.definitions().get(type)?.version;
    expect(eventCatalogue.seal({ type, data }).type).toBe(`${type}.v${version}`);
  });

  test.each(entries)('proves %s unaltered', (_, { stored }) => {
    expect(hashOf(stored.stream, stored.revision, stored)).toBe(stored.hash);
  });

  test('links the events of each stream into one chain', () => {
    const stored = entries.map(([, entry]) => entry.stored);
    const verifier = chainVerifier();
    const ordered = stored.toSorted((one, other) => one.revision - other.revision);
    expect(ordered.flatMap((event) => verifier.check(event))).toEqual([]);
  });
});
