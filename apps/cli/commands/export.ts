import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { projections } from '../../../libs/composition/projections.ts';
import { NotFound } from '../../../libs/eventsourcing/errors.ts';
import { BEGINNING } from '../../../libs/eventsourcing/event.ts';
import type { EventStore } from '../../../libs/eventsourcing/event-store.ts';
import { collectionsOf } from '../../../libs/eventsourcing/projections/projection.ts';
import type { ReadModelStore } from '../../../libs/eventsourcing/read-model-store.ts';
import { answer, count, print } from '../answer.ts';
import { UsageError, addCommand, choice } from '../command-line.ts';
import { interruption } from '../interruption.ts';
import { withReadModels, withStores, type ReadingOptions } from '../up-to-date.ts';

interface ExportOptions extends ReadingOptions {
  readonly format?: Format;
  readonly out?: string;
}

const formats = ['csv', 'ndjson'] as const;
type Format = (typeof formats)[number];

const PAGE = 1_000;
const EVENTS = 'events';
const eventColumns = [
  'position',
  'stream',
  'revision',
  'id',
  'type',
  'occurredAt',
  'recordedAt',
  'data',
  'metadata',
  'previousHash',
  'hash',
] as const;

const readModels = projections.flatMap((projection) =>
  collectionsOf(projection).map((collection) => ({ projection: projection.name, collection })),
);

/** Rows to write, with the columns they have in a table. */
interface Source {
  readonly columns: readonly string[];
  readonly pages: AsyncIterable<readonly object[]>;
}

export function registerExport(program: Command): void {
  const names = [...readModels.map(({ collection }) => collection.name), EVENTS];
  addCommand(program, 'export <what>', `write out a read model, or the log as it is stored: ${names.join(', ')}`)
    .addOption(choice('--format <format>', 'csv where left out; with --json alone, one JSON array', formats))
    .option('--out <file>', 'write to a file instead of the standard output')
    .option('--replayed <directory>', 'export from a replay, as `audit replay` told its directory')
    .action(async (what: string, options: ExportOptions) => {
      if (!names.includes(what)) throw new UsageError(`There is no ${what} to export; there are ${names.join(', ')}.`);
      if (options.json && options.format && options.out === undefined) {
        throw new UsageError('--json answers with one JSON document; --format beside it needs --out.');
      }
      if (what !== EVENTS) {
        await withReadModels(options, async (store) => write(what, await documents(store, what), options));
      } else if (options.replayed === undefined) {
        await withStores(options, ({ eventStore }) => write(what, storedEvents(eventStore), options));
      } else {
        throw new UsageError('A replay has read models only; the events are those of the log it was built from.');
      }
    });
}

/** Text of data and metadata goes out as it is stored, so that hashes can be computed again from it. */
function storedEvents(eventStore: EventStore): Source {
  async function* pages(): AsyncGenerator<readonly object[]> {
    let after = BEGINNING;
    for (let more = true; more;) {
      const page = await eventStore.readAll(after, PAGE);
      yield page;
      after = page.at(-1)?.position ?? after;
      more = page.length === PAGE;
    }
  }
  return { columns: eventColumns, pages: pages() };
}

async function documents(store: ReadModelStore, name: string): Promise<Source> {
  const { projection, collection } = readModels.find((one) => one.collection.name === name)!;
  const { serving } = await store.generations(projection);
  if (!serving) throw new NotFound('read model', name);
  async function* pages(): AsyncGenerator<readonly object[]> {
    for await (const page of store.scan(serving!, name)) yield page.map(({ document }) => document);
  }
  return { columns: Object.keys(collection.schema.properties), pages: pages() };
}

async function write(what: string, source: Source, options: ExportOptions): Promise<void> {
  const { out, json } = options;
  const format = options.format ?? (json && out === undefined ? 'json' : 'csv');
  const written = { rows: 0 };
  const text = textOf(source, format, written);
  if (out === undefined) {
    for await (const part of text) await print(part);
    return;
  }
  // A file under its name is always complete.
  const unfinished = `${out}.unfinished`;
  try {
    await pipeline(Readable.from(text), createWriteStream(unfinished));
    await rename(unfinished, out);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  const { rows } = written;
  await answer(options, { what, format, file: out, rows }, () => `${count(rows)} rows of ${what} in ${out}`);
}

async function* textOf(
  { columns, pages }: Source,
  format: Format | 'json',
  written: { rows: number },
): AsyncGenerator<string> {
  if (format === 'csv') yield stringify([columns]);
  for await (const page of pages) {
    await breathe();
    interruption().throwIfAborted();
    if (page.length === 0) continue;
    const first = written.rows === 0;
    written.rows += page.length;
    if (format === 'csv') yield stringify(page.map((row) => columns.map((column) => cell(Reflect.get(row, column)))));
    else if (format === 'ndjson') yield page.map((row) => `${JSON.stringify(row)}\n`).join('');
    else yield `${first ? '[\n' : ',\n'}${page.map((row) => JSON.stringify(row)).join(',\n')}`;
  }
  if (format === 'json') yield written.rows === 0 ? '[]\n' : '\n]\n';
}

/** Nothing for null, JSON for what is no single value. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
