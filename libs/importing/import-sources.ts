import { basename, dirname, join } from 'node:path';
import { brokenRule, type BrokenRule } from './broken-rule.ts';
import { CellRefused, readInstant } from './cell-reading.ts';
import { csvRows, requireColumns, type CsvRow, type Refusal } from './csv-rows.ts';
import { dealReader, unknownStage } from './deal-rows.ts';
import type { DealRecord } from './deal-record.ts';
import { stageMeaning, type DealsMap, type StageHistoryMap } from './import-map.ts';
import { withHistory, type HistoryEntry } from './stage-history.ts';

/** Deals read from files. */
export interface ImportSource {
  readonly pipeline: DealsMap['pipeline'];
  readonly files: readonly string[];
  /** Where the files lie beside each other. */
  readonly folder: string;
  readonly delimiter: string;
  /** Throws where a file is missing, empty or without a column that the map names. */
  check(): Promise<void>;
  /** The deals, each with how many bytes of its file are read; what cannot be read is told and left out. */
  deals(onRefusal: (refusal: Refusal) => void): AsyncIterable<SourcedDeal>;
}

export interface SourcedDeal {
  readonly deal: DealRecord;
  readonly read: number;
  readonly size: number;
}

/** A file with one row a deal. */
export function dealsSource(path: string, map: DealsMap): ImportSource {
  const file = basename(path);
  return {
    pipeline: map.pipeline,
    files: [file],
    folder: dirname(path),
    delimiter: map.delimiter ?? ',',
    check: () => requireDeals(path, map),
    async *deals(onRefusal) {
      const reader = await dealReader(map, dirname(path));
      const seen = new Set<string>();
      for await (const row of csvRows(path, map.delimiter ?? ',', (line, broken) =>
        onRefusal({ file, line, ...broken }),
      )) {
        const deal = attempt(file, row, onRefusal, () => {
          const record = reader.record(row.values, file, row.line);
          requireNew(seen, record.id, map);
          return record;
        });
        if (deal) yield { deal, read: row.read, size: row.size };
      }
    },
  };
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
    folder: dirname(path),
    delimiter: map.delimiter ?? ',',
    async check() {
      await requireColumns(path, map.delimiter ?? ',', Object.values(columns));
      await requireDeals(join(dirname(path), dealsFile), dealsMap);
    },
    async *deals(onRefusal) {
      const reader = await dealReader(dealsMap, dirname(path));
      const history = new Map<string, HistoryEntry[]>();
      const refuse = (line: number, broken: BrokenRule): void => onRefusal({ file: historyFile, line, ...broken });
      for await (const row of csvRows(path, map.delimiter ?? ',', refuse)) {
        const entry = attempt(historyFile, row, onRefusal, () => {
          const stage = row.values[columns.stage] ?? '';
          if (!stageMeaning(map, stage)) throw unknownStage(columns.stage, stage);
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
      const dealsRefusal = (line: number, broken: BrokenRule): void => onRefusal({ file: dealsFile, line, ...broken });
      const seen = new Set<string>();
      for await (const row of csvRows(dealsPath, map.delimiter ?? ',', dealsRefusal)) {
        const deal = attempt(dealsFile, row, onRefusal, () => {
          const id = reader.id(row.values);
          requireNew(seen, id, dealsMap);
          const entries = history.get(id) ?? [];
          history.delete(id);
          return withHistory(reader, dealsMap, row, dealsFile, entries);
        });
        if (deal) yield { deal, read: row.read, size: row.size };
      }
      for (const [id, entries] of history) {
        const rule = `there is no deal "${id}" in ${dealsFile}`;
        const broken = brokenRule('deal_missing', rule, { value: id, file: dealsFile });
        for (const { line } of entries) onRefusal({ file: historyFile, line, column: columns.id, ...broken });
      }
    },
  };
}

async function requireDeals(path: string, map: DealsMap): Promise<void> {
  const delimiter = map.delimiter ?? ',';
  const lookups = map.lookups ?? [];
  // Columns that a lookup adds are not in the file itself.
  const added = new Set(lookups.flatMap(({ take }) => Object.keys(take)));
  const named = [...Object.values(map.columns), ...Object.values(map.attributes ?? {}), ...lookups.map(({ by }) => by)];
  await requireColumns(path, delimiter, new Set(named.filter((column) => !added.has(column))));
  for (const { file, key, take } of lookups) {
    await requireColumns(join(dirname(path), file), delimiter, new Set([key, ...Object.values(take)]));
  }
}

function requireNew(seen: Set<string>, id: string, map: DealsMap): void {
  if (seen.has(id)) {
    const rule = `the deal ${id} stands in an earlier row`;
    throw new CellRefused(map.columns.id, brokenRule('deal_repeated', rule, { value: id }));
  }
  seen.add(id);
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
    onRefusal({ file, line, column: error.column, ...error.broken });
    return undefined;
  }
}
