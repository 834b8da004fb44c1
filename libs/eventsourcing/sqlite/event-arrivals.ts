import type { DatabaseSync } from 'node:sqlite';
import { BroadcastChannel } from 'node:worker_threads';

const POLL_MILLISECONDS = 15;

/** Who waits in this thread for new events, by file. */
const waiting = new Map<string, Set<() => void>>();

/** Tells the other threads of this process the file that has new events, which is sooner than they would ask. */
const otherThreads = new BroadcastChannel('dealtrail events');
otherThreads.addEventListener('message', (event) => wakeWaiting(String((event as MessageEvent).data)));
otherThreads.unref();

/** Wakes whoever waits in this process for new events of a file. */
export function announceEvents(file: string): void {
  wakeWaiting(file);
  otherThreads.postMessage(file);
}

function wakeWaiting(file: string): void {
  for (const wake of [...(waiting.get(file) ?? [])]) wake();
}

/**
 * Makes the function that waits until events may have come or the signal ends the wait. Appends of this process
 * are known at once, those of others by asking the file every 15 ms. Waiting does not keep the process
 * alive.
 */
export function eventArrivals(file: string, database: DatabaseSync): (signal: AbortSignal) => Promise<void> {
  const selectVersion = database.prepare('PRAGMA data_version');
  const waiters = waiting.get(file) ?? new Set();
  waiting.set(file, waiters);
  let timer: NodeJS.Timeout | undefined;
  let waits = 0;
  let seen: unknown;

  function poll(): void {
    let version: unknown;
    try {
      version = (selectVersion.get() as { data_version: number }).data_version;
    } catch (error) {
      // Who waits is woken and meets the same error in its next read.
      version = error;
    }
    if (version === seen) return;
    seen = version;
    wakeWaiting(file);
  }

  return (signal) =>
    new Promise((resolve) => {
      const wake = (): void => {
        waiters.delete(wake);
        signal.removeEventListener('abort', wake);
        waits -= 1;
        if (waits === 0) clearInterval(timer);
        resolve();
      };
      if (signal.aborted) {
        resolve();
        return;
      }
      waits += 1;
      if (waits === 1) timer = setInterval(poll, POLL_MILLISECONDS).unref();
      waiters.add(wake);
      signal.addEventListener('abort', wake);
    });
}
