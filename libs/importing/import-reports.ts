import { mkdir, open, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { NotFound } from '../eventsourcing/errors.ts';
import { csvRecords, type Refusal } from './csv-rows.ts';
import type { ImportReport } from './import-run.ts';
import type { ImportSource } from './import-sources.ts';

/** What stays of a report: the first of its refusals, and where all of them can be had. */
export interface KeptReport extends ImportReport {
  readonly refusalCount: number;
  /** Files of which there are refused lines. */
  readonly refusedFiles: readonly string[];
}

/** The first column of refused lines. */
const WHY = 'Refused because';

const MOST_LISTED = 1_000;
const KEPT_MILLISECONDS = 30 * 24 * 60 * 60_000;
const REPORT = 'report.json';
const LINES = 'lines-of-';

/**
 * What imports did and the lines that they refused, in files, so that they can be mended after a restart too. They stay
 * for thirty days; the log, from which nothing can be erased, takes no lines of files.
 */
export class ImportReports {
  readonly #folder: string;
  readonly #now: () => number;

  /**
   * @param data the directory of the embedded stores
   * @param now milliseconds since 1970
   */
  constructor(data: string, now: () => number) {
    this.#folder = join(data, 'import-reports');
    this.#now = now;
  }

  /** Keeps a report with the refused lines of the files it is of. */
  async keep({ refusals, ...report }: ImportReport, source: Pick<ImportSource, 'folder' | 'delimiter'>): Promise<void> {
    await this.#removeOld();
    const folder = join(this.#folder, report.importId);
    await mkdir(folder, { recursive: true });
    const refusedFiles = [...new Set(refusals.map(({ file }) => file))];
    for (const file of refusedFiles) {
      const ofFile = refusals.filter((refusal) => refusal.file === file);
      await writeFile(join(folder, LINES + file), refusedLines(join(source.folder, file), source.delimiter, ofFile));
    }
    const listed = refusals.slice(0, MOST_LISTED);
    const kept: KeptReport = { ...report, refusals: listed, refusalCount: refusals.length, refusedFiles };
    await writeFile(join(folder, REPORT), JSON.stringify(kept));
  }

  /** Undefined where there is none of this import, or none any more. */
  async find(importId: string): Promise<KeptReport | undefined> {
    try {
      return JSON.parse(await readFile(join(this.#folder, importId, REPORT), 'utf8')) as KeptReport;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /**
   * The refused lines of a file as they stood in it, as CSV in UTF-8 that can be imported when it is mended: the first
   * column says why each was refused. Throws `NotFound`.
   */
  async linesOf(importId: string, file: string): Promise<Readable> {
    const report = await this.find(importId);
    if (!report?.refusedFiles.includes(file)) throw new NotFound('file of refused lines', file);
    const content = await open(join(this.#folder, importId, LINES + file));
    return content.createReadStream();
  }

  async #removeOld(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    for (const id of await readdir(this.#folder)) {
      const folder = join(this.#folder, id);
      if ((await stat(folder)).mtimeMs < this.#now() - KEPT_MILLISECONDS) await rm(folder, { recursive: true });
    }
  }
}

async function* refusedLines(path: string, delimiter: string, refusals: readonly Refusal[]): AsyncGenerator<string> {
  const whys = new Map<number, string[]>();
  for (const { line, column, rule } of refusals) {
    whys.set(line, [...(whys.get(line) ?? []), column === undefined ? rule : `${column}: ${rule}`]);
  }
  const row = (why: string, cells: readonly string[]): string => stringify([[why, ...cells]], { delimiter });
  const told = (line: number): string => `line ${line}: ${whys.get(line)!.join('; ')}`;
  let heading: readonly string[] | undefined;
  for await (const { line, cells } of csvRecords(path, delimiter, () => undefined)) {
    // Refused lines that were mended and refused again have that column already.
    const own = (heading ?? cells)[0] === WHY ? cells.slice(1) : cells;
    if (!heading) {
      heading = cells;
      // By this mark, spreadsheets know the encoding.
      yield '\uFEFF' + row(WHY, own);
    } else if (whys.has(line)) {
      yield row(told(line), own);
      whys.delete(line);
    }
  }
  // What is no CSV has no cells.
  for (const line of whys.keys()) yield row(told(line), []);
}
