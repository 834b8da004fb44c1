import { extname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { StoreLocations } from '../../libs/composition/stores.ts';
import type { ProjectorMessage, ProjectorTask } from './projector.thread.ts';

/** How the thread that keeps read models up to date is doing. */
export interface ProjectorHealth {
  readonly running: boolean;
  readonly restarts: number;
  readonly lastError?: string;
}

/** Tells what a person running the server should know. */
export interface Log {
  warn(message: string): void;
  log(message: string): void;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
/** A thread that lived as long as this was well: the next pause is short again. */
const WELL_AFTER = 60_000;

/** The thread that keeps read models up to date: started, watched, and started again where it ends by itself. */
export class Projector {
  readonly #task: ProjectorTask;
  readonly #log: Log;
  readonly #stopping = new AbortController();
  #worker: Worker | undefined;
  #health: ProjectorHealth = { running: false, restarts: 0 };
  #watching: Promise<void> | undefined;

  constructor(task: ProjectorTask, log: Log) {
    this.#task = task;
    this.#log = log;
  }

  start(): void {
    this.#watching ??= this.#watch();
  }

  health(): ProjectorHealth {
    return this.#health;
  }

  /** Resolves when the thread has written what it had folded and ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#worker?.postMessage('stop');
    await this.#watching;
  }

  async #watch(): Promise<void> {
    for (let pause = FIRST_PAUSE; !this.#stopping.signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const startedAt = performance.now();
      this.#health = { ...this.#health, running: true };
      const lastError = await runThread(this.#task, this.#log, (worker) => (this.#worker = worker));
      this.#worker = undefined;
      this.#health = { ...this.#health, running: false, ...(lastError === undefined ? {} : { lastError }) };
      if (this.#stopping.signal.aborted) return;
      if (performance.now() - startedAt > WELL_AFTER) pause = FIRST_PAUSE;
      this.#log.warn(`The projector ended (${lastError ?? 'without an error'}); it starts again in ${pause} ms.`);
      await pausing(pause, this.#stopping.signal);
      this.#health = { ...this.#health, restarts: this.#health.restarts + 1 };
    }
  }
}

/** Rebuilds projections in a thread of its own; what it says goes to the log. Resolves with an error's text, if any. */
export function rebuildInThread(
  locations: StoreLocations,
  owner: string,
  { names, asked }: { readonly names: readonly string[]; readonly asked: NonNullable<ProjectorTask['asked']> },
  log: Log,
  started: (worker: Worker) => void,
): Promise<string | undefined> {
  return runThread({ locations, owner, rebuild: names, asked }, log, started);
}

/** Without a limit the collector lets garbage grow with the log; what is alive while folding is some 100 MiB. */
const resourceLimits = { maxOldGenerationSizeMb: 384 };

function runThread(task: ProjectorTask, log: Log, started: (worker: Worker) => void): Promise<string | undefined> {
  // The same code runs as TypeScript in tests and as JavaScript when built.
  const file = new URL(`./projector.thread${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const worker = new Worker(file, { workerData: task, resourceLimits });
  started(worker);
  return new Promise((resolve) => {
    let failure: string | undefined;
    worker.on('message', (message: ProjectorMessage) => {
      if ('interruption' in message) log.warn(`Projections interrupted: ${message.interruption}`);
      else log.log(`Rebuilt, with differences to the build before: ${JSON.stringify(message.differences)}`);
    });
    worker.on(
      'error',
      (error) => (failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    );
    worker.on('exit', (code) => resolve(failure ?? (code === 0 ? undefined : `exit code ${code}`)));
  });
}

async function pausing(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (error) {
    // Being stopped only ends the pause; whoever waits looks at the signal.
    if (!signal.aborted) throw error;
  }
}
