import type { CommandContext } from '../eventsourcing/command-handler.ts';
import type { Actor } from '../eventsourcing/event.ts';
import { BackgroundJobs, type Job } from '../http/background-jobs.ts';
import type { MappedKind } from './import-map.ts';
import type { ImportReports } from './import-reports.ts';
import type { ImportCounts, ImportReport } from './import-run.ts';
import type { UndoReport } from './import-undo.ts';
import { newImportId } from './import-id.ts';
import { sourceOf } from './mapped-source.ts';
import type { Upload, Uploads } from './uploads.ts';

/** What takes longer than a request may. */
export type ImportTask =
  | {
      readonly kind: 'import';
      readonly importId: string;
      /** The files lie here beside each other. */
      readonly folder: string;
      /** The one the map is for. */
      readonly file: string;
      readonly mapped: MappedKind;
      readonly startedBy: string;
    }
  | { readonly kind: 'undo'; readonly importId: string; readonly context: UndoContext };

/** Who takes an import back, through what, and why. */
export type UndoContext = Pick<CommandContext, 'actor' | 'source' | 'reason'>;

/** How far an import is. */
export interface ImportProgress extends ImportCounts {
  readonly bytesRead: number;
  readonly bytes: number;
  readonly dealsPerSecond: number;
  /** Null until it can be told. */
  readonly secondsLeft: number | null;
}

export interface ImportJobKind {
  readonly question: { readonly importId: string; readonly files: readonly string[]; readonly kind: string };
  readonly progress: ImportProgress;
  readonly result: ImportReport | UndoReport;
}

/** Carries out a task away from the thread that answers requests. */
export type RunImportTask = (
  task: ImportTask,
  options: { readonly signal: AbortSignal; readonly onProgress: (progress: ImportProgress) => void },
) => Promise<ImportReport | UndoReport>;

/** Imports and their undoing on this server, one at a time. */
export class ImportJobs {
  /** Of imports that are finished. */
  readonly reports: ImportReports;
  readonly #jobs: BackgroundJobs<ImportJobKind>;
  readonly #uploads: Uploads;
  readonly #run: RunImportTask;
  readonly #log: { warn(message: string): void };
  readonly #now: () => number;

  constructor(
    uploads: Uploads,
    reports: ImportReports,
    run: RunImportTask,
    log: { warn(message: string): void },
    now: () => number,
  ) {
    this.#jobs = new BackgroundJobs(({ id }) => `/api/v1/imports/${id.replace(UNDO, '')}`, now);
    this.#uploads = uploads;
    this.reports = reports;
    this.#run = run;
    this.#log = log;
    this.#now = now;
  }

  /** Begins to import files, the first of which is the one the map is for. Throws `JobUnderWay`. */
  start(uploads: readonly Upload[], mapped: MappedKind, actor: Actor): Job<ImportJobKind> {
    const importId = newImportId(mapped.kind, this.#now());
    const [{ name: file }] = uploads as [Upload];
    const task = { kind: 'import', importId, file, mapped, startedBy: actor.id } as const;
    return this.#jobs.start({
      id: importId,
      kind: 'import',
      actor,
      question: { importId, files: uploads.map(({ name }) => name), kind: mapped.kind },
      work: (options) =>
        this.#uploads.together(uploads, async (folder) => {
          const report = (await this.#run({ ...task, folder }, options)) as ImportReport;
          try {
            await this.reports.keep(report, sourceOf(mapped, folder, file));
          } catch (error) {
            // The deals are in all the same.
            this.#log.warn(`The report of ${importId} could not be kept: ${String(error)}`);
          }
          return report;
        }),
    });
  }

  /** Begins to take an import back. Throws `JobUnderWay`. */
  undo(importId: string, context: UndoContext): Job<ImportJobKind> {
    const task = { kind: 'undo', importId, context } as const;
    this.#jobs.forget(UNDO + importId);
    return this.#jobs.start({
      id: UNDO + importId,
      kind: 'undo',
      actor: context.actor,
      question: { importId, files: [], kind: 'undo' },
      work: (options) => this.#run(task, options),
    });
  }

  /** What is known here of an import and of its undoing. */
  find(importId: string): { readonly imported?: Job<ImportJobKind>; readonly undone?: Job<ImportJobKind> } {
    const [imported, undone] = [this.#jobs.find(importId), this.#jobs.find(UNDO + importId)];
    return { ...(imported ? { imported } : {}), ...(undone ? { undone } : {}) };
  }

  /** Ends an import; what it brought in until then stays. Throws `NotFound`. */
  async cancel(importId: string): Promise<void> {
    await this.#jobs.cancel(importId);
  }

  close(): Promise<void> {
    return this.#jobs.close();
  }
}

/** No import has an id that begins so. */
const UNDO = 'undo of ';
