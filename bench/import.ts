import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runInChild } from './child.ts';
import { writeCrmExport } from './crm-export.ts';
import { figureOf, type Figure, type Pair } from './figures.ts';
import type { ImportInput, ImportResult } from './import.workload.ts';
import { say } from './progress.ts';
import type { RawAppendInput } from './raw-append.workload.ts';
import type { Settings } from './settings.ts';

const LONGEST_SECONDS = 10;
/** As many deals as an import works on at a time. */
const AT_ONCE = 256;

/** An export of 8,800 deals through commands into a new log, against raw SQLite committing the same rows in groups. */
export async function measureImport({ scratch, runs }: Settings): Promise<Figure[]> {
  const real = join(process.env['DEALTRAIL_REAL_DATA'] ?? '../shared/data', 'crm-sales');
  const isReal = existsSync(real);
  if (!isReal) say(`no ${real}: importing a generated export of the same size`);
  const csv = join(isReal ? real : writeCrmExport(join(scratch, 'crm-sales')), 'sales_pipeline.csv');
  const pairs: Pair[] = [];
  const peaks: number[] = [];
  let deals = 0;
  for (let run = 1; run <= runs; run += 1) {
    say(`import: run ${run} of ${runs}`);
    const file = join(scratch, `import-${run}.db`);
    const { result, peakMebibytes } = await runInChild<ImportInput, ImportResult>('import.workload.ts', { csv, file });
    const copy = join(scratch, `import-raw-${run}.db`);
    await runInChild('count-events.workload.ts', { file: copy });
    const bare = await runInChild<RawAppendInput, number>('raw-append.workload.ts', {
      rowsOf: file,
      after: 0,
      to: result.events,
      file: copy,
      rowsOfCommit: AT_ONCE,
    });
    deals = result.deals;
    pairs.push({ ours: deals / result.seconds, raw: deals / bare.result, facts: { seconds: result.seconds } });
    peaks.push(peakMebibytes);
  }
  const measure = `import of ${deals} ${isReal ? 'real' : 'generated'} deals`;
  return [
    figureOf({ measure, unit: 'deals/s' }, pairs, peaks, ({ facts }) => ({
      text: '< 10 s',
      met: facts!['seconds']! < LONGEST_SECONDS,
    })),
  ];
}
