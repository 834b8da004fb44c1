import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import eventStoreDb, { type EventStoreDBClient } from '@eventstore/db-client';
import { EventStoreDbDouble } from './eventstoredb-double.ts';

const { jsonEvent } = eventStoreDb;
const newEvent = (type = 'Happened') => jsonEvent({ type, data: {} });

describe('the double of EventStoreDB', () => {
  let double: EventStoreDbDouble;
  let client: EventStoreDBClient;

  beforeEach(async () => {
    double = await EventStoreDbDouble.start();
    client = eventStoreDb.EventStoreDBClient.connectionString(double.url);
  });

  afterEach(async () => {
    await client.dispose();
    double.kill();
  });

  test('takes appends in batches from a client that gives no credentials', async () => {
    const events = [newEvent(), newEvent()];
    const { nextExpectedRevision } = await client.appendToStream('s', events, { expectedRevision: 'no_stream' });
    expect(nextExpectedRevision).toBe(1n);
    expect(double.calls).toMatchObject({ append: 0, batchAppend: 1 });
    await expect(client.appendToStream('s', newEvent(), { expectedRevision: 5n })).rejects.toMatchObject({
      type: 'wrong-expected-version',
      actualVersion: 1n,
    });
  });

  test('refuses a batch whose deadline lies in the past by its own clock', async () => {
    const slowClock = { deadline: -5_000 };
    await expect(client.appendToStream('s', newEvent(), slowClock)).rejects.toMatchObject({
      type: 'deadline-exceeded',
    });
  });

  test('writes an id twice for who expects any revision, once it has forgotten the first', async () => {
    const first = newEvent();
    await client.appendToStream('s', first);
    await client.appendToStream('s', first);
    expect(double.log.stream('s')).toHaveLength(1);
    for (let index = 0; index < 8; index++) await client.appendToStream('others', newEvent());
    await client.appendToStream('s', first);
    expect(double.log.stream('s')).toHaveLength(2);
  });

  test('goes on with the numbering after a delete, and never after a tombstone', async () => {
    await client.appendToStream('s', [newEvent(), newEvent()]);
    await client.deleteStream('s');
    await expect(readAll(client.readStream('s'))).rejects.toMatchObject({ type: 'stream-not-found' });
    const { nextExpectedRevision } = await client.appendToStream('s', newEvent(), { expectedRevision: 'no_stream' });
    expect(nextExpectedRevision).toBe(2n);
    await client.tombstoneStream('s');
    await expect(readAll(client.readStream('s'))).rejects.toMatchObject({ type: 'stream-deleted' });
    await expect(
      client.appendToStream('s', newEvent(), { credentials: { username: 'a', password: 'b' } }),
    ).rejects.toMatchObject({ type: 'stream-deleted' });
  });

  test('resolves a link to a deleted event to nothing', async () => {
    await client.appendToStream('s', [newEvent(), newEvent()]);
    const links = async () => (await readAll(client.readAll({ resolveLinkTos: true }))).filter(({ link }) => link);
    expect((await links()).map(({ event }) => event?.streamId)).toEqual(['s']);
    await client.deleteStream('s');
    expect((await links()).map(({ event }) => event)).toEqual([undefined]);
  });

  test('leaves gaps between positions and puts records of the system between the events', async () => {
    for (let index = 0; index < 4; index++) await client.appendToStream(`s-${index}`, newEvent());
    const log = await readAll(client.readAll());
    expect(log.filter(({ event }) => event?.type.startsWith('$')).length).toBeGreaterThan(3);
    const commits = log.map(({ commitPosition }) => commitPosition!);
    for (let index = 1; index < commits.length; index++)
      expect(commits[index]! - commits[index - 1]!).toBeGreaterThan(1n);
  });

  test('sends checkpoints ahead of the last event that passes a filter, exclusive of where it began', async () => {
    await client.appendToStream('s', newEvent('Wanted'));
    const { position } = await client.appendToStream('s', newEvent('Wanted'), { expectedRevision: 0n });
    const checkpoint = Promise.withResolvers<bigint>();
    const subscription = client.subscribeToAll({
      fromPosition: position!,
      filter: eventStoreDb.eventTypeFilter({
        prefixes: ['Wanted'],
        checkpointInterval: 1,
        checkpointReached: (_, { commit }) => checkpoint.resolve(commit),
      }),
    });
    const seen: unknown[] = [];
    subscription.on('data', (resolved) => seen.push(resolved)).on('error', checkpoint.reject);
    for (let index = 0; index < 20; index++) await client.appendToStream('noise', newEvent('Unwanted'));
    expect(await checkpoint.promise).toBeGreaterThan(position!.commit);
    expect(seen).toEqual([]);
    await subscription.unsubscribe();
  });

  test('forgets nothing when it is killed', async () => {
    await client.appendToStream('s', [newEvent(), newEvent()]);
    double.kill();
    await double.restart();
    await client.dispose();
    client = eventStoreDb.EventStoreDBClient.connectionString(double.url);
    expect(await readAll(client.readStream('s'))).toHaveLength(2);
  });
});

async function readAll<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
}
