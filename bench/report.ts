import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { figureOf, type Figure } from './figures.ts';
import { table } from '../apps/cli/answer.ts';

const FLAT = 1.15;

/** Where and when figures were measured. */
export function circumstances(startedAt: Date) {
  const [processor] = cpus();
  const facts = {
    startedAt: startedAt.toISOString(),
    commit: commit(),
    processor: processor?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGibibytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    sqlite: process.versions['sqlite'] ?? 'unknown',
    system: process.platform,
  };
  const { commit: of, processor: model, cores, memoryGibibytes, node, sqlite } = facts;
  const line = `${startedAt.toISOString().slice(0, 10)}, commit ${of}: ${cores} cores (${model}), ${memoryGibibytes} GiB, Node ${node}, SQLite ${sqlite}`;
  return { ...facts, line };
}

function commit(): string {
  const git = (...words: string[]): string => execFileSync('git', words, { encoding: 'utf8' }).trim();
  try {
    const changed =
      git('status', '--porcelain', '--untracked-files=no', '--', 'libs', 'apps') === '' ? '' : ' with changes';
    return git('rev-parse', '--short', 'HEAD') + changed;
  } catch (error) {
    // An archive of the sources has no history; the figures are as true.
    return `unknown (${error instanceof Error ? error.name : String(error)})`;
  }
}

/** What an event costs at the largest size against the smallest, for each measure taken at several. */
export function flatness(figures: readonly Figure[]): Figure[] {
  return [...Map.groupBy(figures, ({ measure }) => measure)].flatMap(([measure, same]) => {
    const sorted = same.filter(({ events }) => events !== undefined).toSorted((a, b) => a.events! - b.events!);
    const [small, large] = [sorted[0], sorted.at(-1)];
    if (!small || !large || small === large) return [];
    return [
      figureOf(
        { measure: `${measure}: cost at ${size(large.events)} of that at ${size(small.events)}`, unit: 'times' },
        [{ ours: small.ours / large.ours, ...(small.raw && large.raw ? { raw: small.raw / large.raw } : {}) }],
        [],
        ({ ours }) => ({ text: `≤ ${FLAT}`, met: ours <= FLAT }),
      ),
    ];
  });
}

/** The figures as a table for people; without the columns that none of them has. */
export function tableOf(figures: readonly Figure[]): string {
  const columns: readonly (readonly [title: string, cell: (figure: Figure) => string])[] = [
    ['Measure', ({ measure }) => measure],
    ['>Events', ({ events }) => size(events)],
    ['>Dealtrail', ({ ours }) => shown(ours)],
    ['>Worst', ({ worst }) => shown(worst)],
    ['>Beside', ({ raw }) => shown(raw)],
    ['Unit', ({ unit }) => unit],
    ['>Ratio', ({ ratio }) => shown(ratio)],
    ['>p50', ({ facts }) => shown(facts?.['p50'])],
    ['>p95', ({ facts }) => shown(facts?.['p95'])],
    ['>p99', ({ facts }) => shown(facts?.['p99'])],
    ['>MiB', ({ peakMebibytes }) => String(peakMebibytes ?? '')],
    ['Aim', ({ aim }) => aim?.text ?? ''],
    ['', ({ aim }) => (aim === undefined ? '' : aim.met ? 'met' : 'MISSED')],
  ];
  const used = columns.filter(([, cell]) => figures.some((figure) => cell(figure) !== ''));
  return table(
    used.map(([title]) => title),
    figures.map((figure) => used.map(([, cell]) => cell(figure))),
  );
}

function size(events: number | undefined): string {
  if (events === undefined) return '';
  return events < 1_000_000 ? `${Math.round(events / 1_000)}k` : `${Math.round(events / 10_000) / 100}M`;
}

/** Three digits that count. */
function shown(value: number | undefined): string {
  if (value === undefined) return '';
  if (value >= 1_000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
