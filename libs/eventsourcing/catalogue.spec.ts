import { describe, expect, test } from '@jest/globals';
import { EventCatalogue, EventInvalid, EventUnknown, type EventDefinitions } from './catalogue.ts';
import type { StoredEvent } from './event.ts';
import { Money, Text, Type } from './schema.ts';
import { newEvent } from './testing/new-events.ts';

/** Version 1 had a price in whole units, version 2 named the currency, version 3 has money. */
const parcelEvents = {
  ParcelSent: {
    version: 3,
    description: 'A parcel was sent.',
    data: Type.Object({ to: Text, price: Money }, { additionalProperties: false }),
    upcasts: [
      (data) => ({ ...data, currency: 'CNY' }),
      ({ to, price, currency }) => ({ to, price: { minorUnits: Number(price) * 100, currency } }),
    ],
  },
  ParcelLost: { version: 1, description: 'A parcel was lost.', data: Type.Object({}, { additionalProperties: false }) },
} satisfies EventDefinitions;

const catalogue = new EventCatalogue(parcelEvents);

function stored(type: string, data: unknown, fields: Partial<StoredEvent> = {}): StoredEvent {
  return {
    ...newEvent({ type, data: typeof data === 'string' ? data : JSON.stringify(data) }),
    stream: 'parcel-1',
    revision: 4,
    position: '0000000017',
    ...fields,
  };
}

const thrownBy = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('an event catalogue', () => {
  const price = { minorUnits: 700, currency: 'CNY' };

  test('seals an event under its name with the current version', () => {
    const data = { to: 'ann', price };
    expect(catalogue.seal({ type: 'ParcelSent', data })).toEqual({ type: 'ParcelSent.v3', data: JSON.stringify(data) });
    expect(catalogue.seal({ type: 'ParcelLost', data: {} })).toEqual({ type: 'ParcelLost.v1', data: '{}' });
  });

  test.each([
    ['ParcelSent.v1', { to: 'ann', price: 7 }],
    ['ParcelSent.v2', { to: 'ann', price: 7, currency: 'CNY' }],
    ['ParcelSent.v3', { to: 'ann', price }],
  ])('opens %s as the current version', (type, data) => {
    const event = catalogue.open(stored(type, data));
    expect(event.type).toBe('ParcelSent');
    expect(event.data).toEqual({ to: 'ann', price });
  });

  test('opens an event with its place and times', () => {
    const event = stored('ParcelLost.v1', {});
    const { id, stream, revision, position, occurredAt, recordedAt, hash } = event;
    expect(catalogue.open(event)).toMatchObject({ id, stream, revision, position, occurredAt, recordedAt, hash });
  });

  test('opens what it sealed', () => {
    const sealed = catalogue.seal({ type: 'ParcelSent', data: { to: 'ann', price } });
    expect(catalogue.open(stored(sealed.type, sealed.data)).data).toEqual({ to: 'ann', price });
  });

  test('parses metadata when somebody looks at it, and not before', () => {
    const metadata = { actor: { id: 'ann', role: 'rep' }, source: 'api' };
    expect(catalogue.open(stored('ParcelLost.v1', {}, { metadata: JSON.stringify(metadata) })).metadata).toEqual(
      metadata,
    );
    const broken = catalogue.open(stored('ParcelLost.v1', {}, { metadata: '{' }));
    expect(thrownBy(() => broken.metadata)).toBeInstanceOf(EventInvalid);
  });

  test.each(['ParcelFound.v1', 'ParcelSent.v4', 'ParcelSent.v0', 'ParcelSent', 'parcelsent.v1', 'toString'])(
    'does not know %s',
    (type) => {
      expect(thrownBy(() => catalogue.open(stored(type, {})))).toBeInstanceOf(EventUnknown);
    },
  );

  test('does not seal what it does not know', () => {
    expect(thrownBy(() => catalogue.seal({ type: 'ParcelFound', data: {} }))).toBeInstanceOf(EventUnknown);
  });

  test.each([
    ['a missing field', { to: 'ann' }, 'price'],
    ['a wrong type', { to: 7, price }, 'to'],
    ['an unknown field', { to: 'ann', price, weight: 1 }, 'weight'],
    ['money in fractions', { to: 'ann', price: { minorUnits: 0.5, currency: 'CNY' } }, 'price.minorUnits'],
    ['money below nothing', { to: 'ann', price: { minorUnits: -1, currency: 'CNY' } }, 'price.minorUnits'],
  ])('does not seal data with %s, and says where', (_, data, field) => {
    const thrown = thrownBy(() => catalogue.seal({ type: 'ParcelSent', data }));
    expect(thrown).toBeInstanceOf(EventInvalid);
    expect(thrown).toMatchObject({ field });
  });

  test('does not open data that old versions do not lead to', () => {
    const nonsense = stored('ParcelSent.v2', { to: 'ann', price: 'seven', currency: 'CNY' });
    expect(thrownBy(() => catalogue.open(nonsense))).toMatchObject({ name: 'EventInvalid', field: 'price.minorUnits' });
  });

  test('does not open text that is not JSON', () => {
    expect(thrownBy(() => catalogue.open(stored('ParcelLost.v1', '{"a":')))).toBeInstanceOf(EventInvalid);
  });

  test('lists its definitions in the order of the tables', () => {
    const other = { ...parcelEvents.ParcelLost };
    const both = new EventCatalogue(parcelEvents, { LetterSent: other });
    expect([...both.definitions().keys()]).toEqual(['ParcelSent', 'ParcelLost', 'LetterSent']);
    expect(both.definitions().get('LetterSent')).toBe(other);
  });

  test('takes no type twice', () => {
    expect(thrownBy(() => new EventCatalogue(parcelEvents, parcelEvents))).toBeInstanceOf(EventInvalid);
  });

  test('takes no definition without an upcast per version before it', () => {
    const { ParcelSent } = parcelEvents;
    for (const upcasts of [[], ParcelSent.upcasts.slice(1), [...ParcelSent.upcasts, ...ParcelSent.upcasts]]) {
      const table = { ParcelSent: { ...ParcelSent, upcasts } };
      expect(thrownBy(() => new EventCatalogue(table))).toBeInstanceOf(EventInvalid);
    }
  });
});
