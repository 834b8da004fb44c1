import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A figure must not remember what another left in memory, so each comes from a process of its own. */
export interface Ran<Result> {
  readonly result: Result;
  /** Most memory the process ever had resident. */
  readonly peakMebibytes: number;
}

/**
 * Runs a workload in a process of its own. Rejects where it fails or its process dies.
 * @param module name of a file beside this one that exports `run`
 */
export function runInChild<Input, Result>(module: string, input: Input): Promise<Ran<Result>> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('workload.ts', import.meta.url)), [module, JSON.stringify(input)], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    let ran: Ran<Result> | undefined;
    child.on('message', (message) => (ran = message as Ran<Result>));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (ran && code === 0) resolve(ran);
      else reject(new Error(`${module} ended with code ${code}.`));
    });
  });
}
