import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NotFound } from '../eventsourcing/errors.ts';
import { encodingOf, rewriteAsUtf8, type TextEncoding } from './text-encoding.ts';

/** A file that was sent to be imported. */
export interface Upload {
  readonly id: string;
  readonly name: string;
  /** In UTF-8. */
  readonly bytes: number;
  readonly path: string;
  /** In which it came. */
  readonly encoding: TextEncoding;
}

/** The file is larger than may be sent. */
export class UploadTooLarge extends Error {
  constructor(limit: number) {
    super(`A file may have ${limit} bytes at most.`);
    this.name = 'UploadTooLarge';
  }
}

/** What a file may be called: nothing that means anything to a file system. At most 240 bytes in UTF-8. */
export const FILE_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._()+-]{0,79}$/u;

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_KEPT = 50;
const KEPT_MILLISECONDS = 24 * 60 * 60_000;

/**
 * Files sent to be imported, each in a folder of its own named by its id, so that every server with this directory knows
 * them. They stay for a day, and the last fifty at most. They are kept in UTF-8; where a file came in another encoding,
 * an empty file beside it is called like that, behind a dot.
 */
export class Uploads {
  readonly #folder: string;
  readonly #now: () => number;

  /** @param now milliseconds since 1970 */
  constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.#now = now;
  }

  /** Keeps what comes as a file. Throws `UploadTooLarge`; nothing is kept then. */
  async keep(name: string, content: Readable): Promise<Upload> {
    const id = randomUUID();
    const folder = join(this.#folder, id);
    await mkdir(folder, { recursive: true });
    const path = join(folder, name);
    try {
      await pipeline(limited(content), createWriteStream(path));
      const encoding = await encodingOf(path);
      if (encoding !== 'utf-8') {
        await rewriteAsUtf8(path, encoding);
        await writeFile(join(folder, `.${encoding}`), '');
      }
    } catch (error) {
      await this.remove(id);
      throw error;
    }
    await this.#removeOld();
    return this.find(id);
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.#folder, id), { recursive: true, force: true });
  }

  /** Throws `NotFound` where there is none of this id, or none any more. */
  async find(id: string): Promise<Upload> {
    const names = /^[0-9a-f-]{36}$/.test(id) ? await namesIn(join(this.#folder, id)) : [];
    const name = names.find((each) => !each.startsWith('.'));
    if (name === undefined) throw new NotFound('upload', id);
    const encoding = (names.find((each) => each.startsWith('.'))?.slice(1) ?? 'utf-8') as TextEncoding;
    const path = join(this.#folder, id, name);
    return { id, name, bytes: (await stat(path)).size, path, encoding };
  }

  /** Gives the work a folder with these files beside each other, which is removed after it. */
  async together<Result>(uploads: readonly Upload[], work: (folder: string) => Promise<Result>): Promise<Result> {
    await mkdir(this.#folder, { recursive: true });
    const folder = await mkdtemp(join(this.#folder, 'together-'));
    try {
      for (const { path } of uploads) await link(path, join(folder, basename(path)));
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #removeOld(): Promise<void> {
    const kept: { id: string; at: number }[] = [];
    for (const id of await namesIn(this.#folder)) {
      const at = /^[0-9a-f-]{36}$/.test(id) ? await unlessMissing(changedAt(join(this.#folder, id))) : undefined;
      if (at !== undefined) kept.push({ id, at });
    }
    const newestFirst = kept.toSorted((left, right) => right.at - left.at);
    const old = newestFirst.filter(({ at }, index) => index >= MOST_KEPT || at < this.#now() - KEPT_MILLISECONDS);
    for (const { id } of old) await this.remove(id);
  }
}

/** What comes, without breaking the connection that its refusal is to be answered on. */
async function* limited(content: Readable): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new UploadTooLarge(MOST_BYTES);
    yield chunk;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await unlessMissing(readdir(folder))) ?? [];
}

async function changedAt(folder: string): Promise<number> {
  return (await stat(folder)).mtimeMs;
}

/** Undefined where what is asked is not there, or not any more: others remove uploads at the same time. */
async function unlessMissing<Answer>(asking: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asking;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
