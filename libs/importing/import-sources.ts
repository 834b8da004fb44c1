import { basename, dirname, join } from 'node:path';
import { CellRefused, readInstant } from './cell-reading.ts';
import { csvRows, type CsvRow, type Refusal } from './csv-rows.ts';
import { dealReader, WON_FOR_NOTHING, type DealReader } from './deal-rows.ts';
import type { DealRecord, DealStep } from './deal-record.ts';
import type { DealsMap, StageHistoryMap } from './import-map.ts';

/** Deals read from files, with how much of the file is read; what cannot be read is told and left out. */
export interface ImportSource {
  readonly pipeline: DealsMap['pipeline'];
  readonly files: readonly string[];
  deals(onRefusal: (refusal: Refusal) => void): AsyncIterable<{ readonly deal: DealRecord; readonly progress: number }>;
}

/** A file with one row a deal. */
export function dealsSource(path: string, map: DealsMap): ImportSource {
  const file = basename(path);
  return {
    pipeline: map.pipeline,
    files: [file],
    async *deals(onRefusal) {
      const reader = await dealReader(map, dirname(path));
      const seen = new Set<string>();
      for await (const row of csvRows(path, map.delimiter ?? ',', (line, rule) => onRefusal({ file, line, rule }))) {
        const deal = attempt(file, row, onRefusal, () => {
          const record = reader.record(row.values, file, row.line);
          if (seen.has(record.id))
            throw new CellRefused(map.columns.id, `the deal ${record.id} stands in an earlier row`);
          seen.add(record.id);
          return record;
        });
        if (deal) yield { deal, progress: row.read / row.size };
      }
    },
  };
}

interface Entry {
  readonly file: string;
  readonly line: number;
  readonly at: string;
  readonly stage: string;
}

/** A file with one row a stage entered, beside a file of the deals. */
export function stageHistorySource(path: string, map: StageHistoryMap): ImportSource {
  const { deals: dealsOnly, columns, ...shared } = map;
  const { file: dealsFile, ...dealFields } = dealsOnly;
  const dealsMap: DealsMap = { ...shared, ...dealFields };
  const historyFile = basename(path);
  return {
    pipeline: map.pipeline,
    files: [dealsFile, historyFile],
    async *deals(onRefusal) {
      const reader = await dealReader(dealsMap, dirname(path));
      const history = new Map<string, Entry[]>();
      const refuse = (line: number, rule: string): void => onRefusal({ file: historyFile, line, rule });
      for await (const row of csvRows(path, map.delimiter ?? ',', refuse)) {
        const entry = attempt(historyFile, row, onRefusal, () => {
          const stage = row.values[columns.stage] ?? '';
          if (!map.stages[stage]) throw new CellRefused(columns.stage, `the map does not say what stage "${stage}" is`);
          return {
            file: historyFile,
            line: row.line,
            at: readInstant(columns.at, row.values[columns.at] ?? '', map),
            stage,
          };
        });
        const id = row.values[columns.id] ?? '';
        if (entry) history.set(id, [...(history.get(id) ?? []), entry]);
      }
      const dealsPath = join(dirname(path), dealsFile);
      const dealsRefusal = (line: number, rule: string): void => onRefusal({ file: dealsFile, line, rule });
      for await (const row of csvRows(dealsPath, map.delimiter ?? ',', dealsRefusal)) {
        const entries = history.get(row.values[dealsMap.columns.id] ?? '') ?? [];
        history.delete(row.values[dealsMap.columns.id] ?? '');
        const deal = attempt(dealsFile, row, onRefusal, () => withHistory(reader, dealsMap, row, dealsFile, entries));
        if (deal) yield { deal, progress: row.read / row.size };
      }
      for (const [id, entries] of history) {
        for (const { line } of entries) {
          onRefusal({ file: historyFile, line, column: columns.id, rule: `there is no deal "${id}" in ${dealsFile}` });
        }
      }
    },
  };
}

/**
 * A deal with its course. It counts from its first known stage on; when its row says it was created is kept as an
 * attribute, because sources disagree with themselves there.
 */
function withHistory(
  reader: DealReader,
  map: DealsMap,
  row: CsvRow,
  file: string,
  entries: readonly Entry[],
): DealRecord {
  const id = reader.id(row.values);
  // Sorting is stable: within a moment, the order of the file is the order of events.
  const course = entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const stageColumn = map.columns.stage ?? '';
  const current = map.stages[row.values[stageColumn] ?? ''];
  const first = course[0];
  const lastStage = map.pipeline.stages?.at(-1)?.id;
  const openingStage = (first ? map.stages[first.stage]?.stage : current?.stage) ?? lastStage;
  if (!openingStage) throw new CellRefused(stageColumn, 'neither the history nor the deal says which stage it is in');
  const details = reader.details(row.values);
  const steps = course.flatMap(({ stage, ...entry }, index): DealStep[] => {
    const meaning = map.stages[stage]!;
    if (meaning.outcome === 'won') {
      return [{ ...entry, kind: 'win', amount: details.amount ?? { minorUnits: 0, currency: map.currency } }];
    }
    if (meaning.outcome === 'lost') {
      return [{ ...entry, kind: 'lose', reasonCode: map.defaults?.lossReason ?? 'unknown' }];
    }
    return index === 0 ? [] : [{ ...entry, kind: 'move', toStage: meaning.stage! }];
  });
  const createdColumn = map.columns.openedAt;
  const created = createdColumn ? row.values[createdColumn] : undefined;
  const createdAt = created ? readInstant(createdColumn!, created, map) : undefined;
  const createdOn = createdAt ? { createdOn: createdAt.slice(0, 10) } : {};
  const openedAt = first?.at ?? createdAt;
  const last = course.at(-1);
  const notes = [
    ...(first && createdAt && first.at < createdAt ? ['has history before the date it says it was created'] : []),
    ...(first && map.stages[first.stage]?.outcome
      ? ['has no history before its end: it was in no stage for any time']
      : []),
    ...(steps.some(({ kind }) => kind === 'win') && !details.amount ? [WON_FOR_NOTHING] : []),
    ...(last && current && map.stages[last.stage] !== current
      ? ['is in another stage than its history ends in: the deal is right, the move counts as made now']
      : []),
  ];
  return {
    file,
    line: row.line,
    id,
    pipelineId: map.pipeline.id,
    details: { ...details, attributes: { ...details.attributes, ...createdOn } },
    opening: { stageId: openingStage, ...(openedAt ? { at: openedAt } : {}) },
    steps,
    ...(current?.stage && !current.outcome ? { currentStageId: current.stage } : {}),
    notes,
  };
}

function attempt<Result>(
  file: string,
  { line }: CsvRow,
  onRefusal: (refusal: Refusal) => void,
  read: () => Result,
): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CellRefused)) throw error;
    onRefusal({ file, line, column: error.column, rule: error.message });
    return undefined;
  }
}
