#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { Command, CommanderError } from 'commander';
import { RuleViolation } from '../../libs/eventsourcing/errors.ts';
import { ConfigInvalid } from '../server/config.ts';
import { note } from './answer.ts';
import { UsageError } from './command-line.ts';
import { listenForInterruption } from './interruption.ts';
import { registerAudit } from './commands/audit.ts';
import { registerBench } from './commands/bench.ts';
import { registerExport } from './commands/export.ts';
import { registerImport } from './commands/import.ts';
import { registerProjections } from './commands/projections.ts';
import { registerReports } from './commands/reports.ts';
import { registerSample } from './commands/sample.ts';
import { registerServe } from './commands/serve.ts';
import { registerStatistics } from './commands/statistics.ts';

/** Refused or failed. */
const FAILED = 1;
/** Not understood: an unknown option, a missing argument, a value that cannot be meant. */
const USAGE = 2;
/** Why a text names no moment of the past. */
const NO_PAST_MOMENT: ReadonlySet<string> = new Set(['invalid_moment', 'moment_ahead', 'position_beyond_end']);

const program = new Command('dealtrail')
  .description('An event-sourced system for a sales pipeline.')
  .showHelpAfterError('(--help tells more)')
  .exitOverride()
  // The server has its own way to end.
  .hook('preAction', (_, command) => {
    if (command.name() !== 'serve') listenForInterruption();
  });
for (const register of [
  registerServe,
  registerSample,
  registerImport,
  registerReports,
  registerProjections,
  registerAudit,
  registerExport,
  registerStatistics,
  registerBench,
]) {
  register(program);
}

// Whoever reads the output may have seen enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
  // What commander finds wrong it has said itself.
  if (!(error instanceof CommanderError)) note(reasonOf(error));
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  if (error instanceof UsageError || error instanceof ConfigInvalid) return USAGE;
  return error instanceof RuleViolation && NO_PAST_MOMENT.has(error.code) ? USAGE : FAILED;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} (${reasonOf(error.cause)})`;
}
