import { copyFile, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { chain } from '../eventsourcing/hash-chain.ts';
import { openSqliteEventStore } from '../eventsourcing/sqlite/sqlite-event-store.ts';
import { newEvent } from '../eventsourcing/testing/new-events.ts';
import { verifyLog, type LogProof, type VerifyOptions } from './audit-verify.ts';

const STREAMS = 5;
const EVENTS = 60;

let template: string;
let folder: string;
let file: string;

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'dealtrail-verify-'));
  file = join(template, 'events.db');
  const store = await openSqliteEventStore({ file });
  const ends = new Map<string, { revision: number; hash: string }>();
  for (let index = 0; index < EVENTS; index += 1) {
    const stream = `thing-${index % STREAMS}`;
    const end = ends.get(stream) ?? { revision: -1, hash: '' };
    const {
      hash: _,
      previousHash: __,
      ...event
    } = newEvent({
      data: JSON.stringify({ note: `thing ${index} \uFFFD café` }),
    });
    const linked = chain(stream, end.revision + 1, end.hash, [event]);
    await store.append(stream, end.revision < 0 ? 'no_stream' : end.revision, linked);
    ends.set(stream, { revision: end.revision + 1, hash: linked[0]!.hash });
  }
  await store.close();
  // Packed, the file has no stale copy of an event that could be hit in its place.
  tamper('VACUUM');
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dealtrail-verify-'));
  file = join(folder, 'events.db');
  await copyFile(join(template, 'events.db'), file);
});

afterEach(() => rm(folder, { recursive: true }));
afterAll(() => rm(template, { recursive: true }));

async function verify(options?: VerifyOptions): Promise<LogProof> {
  const store = await openSqliteEventStore({ file });
  try {
    return await verifyLog(store, options);
  } finally {
    await store.close();
  }
}

/** Changes the file behind the store's back, as somebody with access to it would. */
function tamper(...statements: readonly string[]): void {
  const database = new DatabaseSync(file);
  try {
    for (const statement of statements) database.exec(statement);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

describe('the proof of a log', () => {
  test('finds nothing in a log nobody touched, and says what it read', async () => {
    const proof = await verify();
    expect(proof).toMatchObject({ intact: true, events: EVENTS, streams: STREAMS, faults: [], complete: true });
    expect(proof.position).toBe(String(EVENTS).padStart(16, '0'));
    expect(proof.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test('reports how far it is', async () => {
    const told: number[] = [];
    await verify({ onProgress: ({ done, total }) => told.push(done, total) });
    expect(told.slice(-2)).toEqual([EVENTS, EVENTS]);
  });

  const columns = [
    ['position', '999'],
    ['position', '-5'],
    ['position', '9007199254740993'],
    ['stream', `'thing-9'`],
    ['stream', `CAST(x'ff00fe' AS TEXT)`],
    ['revision', '77'],
    ['revision', '-1'],
    ['revision', '9007199254740993'],
    ['id', `'00000000-0000-4000-8000-000000000000'`],
    ['type', `type || '2'`],
    ['occurred_at', `'2026-01-31T09:30:00.001Z'`],
    ['recorded_at', `'2026-02-01T10:00:00.124Z'`],
    ['data', `replace(data, 'thing', 'thinG')`],
    ['data', `data || ' '`],
    ['data', `data || char(0)`],
    ['data', `'not JSON'`],
    ['data', `CAST(x'ff' AS TEXT)`],
    // An invalid byte is read as the replacement character that stood there: only the bytes tell.
    ['data', `CAST(replace(CAST(data AS BLOB), x'efbfbd', x'ff') AS TEXT)`],
    ['metadata', `replace(metadata, 'ann', 'bob')`],
    ['metadata', `''`],
    ['previous_hash', `''`],
    ['previous_hash', `upper(previous_hash)`],
    ['hash', `upper(hash)`],
    ['hash', `''`],
  ] as const;
  test.each(columns)('finds %s changed to %s', async (column, value) => {
    tamper(`UPDATE events SET ${column} = ${value} WHERE position = 33`);
    const proof = await verify();
    expect(proof.intact).toBe(false);
    expect(proof.faults.length).toBeGreaterThan(0);
    expect(proof.faultCount).toBeGreaterThanOrEqual(proof.faults.length);
  });

  test('says where an altered event lies', async () => {
    tamper(`UPDATE events SET data = '{}' WHERE position = 33`);
    const { faults } = await verify();
    expect(faults).toEqual([
      {
        stream: 'thing-2',
        revision: 6,
        position: '0000000000000033',
        code: 'content_altered',
        fault: 'the content does not match its hash',
      },
    ]);
  });

  test('finds a dropped event, also where all others move up', async () => {
    tamper('DELETE FROM events WHERE position = 33');
    expect((await verify()).intact).toBe(false);
    tamper('UPDATE events SET position = position - 1 WHERE position > 33');
    const { faults } = await verify();
    expect(faults).toEqual([expect.objectContaining({ stream: 'thing-2', revision: 7 })]);
  });

  test('finds an inserted event, also one that no reader meets', async () => {
    const values = `'thing-8', 0, 'new', type, occurred_at, recorded_at, data, metadata, '', hash`;
    tamper(`INSERT INTO events SELECT 61, ${values} FROM events WHERE position = 1`);
    expect((await verify()).intact).toBe(false);
    tamper('UPDATE events SET position = 0 WHERE position = 61');
    expect((await verify()).intact).toBe(false);
  });

  test('finds two events of a stream that changed places', async () => {
    tamper(
      'UPDATE events SET position = -1 WHERE position = 28',
      'UPDATE events SET position = 28 WHERE position = 33',
      'UPDATE events SET position = 33 WHERE position = -1',
    );
    expect((await verify()).intact).toBe(false);
  });

  test('finds two events of different streams that changed places by a noted digest', async () => {
    const { position, digest } = await verify();
    expect((await verify({ expect: { position, digest } })).intact).toBe(true);
    tamper(
      'UPDATE events SET position = -1 WHERE position = 32',
      'UPDATE events SET position = 32 WHERE position = 33',
      'UPDATE events SET position = 33 WHERE position = -1',
    );
    expect((await verify({ expect: { position, digest } })).intact).toBe(false);
  });

  test('finds a missing end by a noted digest, and takes a log that has grown since', async () => {
    const { position, digest } = await verify();
    const store = await openSqliteEventStore({ file });
    const { hash: _, previousHash: __, ...event } = newEvent();
    await store.append('thing-grown', 'no_stream', chain('thing-grown', 0, '', [event]));
    await store.close();
    expect(await verify({ expect: { position: String(Number(position)), digest } })).toMatchObject({ intact: true });

    tamper('DELETE FROM events WHERE position > 55');
    expect(await verify()).toMatchObject({ intact: true, events: 55 });
    const { faults } = await verify({ expect: { position, digest } });
    expect(faults).toEqual([expect.objectContaining({ fault: expect.stringContaining('no event at the noted') })]);
  });

  test('refuses a noted position that is none', async () => {
    await expect(verify({ expect: { position: 'last week', digest: '' } })).rejects.toMatchObject({
      code: 'invalid_moment',
    });
  });

  test('finds an index that tells another story than the log', async () => {
    const bytes = await readFile(file);
    const entries: number[] = [];
    for (let at = bytes.indexOf('thing-2'); at >= 0; at = bytes.indexOf('thing-2', at + 1)) entries.push(at);
    // In the table, an id of 36 characters with its dashes comes behind the stream.
    const inIndex = entries.find((at) => !/[0-9a-f]{8}-[0-9a-f]{4}/.test(bytes.toString('latin1', at, at + 30)));
    bytes[inIndex!] = 'T'.charCodeAt(0);
    await writeFile(file, bytes);
    expect((await verify()).faults.map(({ fault }) => fault).join()).toMatch(/index/);
  });

  test('finds any byte of an event changed in the file itself', async () => {
    const store = await openSqliteEventStore({ file });
    const [event] = await store.readStream('thing-2', 6);
    await store.close();
    const bytes = await readFile(file);
    const record = bytes.indexOf(`${event!.id}${event!.type}`) - 'thing-2'.length - 1;
    // The row's length, its number and what its columns are come before it.
    const begin = record - 20;
    const end = bytes.indexOf(event!.hash, record) + event!.hash.length;
    expect(end - begin).toBeGreaterThan(300);
    const handle = await open(file, 'r+');
    try {
      const missed: string[] = [];
      for (let offset = begin; offset < end; offset += offset < record ? 1 : 9) {
        await handle.write(Buffer.from([bytes[offset]! ^ (1 << (offset % 8))]), 0, 1, offset);
        if ((await verify()).intact) missed.push(`${offset - record}: ${bytes[offset]}`);
        await handle.write(bytes, offset, 1, offset);
      }
      expect(missed).toEqual([]);
      expect((await verify()).intact).toBe(true);
    } finally {
      await handle.close();
    }
  });
});
