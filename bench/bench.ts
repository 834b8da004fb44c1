import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAppends } from './append.ts';
import { runInChild } from './child.ts';
import { measureEmmett } from './emmett/emmett.ts';
import type { Figure } from './figures.ts';
import { measureImport } from './import.ts';
import { measurePage } from './page.ts';
import { say } from './progress.ts';
import { measureQueries } from './queries.ts';
import { measureRebuilds } from './rebuild.ts';
import type { RebuildInput } from './rebuild.workload.ts';
import { circumstances, flatness, tableOf } from './report.ts';
import { copyDatabase, sampleLog, type SampleLog } from './sample-log.ts';
import type { Settings } from './settings.ts';
import { measureStatistics } from './statistics.ts';
import { measureVisibility } from './visibility.ts';

const USAGE = `Measures Dealtrail against raw SQLite, side by side. Build first.

  --events <numbers>  sizes of the log, with commas (default: 100000,1000000)
  --runs <number>     runs of each measure (default: 5; long ones take 3 at most)
  --only <measures>   some of append, rebuild, import, queries, visibility, statistics, page, emmett, with
                      commas
  --with-emmett       also measure @event-driven-io/emmett-sqlite, installed into bench/emmett where it is not yet
  --quick             a tenth of the work: shows that everything runs, its figures mean little
`;

const MEASURES = ['append', 'rebuild', 'import', 'queries', 'visibility', 'statistics', 'page', 'emmett'] as const;
/** Measures that need no log. */
const WITHOUT_LOG: readonly string[] = ['import', 'statistics'];
/** From this many events on, a measure that goes over all of them is long. */
const LONG = 500_000;
const FIGURES_BEGIN = '<!-- figures -->';
const FIGURES_END = '<!-- /figures -->';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '100000,1000000' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    'with-emmett': { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const sizes = options.events.split(',').map(Number);
const runs = Number(options.runs);
const only = options.only?.split(',') ?? MEASURES.filter((name) => name !== 'emmett' || options['with-emmett']);
const valid =
  sizes.every((size) => size >= 10_000) && runs >= 1 && only.every((name) => MEASURES.some((known) => known === name));
if (options.help || !valid) {
  process.stderr.write(USAGE);
  process.exit(options.help ? 0 : 2);
}

const scratch = resolve('.cache/bench/scratch');
rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch, { recursive: true });
cpSync('dist', join(scratch, 'dist'), { recursive: true });
const settings: Settings = {
  scratch,
  server: join(scratch, 'dist/apps/server/main.js'),
  runs,
  share: options.quick ? 0.1 : 1,
};
const startedAt = new Date();

try {
  const figures: Figure[] = [];
  const logs: SampleLog[] = [];
  if (only.some((measure) => !WITHOUT_LOG.includes(measure))) {
    for (const size of sizes) logs.push(await sampleLog(size));
  }
  for (const log of logs) {
    const long: Settings = { ...settings, runs: log.events > LONG ? Math.min(3, runs) : runs };
    if (only.includes('append')) figures.push(...(await measureAppends(log, settings)));
    if (only.includes('rebuild')) figures.push(...(await measureRebuilds(log, long)));
  }
  figures.push(...flatness(figures));
  if (only.includes('import')) figures.push(...(await measureImport(settings)));
  if (only.includes('statistics')) figures.push(...(await measureStatistics(settings)));
  if (only.includes('queries') || only.includes('visibility')) {
    const largest = logs.at(-1)!;
    const data = await servedData(largest);
    const few: Settings = { ...settings, runs: Math.min(3, runs) };
    if (only.includes('queries')) figures.push(...(await measureQueries(largest, data, few)));
    if (only.includes('visibility')) figures.push(...(await measureVisibility(largest, data, few)));
  }
  if (only.includes('page')) figures.push(...(await measurePage(logs.at(-1)!, settings)));
  if (only.includes('emmett')) figures.push(...(await measureEmmett(logs[0]!, settings)));
  save(figures);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** A directory with a copy of a log and all its read models, for a server to work with. */
async function servedData(log: SampleLog): Promise<string> {
  say(`building read models of ${log.events} events to ask`);
  const data = join(scratch, 'data');
  copyDatabase(log.file, join(data, 'events.db'));
  const readModels = join(data, 'read-models.db');
  await runInChild<RebuildInput, number>('rebuild.workload.ts', { log: log.file, readModels });
  return data;
}

function save(figures: readonly Figure[]): void {
  const about = circumstances(startedAt);
  const table = tableOf(figures);
  process.stdout.write(`${about.line}\n\n${table}\n`);
  const name = startedAt.toISOString().slice(0, 16).replaceAll(':', '-');
  mkdirSync('bench/results', { recursive: true });
  const file = `bench/results/${name}.json`;
  writeFileSync(file, `${JSON.stringify({ ...about, options, figures }, null, 2)}\n`);
  say(`written to ${file}`);
  const whole = MEASURES.every((measure) => only.includes(measure) || measure === 'emmett') && !options.quick;
  if (!whole || options.events !== '100000,1000000') return;
  const readme = readFileSync('bench/README.md', 'utf8');
  const [before, rest] = readme.split(FIGURES_BEGIN);
  const [, after] = rest!.split(FIGURES_END);
  const shown = `${FIGURES_BEGIN}\n\n${about.line}\n\n\`\`\`text\n${table}\n\`\`\`\n\n${FIGURES_END}`;
  writeFileSync('bench/README.md', `${before}${shown}${after}`);
  say('written into bench/README.md');
}
