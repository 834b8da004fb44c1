import { percentiles } from './figures.ts';
import { questions } from './questions.ts';
import { startBuiltServer } from './server.ts';
import type { Percentiles } from './queries.workload.ts';

export interface HttpQueriesInput {
  readonly server: string;
  readonly data: string;
  readonly deals: number;
  /** Most milliseconds for a question. */
  readonly milliseconds: number;
}

export interface HttpQueriesResult {
  readonly answers: Readonly<Record<string, Percentiles>>;
  readonly serverPeakMebibytes?: number;
}

const LEAST = 112;
const VARIANTS = 16;

/** Asks a running server every question, one after the other, on one connection. */
export async function run({ server: main, data, deals, milliseconds }: HttpQueriesInput): Promise<HttpQueriesResult> {
  const server = await startBuiltServer(main, data);
  const answers: Record<string, Percentiles> = {};
  for (const question of questions) {
    for (let number = 0; number < 2 * VARIANTS; number += 1) await server.get(question.path(number % VARIANTS, deals));
    const times: number[] = [];
    const endsAt = performance.now() + milliseconds;
    while (performance.now() < endsAt || times.length < LEAST) {
      const startedAt = performance.now();
      await server.get(question.path(times.length % VARIANTS, deals));
      times.push(performance.now() - startedAt);
    }
    answers[question.name] = percentiles(times);
  }
  const serverPeakMebibytes = server.peakMebibytes();
  await server.stop();
  return { answers, ...(serverPeakMebibytes === undefined ? {} : { serverPeakMebibytes }) };
}
