import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AppendInput, AppendResult } from '../append.workload.ts';
import { runInChild } from '../child.ts';
import { figureOf, type Figure, type Pair } from '../figures.ts';
import { say } from '../progress.ts';
import type { RawAppendInput } from '../raw-append.workload.ts';
import { copyDatabase, type SampleLog } from '../sample-log.ts';
import type { Settings } from '../settings.ts';
import type { EmmettCommandsResult } from './commands.workload.ts';

const COMMANDS = 3_000;
const MOST_RUNS = 3;

/**
 * The same commands and the same read models with @event-driven-io/emmett-sqlite, beside raw SQLite as everywhere. The
 * package is installed first where it is not there.
 */
export async function measureEmmett(log: SampleLog, settings: Settings): Promise<Figure[]> {
  install();
  return [await measureCommands(log, settings), await measureRebuild(log, settings)];
}

function install(): void {
  const directory = fileURLToPath(new URL('.', import.meta.url));
  if (existsSync(join(directory, 'node_modules/@event-driven-io/emmett-sqlite'))) return;
  say('installing emmett-sqlite; its sqlite3 may have to be compiled');
  const words = [
    'install',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
    '--engine-strict=false',
    '--loglevel=error',
  ];
  const { status } = spawnSync('npm', words, { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`npm install in ${directory} ended with code ${status}.`);
}

async function measureCommands(log: SampleLog, { scratch, runs, share }: Settings): Promise<Figure> {
  const ours = copyDatabase(log.file, join(scratch, 'emmett-beside.db'));
  const raw = copyDatabase(log.file, join(scratch, 'emmett-raw.db'));
  const commands = Math.round(COMMANDS * share);
  const pairs: Pair[] = [];
  const peaks: number[] = [];
  for (let run = 1; run <= Math.min(MOST_RUNS, runs); run += 1) {
    say(`emmett-sqlite, commands: run ${run}`);
    const file = join(scratch, `emmett-commands-${run}.db`);
    const { result, peakMebibytes } = await runInChild<object, EmmettCommandsResult>('emmett/commands.workload.ts', {
      file,
      commands,
    });
    // Whose rows raw SQLite writes: those of the same commands with us.
    const appended = await runInChild<AppendInput, AppendResult>('append.workload.ts', {
      file: ours,
      run,
      commands,
      atOnce: 1,
    });
    const { after, to } = appended.result;
    const input = { rowsOf: ours, after, to, file: raw, rowsOfCommit: 1 };
    const bare = await runInChild<RawAppendInput, number>('raw-append.workload.ts', input);
    pairs.push({
      ours: result.commands / result.seconds,
      raw: appended.result.commands / bare.result,
      facts: result.latency,
    });
    peaks.push(peakMebibytes);
  }
  const measure = 'emmett-sqlite: commands, one at a time';
  return figureOf({ measure, unit: 'commands/s' }, pairs, peaks);
}

async function measureRebuild(log: SampleLog, { scratch, runs }: Settings): Promise<Figure> {
  const file = join(scratch, 'emmett-log.db');
  say(`emmett-sqlite: loading ${log.events} events`);
  rmSync(file, { force: true });
  await runInChild('emmett/load-log.workload.ts', { log: log.file, file });
  const pairs: Pair[] = [];
  const peaks: number[] = [];
  for (let run = 1; run <= Math.min(MOST_RUNS, runs); run += 1) {
    say(`emmett-sqlite, rebuild: run ${run}`);
    const input = { file, events: log.events };
    const { result, peakMebibytes } = await runInChild<object, number>('emmett/rebuild.workload.ts', input);
    const bare = await runInChild<object, number>('raw-rebuild.workload.ts', { log: log.file });
    pairs.push({ ours: log.events / result, raw: log.events / bare.result });
    peaks.push(peakMebibytes);
  }
  const measure = 'emmett-sqlite: rebuild of all read models';
  return figureOf({ measure, events: log.events, unit: 'events/s' }, pairs, peaks);
}
