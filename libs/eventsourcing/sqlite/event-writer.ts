import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { CommandReused, ConcurrencyConflict, StoreUnavailable } from '../errors.ts';
import type { NewEvent } from '../event.ts';
import type { Appended, ExpectedRevision } from '../event-store.ts';
import { positionOf } from './event-position.ts';
import { APPENDED, CONFLICT, encode, type Answer, type AppendMessage } from './event-writer-messages.ts';

/**
 * The thread commits one message while this one prepares the next. Messages of a whole turn, with 64 commands or more
 * under way, were measured to let each thread wait for the other: 30 % fewer commands a second.
 */
const MOST_APPENDS_OF_A_MESSAGE = 32;

interface Pending {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

export interface EventWriter {
  /** Whether the thread still runs; once it has ended, another writer is needed. */
  readonly alive: boolean;
  /** Appends; see the port. Rejects with `StoreUnavailable` where the file or the thread fails. */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;
  /** Finishes appends under way, then ends the thread. */
  close(): Promise<void>;
}

/**
 * Starts the thread that appends to a file. Appends of one turn of the event loop go to it in few messages, and
 * what waits there is committed together. It keeps the process alive only while appends are under way.
 * @param appended called after each transaction that was committed, before its appends resolve
 */
export function startEventWriter(file: string, appended: () => void): EventWriter {
  const extension = extname(fileURLToPath(import.meta.url));
  const worker = new Worker(new URL(`./event-writer.worker${extension}`, import.meta.url), { workerData: { file } });
  const pending = new Map<number, Pending>();
  let message: AppendMessage = [];
  let appendsOfMessage = 0;
  let lastNumber = 0;
  let alive = true;
  let idle = (): void => undefined;

  const ended = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      fail(new StoreUnavailable(`The thread that writes events ended with code ${code}.`));
      resolve();
    });
  });
  worker.on('error', (error) => {
    fail(new StoreUnavailable(`The thread that writes events failed: ${messageOf(error)}`, { cause: error }));
  });
  worker.on('message', (answer: Answer) => {
    if ('failed' in answer) {
      const error = answer.mayPass
        ? new StoreUnavailable(`Events cannot be written now: ${answer.message}`)
        : new Error(`Events cannot be written: ${answer.message}`);
      for (const number of answer.failed) settle(number, (append) => append.reject(error));
    } else {
      appended();
      for (let at = 0; at < answer.outcomes.length; at += 4) {
        const [number, kind, first, second] = answer.outcomes.slice(at, at + 4) as [number, number, number, number];
        settle(number, (append) => conclude(append, kind, first, second));
      }
    }
    if (pending.size === 0) rest();
  });
  worker.unref();

  function settle(number: number, how: (append: Pending) => void): void {
    const append = pending.get(number);
    pending.delete(number);
    if (append) how(append);
  }

  function fail(error: Error): void {
    alive = false;
    for (const number of [...pending.keys()]) settle(number, (append) => append.reject(error));
    rest();
  }

  function rest(): void {
    worker.unref();
    idle();
  }

  function flush(): void {
    if (appendsOfMessage === 0) return;
    worker.postMessage(message);
    message = [];
    appendsOfMessage = 0;
  }

  return {
    get alive() {
      return alive;
    },
    append: (stream, expected, events) =>
      new Promise((resolve, reject) => {
        if (pending.size === 0) worker.ref();
        if (appendsOfMessage === 0) setImmediate(flush);
        lastNumber += 1;
        pending.set(lastNumber, { stream, expected, events, resolve, reject });
        encode(message, lastNumber, stream, expected === 'no_stream' ? -1 : expected, events);
        appendsOfMessage += 1;
        if (appendsOfMessage === MOST_APPENDS_OF_A_MESSAGE) flush();
      }),
    async close() {
      if (pending.size > 0) await new Promise<void>((resolve) => (idle = resolve));
      worker.ref();
      worker.postMessage('close');
      await ended;
    },
  };
}

function conclude({ stream, expected, events, resolve, reject }: Pending, kind: number, first: number, second: number) {
  if (kind === APPENDED) resolve({ revision: first, position: positionOf(second) });
  else if (kind === CONFLICT) reject(new ConcurrencyConflict(stream, expected, first === -1 ? 'no_stream' : first));
  else reject(new CommandReused(commandOf(events[first]!)));
}

function commandOf(event: NewEvent): string {
  return /"commandId":"([^"\\]+)"/.exec(event.metadata)?.[1] ?? event.id;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
