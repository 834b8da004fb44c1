import { mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
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

/** What an answer lists of refusals and the like; more than that is told as a number. */
export const MOST_LISTED = 1_000;
const KEPT_MILLISECONDS = 30 * 24 * 60 * 60_000;
const REPORT = 'report.json';

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
  async keep(report: ImportReport, source: Pick<ImportSource, 'folder' | 'delimiter'>): Promise<void> {
    const { refusals } = report;
    const folder = join(this.#folder, report.importId);
    await mkdir(folder, { recursive: true });
    const refusedFiles = [...new Set(refusals.map(({ file }) => file))];
    for (const [index, file] of refusedFiles.entries()) {
      const ofFile = refusals.filter((refusal) => refusal.file === file);
      await writeFile(join(folder, linesOf(index)), refusedLines(join(source.folder, file), source.delimiter, ofFile));
    }
    // Whoever asks meanwhile finds no report, or all of it.
    await writeFile(join(folder, `${REPORT}.new`), JSON.stringify(shortened(report, refusedFiles)));
    await rename(join(folder, `${REPORT}.new`), join(folder, REPORT));
    await this.removeOld();
  }

  /** Undefined where there is none of this import, or none any more. */
  async find(importId: string): Promise<KeptReport | undefined> {
    const text = await unlessMissing(readFile(join(this.#folder, importId, REPORT), 'utf8'));
    return text === undefined ? undefined : (JSON.parse(text) as KeptReport);
  }

  /**
   * The refused lines of a file as they stood in it, as CSV in UTF-8 that can be imported when it is mended: the first
   * column says why each was refused. Throws `NotFound`.
   */
  async linesOf(importId: string, file: string): Promise<Readable> {
    const report = await this.find(importId);
    const index = report?.refusedFiles.indexOf(file) ?? -1;
    if (index < 0) throw new NotFound('file of refused lines', file);
    const content = await open(join(this.#folder, importId, linesOf(index)));
    return content.createReadStream();
  }

  /** Removes what is older than thirty days. */
  async removeOld(): Promise<void> {
    // Another process may remove the same.
    const ids = await unlessMissing(readdir(this.#folder));
    for (const id of ids ?? []) {
      const folder = join(this.#folder, id);
      const kept = await unlessMissing(stat(folder));
      if (kept && kept.mtimeMs < this.#now() - KEPT_MILLISECONDS) await rm(folder, { recursive: true, force: true });
    }
  }
}

/** A report without the refusals beyond the first. */
export function shortened(report: ImportReport, refusedFiles: readonly string[]): KeptReport {
  const { refusals } = report;
  return { ...report, refusals: refusals.slice(0, MOST_LISTED), refusalCount: refusals.length, refusedFiles };
}

/** Not by the name of the file it is of, for that may be as long as names can be. */
function linesOf(index: number): string {
  return `lines-${index + 1}.csv`;
}

async function unlessMissing<Found>(finding: Promise<Found>): Promise<Found | undefined> {
  try {
    return await finding;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
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
