import { sameData } from '../eventsourcing/same-data.ts';
import { brokenRule } from './broken-rule.ts';
import { CellRefused } from './cell-reading.ts';
import type { CsvRow } from './csv-rows.ts';
import { unknownStage, type DealReader } from './deal-rows.ts';
import type { DealRecord, DealStep } from './deal-record.ts';
import { stageMeaning, type DealsMap } from './import-map.ts';

/** One row of a stage history. */
export interface HistoryEntry {
  readonly file: string;
  readonly line: number;
  readonly at: string;
  readonly stage: string;
}

/**
 * A deal with its course. It counts from its first known stage on; when its row says it was created is kept as an
 * attribute, because sources disagree with themselves there. Throws `CellRefused`.
 */
export function withHistory(
  reader: DealReader,
  map: DealsMap,
  { values, line }: CsvRow,
  file: string,
  entries: readonly HistoryEntry[],
): DealRecord {
  // Sorting is stable: within a moment, the order of the file is the order of events.
  const course = entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const stageColumn = map.columns.stage ?? '';
  const current = stageMeaning(map, values[stageColumn] ?? '');
  if (!current && map.columns.stage !== undefined) {
    throw unknownStage(stageColumn, values[stageColumn] ?? '');
  }
  const [first] = course;
  const last = course.at(-1);
  const openingStage =
    (first ? stageMeaning(map, first.stage)?.stage : current?.stage) ?? map.pipeline.stages?.at(-1)?.id;
  if (!openingStage) {
    const rule = 'neither the history nor the deal says which stage it is in';
    throw new CellRefused(stageColumn, brokenRule('stage_missing', rule));
  }
  const place = { file, line };
  const differs = current !== undefined && (last === undefined || !sameData(stageMeaning(map, last.stage), current));
  let stageId = openingStage;
  let ended: 'won' | 'lost' | undefined;
  const steps = [
    ...course.flatMap(({ stage, ...entry }, index) => stepsTo(stage, entry, index === 0)),
    ...(differs && current ? stepsTo(values[stageColumn]!, place, last === undefined) : []),
  ];
  const createdAt = reader.openedAt(values);
  const openedAt = first?.at ?? createdAt;
  const details = reader.details(values);
  return {
    ...place,
    id: reader.id(values),
    pipelineId: map.pipeline.id,
    details: {
      ...details,
      ...(createdAt ? { attributes: { ...details.attributes, createdOn: reader.openedOn(values)! } } : {}),
    },
    opening: { stageId: openingStage, ...(openedAt ? { at: openedAt } : {}) },
    steps,
    notes: [
      ...reader.notes(values),
      ...(first && createdAt && first.at < createdAt ? ['has history before the date it says it was created'] : []),
      ...(first && stageMeaning(map, first.stage)?.outcome
        ? ['has no history before its end: it was in no stage for any time']
        : []),
      ...(last && differs
        ? ['is in another stage than its history ends in: the deal is right, the move counts as made now']
        : []),
    ],
  };

  /** An end told again is the end it was; one told otherwise is of a deal that was taken up again in between. */
  function stepsTo(stage: string, at: Pick<DealStep, 'file' | 'line' | 'at'>, opens: boolean): readonly DealStep[] {
    const meaning = stageMeaning(map, stage)!;
    if (meaning.outcome === undefined) {
      ended = undefined;
      stageId = meaning.stage!;
      return opens ? [] : [{ ...at, kind: 'move', toStage: stageId }];
    }
    if (meaning.outcome === ended) return [];
    const reopening = ended ? [{ ...at, kind: 'move', toStage: stageId } as const] : [];
    ended = meaning.outcome;
    return [...reopening, { ...at, ...reader.ending(values, ended) }];
  }
}
