import { copyFileSync, constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runInChild } from './child.ts';
import { say } from './progress.ts';

/** A made-up company's log. */
export interface SampleLog {
  readonly file: string;
  readonly deals: number;
  readonly events: number;
}

const CACHE = '.cache/bench';
const EVENTS_OF_A_DEAL = 9.4;
const SEED = 1;
/** The day the sample ends, and the present of every question about it. */
export const UNTIL = '2026-11-01';

/** A log of about so many events, made once and kept in the cache; not to be written to. */
export async function sampleLog(events: number): Promise<SampleLog> {
  const deals = Math.round(events / EVENTS_OF_A_DEAL);
  const directory = join(CACHE, `sample-${deals}-${SEED}-${UNTIL}`);
  if (!existsSync(directory)) {
    say(`making a sample of ${deals} deals, kept in ${directory}`);
    const unfinished = `${directory}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    await runInChild('sample-log.workload.ts', {
      file: join(unfinished, 'events.db'),
      deals,
      seed: SEED,
      until: UNTIL,
    });
    renameSync(unfinished, directory);
  }
  const file = join(directory, 'events.db');
  const { result } = await runInChild<unknown, number>('count-events.workload.ts', { file });
  return { file, deals, events: result };
}

/** A copy of a closed database that may be written to. */
export function copyDatabase(from: string, to: string): string {
  mkdirSync(dirname(to), { recursive: true });
  for (const suffix of ['', '-wal', '-shm']) rmSync(to + suffix, { force: true });
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  return to;
}
