import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { NotFound } from '../../../libs/eventsourcing/errors.ts';

/** Starts the benchmark of the repository, with whatever follows the command's name. */
export function registerBench(program: Command): void {
  program
    .command('bench')
    .description('measure against raw SQLite, in a checkout of the sources; -- --help tells more')
    .argument('[options...]', 'what to measure, after --')
    .action(async (options: readonly string[]) => {
      const root = repositoryAbove(dirname(fileURLToPath(import.meta.url)));
      const words = ['--disable-warning=ExperimentalWarning', 'bench/bench.ts', ...options];
      const child = spawn(process.execPath, words, { cwd: root, stdio: 'inherit' });
      const [code] = (await once(child, 'exit')) as [number | null];
      process.exitCode = code ?? 1;
    });
}

/** The directory with the benchmark's sources, which what is built does not contain. */
function repositoryAbove(directory: string): string {
  if (existsSync(join(directory, 'bench/bench.ts'))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new NotFound('benchmark', 'bench/bench.ts');
  return repositoryAbove(parent);
}
