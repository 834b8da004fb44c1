import type { Command } from 'commander';

/** The mathematics on files of one's own: nothing is read from the stores, nothing is kept. */
export function registerStatistics(program: Command): void {
  program.command('statistics').description('lifetime value, attribution, segments and cohorts of a CSV file');
}
