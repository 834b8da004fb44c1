import { join } from 'node:path';
import type { AppendInput, AppendResult } from './append.workload.ts';
import { runInChild } from './child.ts';
import { figureOf, type Figure, type Pair } from './figures.ts';
import { say } from './progress.ts';
import type { RawAppendInput } from './raw-append.workload.ts';
import { copyDatabase, type SampleLog } from './sample-log.ts';
import type { Settings } from './settings.ts';

const SINGLE = 3_000;
const CONCURRENT = 20_000;

/** Commands through the whole command path, against raw SQLite committing the same rows in groups of the same size. */
export async function measureAppends(log: SampleLog, { scratch, runs, share }: Settings): Promise<Figure[]> {
  const ours = copyDatabase(log.file, join(scratch, 'append-ours.db'));
  const raw = copyDatabase(log.file, join(scratch, 'append-raw.db'));
  const figures: Figure[] = [];
  for (const atOnce of [1, 64, 256]) {
    const commands = Math.round((atOnce === 1 ? SINGLE : CONCURRENT) * share);
    const pairs: Pair[] = [];
    const peaks: number[] = [];
    for (let run = 1; run <= runs; run += 1) {
      say(`commands, ${atOnce} at once, ${log.events} events: run ${run} of ${runs}`);
      const { result, peakMebibytes } = await runInChild<AppendInput, AppendResult>('append.workload.ts', {
        file: ours,
        run: run + atOnce * 1_000,
        commands,
        atOnce,
      });
      const { after, to, seconds, latency } = result;
      const bare = await runInChild<RawAppendInput, number>('raw-append.workload.ts', {
        rowsOf: ours,
        after,
        to,
        file: raw,
        rowsOfCommit: atOnce,
      });
      pairs.push({ ours: result.commands / seconds, raw: result.commands / bare.result, facts: latency });
      peaks.push(peakMebibytes);
    }
    const measure = atOnce === 1 ? 'commands, one at a time' : `commands, ${atOnce} at once`;
    figures.push(
      figureOf({ measure, events: log.events, unit: 'commands/s' }, pairs, peaks, ({ ratio }) =>
        atOnce === 1 ? undefined : { text: 'ratio ≥ 0.5', met: ratio! >= 0.5 },
      ),
    );
  }
  return figures;
}
