import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BEGINNING, type StoredEvent } from '../event.ts';
import { newEvents } from '../testing/new-events.ts';
import { positionOf } from './event-position.ts';
import { openSqliteEventStore } from './sqlite-event-store.ts';

const PROGRAM = fileURLToPath(new URL('./testing/appending-process.ts', import.meta.url));
const FOR_EVER = 1_000_000;

describe('a SQLite event store shared by processes', () => {
  let folder: string;
  let file: string;
  let running: { kill(): Promise<void> }[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dealtrail-events-'));
    file = join(folder, 'events.db');
    running = [];
  });

  afterEach(async () => {
    for (const process of running) await process.kill();
    await rm(folder, { recursive: true });
  });

  test('keeps every acknowledged event, none twice and without a gap, however often a writer is killed', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 8; round++) {
      const writer = appendElsewhere(`round${round}`, 'streams', FOR_EVER);
      await writer.until(1 + Math.floor(Math.random() * 400));
      await writer.kill();
      acknowledged.push(...writer.acknowledged());
      const log = await wholeLog();
      const ids = new Set(log.map((event) => event.id));
      expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
      expectSound(log);
    }
    const store = await openSqliteEventStore({ file });
    expect(await store.append('after', 'no_stream', newEvents(1))).toMatchObject({ revision: 0 });
    await store.close();
  });

  test('lets several processes append at once', async () => {
    const writers = ['one', 'two'].map((name) => appendElsewhere(name, 'streams', 60));
    const here = await openSqliteEventStore({ file });
    for (let revision = -1; revision < 50; revision++) {
      await here.append('here', revision === -1 ? 'no_stream' : revision, newEvents(1));
    }
    for (const writer of writers) expect(await writer.exitCode()).toBe(0);
    await here.close();
    const log = await wholeLog();
    const ids = new Set(log.map((event) => event.id));
    for (const writer of writers) {
      expect(writer.acknowledged()).toHaveLength(8 * 90);
      expect(writer.acknowledged().filter((id) => !ids.has(id))).toEqual([]);
    }
    expect(log).toHaveLength(2 * 8 * 90 + 51);
    expectSound(log);
  });

  test('lets one of two processes win each revision of a stream', async () => {
    const writers = ['one', 'two'].map((name) => appendElsewhere(name, 'contest', 100));
    for (const writer of writers) expect(await writer.exitCode()).toBe(0);
    const log = await wholeLog();
    expect(log).toHaveLength(100);
    expect(writers.flatMap((writer) => writer.acknowledged()).toSorted()).toEqual(
      log.map((event) => event.id).toSorted(),
    );
    for (const refusal of writers.flatMap((writer) => writer.refusals())) expect(refusal).toBe('ConcurrencyConflict');
    expectSound(log);
  });

  test('hands subscribers what another process appends, in order', async () => {
    const store = await openSqliteEventStore({ file });
    const ended = new AbortController();
    const writer = appendElsewhere('elsewhere', 'streams', 40);
    const events: StoredEvent[] = [];
    for await (const page of store.subscribe(BEGINNING, { signal: ended.signal, pageSize: 50 })) {
      events.push(...page);
      if (events.length >= 8 * 60) ended.abort();
    }
    expect(await writer.exitCode()).toBe(0);
    await store.close();
    expect(events.map((event) => event.position)).toEqual(events.map((_, index) => positionOf(index + 1)));
    expect(events.map((event) => event.id).toSorted()).toEqual(writer.acknowledged().toSorted());
  });

  test('refuses appends on a full disk, keeps what it acknowledged, and goes on when there is space', async () => {
    const writer = appendElsewhere('full', 'streams', FOR_EVER, { mostFileBlocks: 2_000 });
    expect(await writer.exitCode()).toBe(0);
    expect(writer.refusals()).toEqual(Array.from({ length: 8 }, () => 'StoreUnavailable'));
    expect(writer.acknowledged().length).toBeGreaterThan(0);
    const log = await wholeLog();
    expect(log.map((event) => event.id).toSorted()).toEqual(writer.acknowledged().toSorted());
    expectSound(log);
    const again = appendElsewhere('again', 'streams', 2);
    expect(await again.exitCode()).toBe(0);
    expect(again.acknowledged()).toHaveLength(8 * 3);
  });

  /** Runs the program that appends, where asked for with a limit on the size of files (blocks as `ulimit -f` counts). */
  function appendElsewhere(name: string, what: string, rounds: number, limit?: { readonly mostFileBlocks: number }) {
    const ulimit = limit ? `ulimit -f ${limit.mostFileBlocks}; ` : '';
    const child = spawn(
      'sh',
      ['-c', `${ulimit}exec "$0" "$@"`, process.execPath, '--disable-warning=ExperimentalWarning', PROGRAM].concat([
        file,
        name,
        what,
        String(rounds),
      ]),
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const exited = once(child, 'close') as Promise<[number | null]>;
    const lines: string[] = [];
    const output = createInterface({ input: child.stdout });
    output.on('line', (line) => lines.push(line));
    const elsewhere = {
      acknowledged: () => lines.filter((line) => !line.startsWith('refused ')).flatMap((line) => line.split(' ')),
      refusals: () => lines.filter((line) => line.startsWith('refused ')).map((line) => line.slice('refused '.length)),
      exitCode: async () => (await exited)[0],
      until: (count: number) =>
        new Promise<void>((resolve, reject) => {
          output.on('line', () => {
            if (lines.length >= count) resolve();
          });
          void exited.then(() => reject(new Error(`The process ended after ${lines.length} of ${count} lines.`)));
        }),
      async kill() {
        child.kill('SIGKILL');
        await exited;
      },
    };
    running.push(elsewhere);
    return elsewhere;
  }

  async function wholeLog(): Promise<readonly StoredEvent[]> {
    const store = await openSqliteEventStore({ file });
    const log = await store.readAll(BEGINNING, 1_000_000);
    await store.close();
    return log;
  }
});

/** Positions from 1 without a gap, ids once, revisions of each stream from 0 without a gap. */
function expectSound(log: readonly StoredEvent[]): void {
  expect(log.map((event) => event.position)).toEqual(log.map((_, index) => positionOf(index + 1)));
  expect(new Set(log.map((event) => event.id)).size).toBe(log.length);
  const lengths = new Map<string, number>();
  for (const event of log) {
    const length = lengths.get(event.stream) ?? 0;
    expect(event.revision).toBe(length);
    lengths.set(event.stream, length + 1);
  }
}
