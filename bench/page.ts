import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runInChild } from './child.ts';
import { figureOf, median, type Aim, type Figure, type Pair } from './figures.ts';
import type { PageInput, PageResult, PageRun } from './page.workload.ts';
import { say } from './progress.ts';
import type { RebuildInput } from './rebuild.workload.ts';
import { copyDatabase, type SampleLog } from './sample-log.ts';
import type { Settings } from './settings.ts';

const BROWSER = process.env['DEALTRAIL_CHROMIUM'] ?? '/usr/bin/chromium';
const FILTERS = 6;

interface PageMeasure {
  readonly measure: string;
  readonly unit: Figure['unit'];
  readonly of: (run: PageRun) => Pair;
  /** All that was measured in a run, where it is more than the one figure. */
  readonly each?: (run: PageRun) => readonly number[];
  readonly aim: { readonly text: string; readonly met: (value: number) => boolean };
}

const MEASURES: readonly PageMeasure[] = [
  {
    measure: 'board usable, from a cold load',
    unit: 'ms',
    of: ({ usable, usableAnswer }) => ({ ours: usable, raw: usableAnswer }),
    aim: { text: '≤ 1.5 s', met: (value) => value <= 1_500 },
  },
  {
    measure: 'filter, until other totals are drawn',
    unit: 'ms',
    of: ({ filters, filterAnswers }) => ({ ours: median(filters), raw: median(filterAnswers) }),
    each: ({ filters }) => filters,
    aim: { text: '≤ 300 ms', met: (value) => value <= 300 },
  },
  {
    measure: 'drag over scrolling columns',
    unit: 'frames/s',
    of: ({ dragFrames, idleFrames, longestFrame }) => ({ ours: dragFrames, raw: idleFrames, facts: { longestFrame } }),
    aim: { text: '≥ 50', met: (value) => value >= 50 },
  },
  {
    measure: 'scripts of the board, as transferred',
    unit: 'kB',
    of: ({ scriptBytes }) => ({ ours: scriptBytes / 1_000 }),
    aim: { text: '≤ 250 kB', met: (value) => value <= 250 },
  },
  {
    measure: 'layout shift of load, drag and filters',
    unit: 'CLS',
    of: ({ shift, shiftAfterInput }) => ({ ours: shift, facts: { shiftAfterInput } }),
    aim: { text: '< 0.01', met: (value) => value < 0.01 },
  },
];

/** How the board feels in Chromium on a large sample; nothing where there is no Chromium, which is said. */
export async function measurePage(log: SampleLog, { server, runs, share }: Settings): Promise<Figure[]> {
  if (!existsSync(BROWSER)) {
    say(`the page is left out: there is no ${BROWSER}, and DEALTRAIL_CHROMIUM names no other browser`);
    return [];
  }
  const data = await servedLog(log);
  say(`the page: ${runs} visits`);
  const filters = Math.max(1, Math.round(FILTERS * share));
  const input: PageInput = { server, data, browser: BROWSER, runs, filters };
  const { result } = await runInChild<PageInput, PageResult>('page.workload.ts', input);
  say(`the board had ${result.openDeals} open deals of ${log.deals}`);
  const peaks = result.runs.flatMap(({ tabMebibytes }) => (tabMebibytes === undefined ? [] : [tabMebibytes]));
  return MEASURES.map(({ measure, unit, of, each, aim }) => {
    const figure = figureOf({ measure, events: log.events, unit }, result.runs.map(of), peaks, ({ ours }): Aim => ({
      text: aim.text,
      met: aim.met(ours),
    }));
    const all = result.runs.flatMap(each ?? ((run) => of(run).ours));
    return { ...figure, worst: unit === 'frames/s' ? Math.min(...all) : Math.max(...all) };
  });
}

/** A directory with a copy of a log and its read models, made once and kept beside the log. */
async function servedLog(log: SampleLog): Promise<string> {
  const directory = `${dirname(log.file)}.served`;
  if (existsSync(directory)) return directory;
  say(`building read models of ${log.events} events to visit, kept in ${directory}`);
  const unfinished = `${directory}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const events = copyDatabase(log.file, join(unfinished, 'events.db'));
  const readModels = join(unfinished, 'read-models.db');
  await runInChild<RebuildInput, number>('rebuild.workload.ts', { log: events, readModels });
  renameSync(unfinished, directory);
  return directory;
}
