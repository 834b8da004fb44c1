import { randomUUID } from 'node:crypto';
import { NotFound, RuleViolation, StoreUnavailable, type RefusalParameters } from '../eventsourcing/errors.ts';
import type { Actor } from '../eventsourcing/event.ts';
import { given } from './given.ts';

/** What a job is asked, tells while it runs, and answers in the end. */
export interface JobKind {
  readonly question: unknown;
  readonly progress: unknown;
  readonly result: unknown;
}

/** Why a job failed: the stable code that a request refused for the same reason would be answered with. */
export interface JobFailure {
  readonly code: string;
  readonly detail: string;
  /** What the detail speaks of; see the page of problems. */
  readonly parameters?: RefusalParameters;
}

/** Something a server does beside its requests, as it stands. */
export interface Job<Kind extends JobKind> {
  readonly id: string;
  readonly kind: string;
  readonly state: 'running' | 'finished' | 'failed' | 'cancelled';
  readonly startedBy: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly question: Kind['question'];
  readonly progress?: Kind['progress'];
  /** Present where it finished. */
  readonly result?: Kind['result'];
  /** Present where it failed. */
  readonly failure?: JobFailure;
}

/** As many such jobs are under way as there may be. */
export class JobUnderWay extends Error {
  /** The address of the one under way. */
  readonly job: string;
  readonly startedBy: string;
  readonly startedAt: string;
  constructor({ startedBy, startedAt }: Pick<Job<JobKind>, 'startedBy' | 'startedAt'>, job: string) {
    super(`${startedBy} began one at ${startedAt}.`);
    this.name = 'JobUnderWay';
    this.job = job;
    this.startedBy = startedBy;
    this.startedAt = startedAt;
  }
}

/** Does the work of a job; rejects where it fails, or where the signal ends it. */
export type JobWork<Kind extends JobKind> = (options: {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Kind['progress']) => void;
}) => Promise<Kind['result']>;

export interface JobRequest<Kind extends JobKind> {
  /** Random where left out. */
  readonly id?: string;
  readonly kind: string;
  readonly actor: Actor;
  readonly question: Kind['question'];
  readonly work: JobWork<Kind>;
}

/** Finished jobs that stay to be asked for. */
const KEPT = 50;

/** Jobs of one sort, one at a time. They live in the memory of this process and are gone when it ends. */
export class BackgroundJobs<Kind extends JobKind> {
  readonly #addressOf: (job: Pick<Job<Kind>, 'id' | 'kind'>) => string;
  readonly #now: () => number;
  readonly #jobs = new Map<string, { job: Job<Kind>; readonly ending: AbortController; ended: Promise<void> }>();

  /**
   * @param addressOf where a job is found
   * @param now milliseconds since 1970
   */
  constructor(addressOf: (job: Pick<Job<Kind>, 'id' | 'kind'>) => string, now: () => number) {
    this.#addressOf = addressOf;
    this.#now = now;
  }

  /** Begins a job. Throws `JobUnderWay` while another runs. */
  start({ id = randomUUID(), kind, actor, question, work }: JobRequest<Kind>): Job<Kind> {
    const other = this.list().find(({ state }) => state === 'running');
    if (other) throw new JobUnderWay(other, this.#addressOf(other));
    const ending = new AbortController();
    const job: Job<Kind> = { id, kind, state: 'running', startedBy: actor.id, startedAt: this.#time(), question };
    const entry = { job, ending, ended: Promise.resolve() };
    this.#jobs.set(id, entry);
    entry.ended = this.#run(entry, work);
    this.#forgetOld();
    return job;
  }

  /** Undefined where there is none of this id, or it was forgotten. */
  find(id: string): Job<Kind> | undefined {
    return this.#jobs.get(id)?.job;
  }

  /** Newest first. */
  list(): readonly Job<Kind>[] {
    return [...this.#jobs.values()].map(({ job }) => job).toReversed();
  }

  /** Ends a job and waits until it has; one that has ended already stays as it is. Throws `NotFound`. */
  async cancel(id: string): Promise<Job<Kind>> {
    const entry = this.#jobs.get(id);
    if (!entry) throw new NotFound('job', id);
    entry.ending.abort();
    await entry.ended;
    return entry.job;
  }

  /** Forgets a job that has ended. */
  forget(id: string): void {
    if (this.#jobs.get(id)?.job.state !== 'running') this.#jobs.delete(id);
  }

  /** Ends all. */
  async close(): Promise<void> {
    await Promise.all([...this.#jobs.keys()].map((id) => this.cancel(id)));
  }

  async #run(entry: { job: Job<Kind>; readonly ending: AbortController }, work: JobWork<Kind>): Promise<void> {
    const { signal } = entry.ending;
    const onProgress = (progress: Kind['progress']): void => {
      entry.job = { ...entry.job, progress };
    };
    try {
      const result = await work({ signal, onProgress });
      entry.job = { ...entry.job, state: 'finished', endedAt: this.#time(), result };
    } catch (error) {
      const ended = { ...entry.job, endedAt: this.#time() };
      entry.job = signal.aborted
        ? { ...ended, state: 'cancelled' }
        : { ...ended, state: 'failed', failure: failureOf(error) };
    }
  }

  #forgetOld(): void {
    const ended = [...this.#jobs.values()].filter(({ job }) => job.state !== 'running');
    for (const { job } of ended.slice(0, Math.max(0, ended.length - KEPT))) this.#jobs.delete(job.id);
  }

  #time(): string {
    return new Date(this.#now()).toISOString();
  }
}

function failureOf(error: unknown): JobFailure {
  if (error instanceof RuleViolation) {
    const { code, message: detail, parameters } = error;
    return { code, detail, ...given({ parameters }) };
  }
  if (error instanceof NotFound) return { code: 'not_found', detail: error.message };
  if (error instanceof StoreUnavailable) return { code: 'store_unavailable', detail: 'A store cannot be reached now.' };
  return { code: 'internal_error', detail: 'Something went wrong on our side; the log of the server says what.' };
}
