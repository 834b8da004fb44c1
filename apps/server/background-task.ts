import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { StoreLocations } from '../../libs/composition/stores.ts';
import { NotFound, RuleViolation, StoreUnavailable } from '../../libs/eventsourcing/errors.ts';
import type { AuditTask } from '../../libs/audit/audit-jobs.ts';
import type { ImportTask } from '../../libs/importing/import-jobs.ts';

/** What the thread is started with. */
export interface BackgroundTask {
  readonly locations: StoreLocations;
  /** A directory for what the task needs while it runs. */
  readonly scratch: string;
  readonly task: AuditTask | ImportTask;
}

/** What the thread says; the result or the failure once, last. */
export type BackgroundMessage =
  { readonly progress: unknown } | { readonly result: unknown } | { readonly failure: BackgroundFailure };

/** An error on its way between threads, which keep no classes. */
export interface BackgroundFailure {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
}

/** After that a thread is cut off, as it would be with the process: what it appended stays, and is whole. */
const LONGEST_FAREWELL_MILLISECONDS = 5_000;

/** Without a limit the collector lets garbage grow with the log. */
const resourceLimits = { maxOldGenerationSizeMb: 384 };

/**
 * Carries out a task in a thread of its own, with its own connections, so that HTTP never waits for it. Rejects with
 * what the thread failed with; aborting the signal asks it to end, and the promise settles when it has.
 */
export function runInBackground(
  task: BackgroundTask,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: never) => void },
): Promise<unknown> {
  // The same code runs as TypeScript in tests and as JavaScript when built.
  const file = new URL(`./background.thread${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const worker = new Worker(file, { workerData: task, resourceLimits });
  let patience: NodeJS.Timeout | undefined;
  const stop = (): void => {
    worker.postMessage('stop');
    patience = setTimeout(() => void worker.terminate(), LONGEST_FAREWELL_MILLISECONDS);
  };
  signal.addEventListener('abort', stop);
  return new Promise((resolve, reject) => {
    let outcome: { readonly result: unknown } | undefined;
    let failure: Error | undefined;
    worker.on('message', (message: BackgroundMessage) => {
      if ('progress' in message) onProgress(message.progress as never);
      else if ('result' in message) outcome = message;
      else failure = errorOf(message.failure);
    });
    worker.on('error', (error) => (failure = error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', stop);
      clearTimeout(patience);
      if (outcome) resolve(outcome.result);
      else reject(failure ?? new Error(`The thread ended with exit code ${code}.`));
    });
  });
}

function errorOf({ name, message, code, stack }: BackgroundFailure): Error {
  if (name === 'RuleViolation' && code !== undefined) return new RuleViolation(code, message);
  const error = name === 'StoreUnavailable' ? new StoreUnavailable(message) : new Error(message);
  if (name === 'NotFound') return Object.assign(new NotFound('', ''), { message });
  error.name = name;
  error.stack = stack ?? message;
  return error;
}
