/** Carries out one task in a thread of its own, with its own connections to the stores, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { openStores } from '../../libs/composition/stores.ts';
import { auditResult } from './audit-tasks.ts';
import { importResult } from './import-tasks.ts';
import type { BackgroundMessage, BackgroundTask } from './background-task.ts';

const { locations, scratch, task } = workerData as BackgroundTask;
const stopping = new AbortController();
const { signal } = stopping;
parentPort!.once('message', () => stopping.abort());

function say(message: BackgroundMessage): void {
  parentPort!.postMessage(message);
}

try {
  const stores = await openStores(locations);
  try {
    const onProgress = (progress: unknown): void => say({ progress });
    const options = { eventStore: stores.eventStore, scratch, signal, onProgress };
    const imports = task.kind === 'import' || task.kind === 'undo';
    say({ result: await (imports ? importResult(task, options) : auditResult(task, options)) });
  } finally {
    await stores.close();
  }
} catch (error) {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  say({ failure: { name, message, ...code, ...(stack === undefined ? {} : { stack }) } });
} finally {
  parentPort!.close();
}
