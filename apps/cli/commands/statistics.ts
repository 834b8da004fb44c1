import type { Command } from 'commander';
import { registerStatisticsAttribution } from './statistics-attribution.ts';
import { registerStatisticsCohorts } from './statistics-cohorts.ts';
import { registerStatisticsLifetimeValue } from './statistics-lifetime-value.ts';
import { registerStatisticsRfm } from './statistics-rfm.ts';

/** The mathematics on files of one's own: nothing is read from the stores, nothing is kept. */
export function registerStatistics(program: Command): void {
  const statistics = program
    .command('statistics')
    .description('lifetime value, attribution, segments and cohorts of a CSV file');
  for (const register of [
    registerStatisticsLifetimeValue,
    registerStatisticsAttribution,
    registerStatisticsRfm,
    registerStatisticsCohorts,
  ]) {
    register(statistics);
  }
}
