import type { Actor } from '../eventsourcing/event.ts';
import { BackgroundJobs, type Job } from '../http/background-jobs.ts';
import type { PipelineDifference } from './audit-diff.ts';
import type { ReplaySummary } from './audit-replay.ts';
import type { LogProof, NotedDigest } from './audit-verify.ts';
import type { Moment } from './moment.ts';

/** What takes longer than a request may. */
export type AuditTask =
  | { readonly kind: 'verification'; readonly stream?: string; readonly expect?: NotedDigest }
  | { readonly kind: 'replay'; readonly at: string }
  | { readonly kind: 'comparison'; readonly from: string; readonly to: string; readonly limit: number };

/** How far a task is, in events, or bytes of the log where the store counts those. */
export interface AuditProgress {
  readonly done: number;
  readonly total: number;
  readonly unit: 'events' | 'bytes';
  readonly perSecond: number;
  /** Null until it can be told. */
  readonly secondsLeft: number | null;
}

/** The state at a recorded moment. */
export interface ReplayedState extends ReplaySummary, Omit<Moment, 'hash'> {
  /** The funnel of each pipeline, as reports answer it. */
  readonly funnels: readonly object[];
}

export interface ComparedStates extends PipelineDifference {
  readonly before: Omit<Moment, 'hash'>;
  readonly after: Omit<Moment, 'hash'>;
}

export type AuditResult = LogProof | ReplayedState | ComparedStates;

export interface AuditJobKind {
  readonly question: AuditTask;
  readonly progress: AuditProgress;
  readonly result: AuditResult;
}

/** Carries out a task away from the thread that answers requests. */
export type RunAuditTask = (
  task: AuditTask,
  options: { readonly signal: AbortSignal; readonly onProgress: (progress: AuditProgress) => void },
) => Promise<AuditResult>;

/** Where a task of an id is found. */
export function auditJobAddress({ id, kind }: Pick<Job<AuditJobKind>, 'id' | 'kind'>): string {
  return `/api/v1/audit/${kind}s/${id}`;
}

/** What auditors have under way here: at most one verification, and one replay or comparison. */
export class AuditJobs {
  readonly #verifications: BackgroundJobs<AuditJobKind>;
  readonly #replays: BackgroundJobs<AuditJobKind>;
  readonly #run: RunAuditTask;

  constructor(run: RunAuditTask, now: () => number) {
    this.#run = run;
    this.#verifications = new BackgroundJobs(auditJobAddress, now);
    this.#replays = new BackgroundJobs(auditJobAddress, now);
  }

  /** Begins a task. Throws `JobUnderWay` where another of its sort runs. */
  start(task: AuditTask, actor: Actor): Job<AuditJobKind> {
    const jobs = task.kind === 'verification' ? this.#verifications : this.#replays;
    return jobs.start({ kind: task.kind, actor, question: task, work: (options) => this.#run(task, options) });
  }

  find(kind: AuditTask['kind'], id: string): Job<AuditJobKind> | undefined {
    const job = this.#verifications.find(id) ?? this.#replays.find(id);
    return job?.kind === kind ? job : undefined;
  }

  /** Newest first. */
  list(): readonly Job<AuditJobKind>[] {
    const all = [...this.#verifications.list(), ...this.#replays.list()];
    return all.toSorted((left, right) => (left.startedAt > right.startedAt ? -1 : 1));
  }

  /** Ends a job where it runs, and forgets it. */
  async remove(id: string): Promise<void> {
    const jobs = this.#verifications.find(id) ? this.#verifications : this.#replays;
    await jobs.cancel(id);
    jobs.forget(id);
  }

  async close(): Promise<void> {
    await Promise.all([this.#verifications.close(), this.#replays.close()]);
  }
}
