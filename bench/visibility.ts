import { join } from 'node:path';
import { runInChild } from './child.ts';
import { figureOf, type Figure, type Pair } from './figures.ts';
import { say } from './progress.ts';
import type { SampleLog } from './sample-log.ts';
import type { Settings } from './settings.ts';
import type { Circumstance, VisibilityInput, VisibilityResult } from './visibility.workload.ts';

const SAMPLES = 500;
const WITHIN = 50;

const circumstances: readonly (readonly [Circumstance, measure: string])[] = [
  ['idle', 'command to visible, nothing else to do'],
  ['busy', 'command to visible, 50 other commands/s'],
  ['rebuilding', 'command to visible, during a rebuild'],
];

/**
 * How long after a command is sent its effect has been read, over HTTP, against raw SQLite committing event and document
 * and reading it back.
 * @param data a directory with the log and its read models, which a server may write to
 */
export async function measureVisibility(log: SampleLog, data: string, settings: Settings): Promise<Figure[]> {
  const { scratch, server, runs, share } = settings;
  const rawFile = join(scratch, 'visibility-raw.db');
  await runInChild('count-events.workload.ts', { file: rawFile });
  const figures: Figure[] = [];
  for (const [circumstance, measure] of circumstances) {
    const pairs: Pair[] = [];
    const peaks: number[] = [];
    for (let run = 1; run <= runs; run += 1) {
      say(`${measure}: run ${run} of ${runs}`);
      const { result } = await runInChild<VisibilityInput, VisibilityResult>('visibility.workload.ts', {
        server,
        data,
        circumstance,
        samples: Math.round(SAMPLES * share),
        rowsOf: log.file,
        rawFile,
      });
      const { whole, reading, raw, samples, serverPeakMebibytes } = result;
      pairs.push({ ours: whole.p50, raw: raw.p50, facts: { ...whole, readingP99: reading.p99, samples } });
      if (serverPeakMebibytes !== undefined) peaks.push(serverPeakMebibytes);
    }
    figures.push(
      figureOf({ measure, events: log.events, unit: 'ms' }, pairs, peaks, ({ facts }) => ({
        text: `p99 ≤ ${WITHIN} ms`,
        met: facts!['p99']! <= WITHIN,
      })),
    );
  }
  return figures;
}
