import { join } from 'node:path';
import { runInChild, type Ran } from './child.ts';
import { figureOf, type Figure } from './figures.ts';
import type { HttpQueriesInput, HttpQueriesResult } from './http-queries.workload.ts';
import { say } from './progress.ts';
import type { QueriesInput, QueriesResult } from './queries.workload.ts';
import { questions } from './questions.ts';
import type { SampleLog } from './sample-log.ts';
import type { Settings } from './settings.ts';

const MILLISECONDS = 1_000;

/**
 * What people look at, by the query functions and over HTTP, against SQLite answering the bare statements of the same
 * questions in the same run.
 * @param data a directory with the log and its read models, which a server may write to
 */
export async function measureQueries(
  log: SampleLog,
  data: string,
  { server, runs, share }: Settings,
): Promise<Figure[]> {
  const functions: Ran<QueriesResult>[] = [];
  const requests: HttpQueriesResult[] = [];
  const milliseconds = MILLISECONDS * share;
  for (let run = 1; run <= runs; run += 1) {
    say(`queries on ${log.deals} deals: run ${run} of ${runs}`);
    const readModels = join(data, 'read-models.db');
    const input = { deals: log.deals, milliseconds };
    functions.push(await runInChild<QueriesInput, QueriesResult>('queries.workload.ts', { ...input, readModels }));
    const asked = await runInChild<HttpQueriesInput, HttpQueriesResult>('http-queries.workload.ts', {
      ...input,
      server,
      data,
    });
    requests.push(asked.result);
  }
  const serverPeaks = requests.flatMap(({ serverPeakMebibytes: peak }) => (peak === undefined ? [] : [peak]));
  return questions.flatMap(({ name, within }) => {
    const about = { events: log.events, unit: 'ms' } as const;
    const aim = ({ facts }: Figure) =>
      within === undefined ? undefined : { text: `p99 ≤ ${within} ms`, met: facts!['p99']! <= within };
    return [
      figureOf(
        { ...about, measure: name },
        functions.map(({ result }) => {
          const { ours, raw } = result[name]!;
          return { ours: ours.p50, raw: raw.p50, facts: ours };
        }),
        functions.map(({ peakMebibytes }) => peakMebibytes),
        aim,
      ),
      figureOf(
        { ...about, measure: `${name}, over HTTP` },
        requests.map(({ answers }, run) => ({
          ours: answers[name]!.p50,
          raw: functions[run]!.result[name]!.raw.p50,
          facts: answers[name]!,
        })),
        serverPeaks,
        aim,
      ),
    ];
  });
}
