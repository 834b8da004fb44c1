import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runInChild } from './child.ts';
import { figureOf, type Aim, type Figure, type Pair } from './figures.ts';
import { say } from './progress.ts';
import type { RebuildInput } from './rebuild.workload.ts';
import type { SampleLog } from './sample-log.ts';
import type { Settings } from './settings.ts';

const MOST_MEBIBYTES = 400;
const LEAST_PER_SECOND = 100_000;

/** The first build of all read models, and one beside builds that serve, against raw reading, parsing and counting. */
export async function measureRebuilds(log: SampleLog, { scratch, runs }: Settings): Promise<Figure[]> {
  const readModels = join(scratch, 'rebuilt.db');
  const first: Pair[] = [];
  const again: Pair[] = [];
  const peaks = { first: [] as number[], again: [] as number[] };
  for (let run = 1; run <= runs; run += 1) {
    say(`rebuild of ${log.events} events: run ${run} of ${runs}`);
    for (const suffix of ['', '-wal', '-shm']) rmSync(readModels + suffix, { force: true });
    const input = { log: log.file, readModels };
    const built = await runInChild<RebuildInput, number>('rebuild.workload.ts', input);
    const bare = await runInChild<object, number>('raw-rebuild.workload.ts', { log: log.file });
    const rebuilt = await runInChild<RebuildInput, number>('rebuild.workload.ts', input);
    const raw = log.events / bare.result;
    first.push({ ours: log.events / built.result, raw });
    again.push({ ours: log.events / rebuilt.result, raw });
    peaks.first.push(built.peakMebibytes);
    peaks.again.push(rebuilt.peakMebibytes);
  }
  const about = { events: log.events, unit: 'events/s' } as const;
  return [
    figureOf({ ...about, measure: 'rebuild of all read models' }, first, peaks.first, aimOfRebuild),
    figureOf({ ...about, measure: 'rebuild beside what serves, compared' }, again, peaks.again),
  ];
}

function aimOfRebuild({ ours, events, peakMebibytes }: Figure): Aim | undefined {
  if (events! < 500_000) return undefined;
  return {
    text: '≥ 100,000/s in ≤ 400 MiB',
    met: ours >= LEAST_PER_SECOND && peakMebibytes! <= MOST_MEBIBYTES,
  };
}
