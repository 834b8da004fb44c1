import { runInChild } from './child.ts';
import { figureOf, type Figure } from './figures.ts';
import { say } from './progress.ts';
import type { Settings } from './settings.ts';
import type { StatisticsInput } from './statistics.workload.ts';

const MEASURES = [
  { measure: 'fit of BG/NBD and Gamma–Gamma, 23,570 customers', task: 'fit', size: 23_570, seconds: 10 },
  { measure: 'chance alive, purchases and value of 1,000,000 customers', task: 'score', size: 1_000_000, seconds: 10 },
  { measure: 'Markov, order 1, 1,000,000 journeys, 100 channels', task: 'markov', size: 1_000_000, seconds: 20 },
  { measure: 'Shapley, 10,000 journeys, 12 channels', task: 'shapley', size: 10_000, seconds: 1 },
] as const;

/** How long the models take on invented customers and journeys, which SQLite has no answer to. */
export async function measureStatistics({ runs, share }: Settings): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { measure, task, size, seconds } of MEASURES) {
    const milliseconds: number[] = [];
    const peaks: number[] = [];
    for (let run = 1; run <= runs; run += 1) {
      say(`${measure}: run ${run} of ${runs}`);
      const input: StatisticsInput = { task, size: Math.round(size * share) };
      const { result, peakMebibytes } = await runInChild<StatisticsInput, number>('statistics.workload.ts', input);
      milliseconds.push(result);
      peaks.push(peakMebibytes);
    }
    figures.push(
      figureOf(
        { measure, unit: 'ms' },
        milliseconds.map((ours) => ({ ours })),
        peaks,
        ({ ours }) => ({ text: `≤ ${seconds} s`, met: ours <= seconds * 1_000 }),
      ),
    );
  }
  return figures;
}
