import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditJobs, type AuditResult } from '../../libs/audit/audit-jobs.ts';
import type { StoreLocations } from '../../libs/composition/stores.ts';
import { NotFound, RuleViolation } from '../../libs/eventsourcing/errors.ts';
import { ImportJobs } from '../../libs/importing/import-jobs.ts';
import { ImportReports } from '../../libs/importing/import-reports.ts';
import type { ImportReport } from '../../libs/importing/import-run.ts';
import type { UndoReport } from '../../libs/importing/import-undo.ts';
import { Uploads } from '../../libs/importing/uploads.ts';
import { runInBackground, type BackgroundTask } from './background-task.ts';
import type { Log } from './projector.ts';

type RunOptions = Parameters<typeof runInBackground>[1];

const DAY_MILLISECONDS = 24 * 60 * 60_000;

/** What this server does beside its requests, each in a thread of its own with a directory that is removed after it. */
export class BackgroundWork {
  readonly audits: AuditJobs;
  readonly uploads: Uploads;
  readonly imports: ImportJobs;
  readonly #folder: string;
  readonly #locations: StoreLocations;
  readonly #log: Log;
  readonly #daily: NodeJS.Timeout;

  /** @param data the directory of the embedded stores */
  constructor(data: string, locations: StoreLocations, log: Log, now: () => number) {
    this.#folder = join(data, 'scratch');
    this.#locations = locations;
    this.#log = log;
    this.audits = new AuditJobs((task, options) => this.#run(task, options) as Promise<AuditResult>, now);
    this.uploads = new Uploads(join(data, 'uploads'), now);
    this.imports = new ImportJobs(
      this.uploads,
      new ImportReports(data, now),
      (task, options) => this.#run(task, options) as Promise<ImportReport | UndoReport>,
      log,
      now,
    );
    void this.#removeOldReports();
    this.#daily = setInterval(() => void this.#removeOldReports(), DAY_MILLISECONDS).unref();
  }

  /** Ends everything under way. */
  async close(): Promise<void> {
    clearInterval(this.#daily);
    await Promise.all([this.audits.close(), this.imports.close()]);
  }

  async #removeOldReports(): Promise<void> {
    try {
      await this.imports.reports.removeOld();
    } catch (error) {
      this.#log.warn(`Old reports of imports could not be removed: ${String(error)}`);
    }
  }

  async #run(task: BackgroundTask['task'], options: RunOptions): Promise<unknown> {
    await mkdir(this.#folder, { recursive: true });
    const scratch = await mkdtemp(join(this.#folder, `${task.kind}-`));
    try {
      return await runInBackground({ locations: this.#locations, scratch, task }, options);
    } catch (error) {
      const told = options.signal.aborted || error instanceof RuleViolation || error instanceof NotFound;
      if (!told) this.#log.warn(`A ${task.kind} failed: ${error instanceof Error ? error.stack : String(error)}`);
      throw error;
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }
}
