import type { components } from '../../api/schema.d.ts';
import type { Upload } from './api/uploads.ts';
import { dealPart, isDealsMap, type ImportMap, type StageMeaning } from './deal-fields.ts';

type StageValues = components['schemas']['StageValuesAnswerDto'];

/** A value of the stage column, and in how many rows it stands. */
export interface StageLabel {
  readonly value: string;
  readonly rows: number;
}

/** Where stages stand in the files: in the file the map is for, and of a stage history in that of the deals, too. */
export function stageColumns(
  map: ImportMap,
  uploads: readonly Upload[],
): readonly { readonly upload: Upload; readonly column: string }[] {
  const places = isDealsMap(map)
    ? [{ upload: uploads[0], column: map.columns.stage }]
    : [
        { upload: uploads[0], column: map.columns.stage },
        { upload: uploads.find(({ name }) => name === map.deals.file), column: map.deals.columns.stage },
      ];
  return places.flatMap(({ upload, column }) =>
    upload && column !== undefined && upload.columns.includes(column) ? [{ upload, column }] : [],
  );
}

/** Differs where other columns say the stage, or other stages are meant. */
export function stagePlace(map: ImportMap): string {
  return JSON.stringify([map.pipeline.id, map.columns.stage, dealPart(map).columns.stage]);
}

/** The values of several columns together, each once. */
export function stageLabels(answers: readonly StageValues[]): readonly StageLabel[] {
  const rows = new Map<string, number>();
  for (const { values } of answers) {
    for (const one of values) rows.set(one.value, (rows.get(one.value) ?? 0) + one.rows);
  }
  return [...rows].map(([value, count]) => ({ value, rows: count }));
}

/** What the values may mean; where the server cannot say, what they meant in another map. */
export function suggestedMeanings(
  answers: readonly StageValues[],
  otherwise: Readonly<Record<string, StageMeaning>>,
): Readonly<Record<string, StageMeaning>> {
  return Object.fromEntries(
    answers.flatMap(({ values }) =>
      values.flatMap(({ value, meaning = meaningIn(otherwise, value) }) => (meaning ? [[value, meaning]] : [])),
    ),
  );
}

/** Values without a meaning, whose rows will be refused. */
export interface UnknownLabels {
  readonly labels: readonly StageLabel[];
  /** How many there are beyond the most frequent ones. */
  readonly others: number;
  /** In all. */
  readonly rows: number;
}

export function withoutMeaning({ stages }: ImportMap, answers: readonly StageValues[]): UnknownLabels {
  const labels = stageLabels(answers).filter(({ value }) => meaningIn(stages, value) === undefined);
  const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  return {
    labels,
    others: total(answers.map(({ otherValues }) => otherValues)),
    rows: total([...labels.map(({ rows }) => rows), ...answers.map(({ otherRows }) => otherRows)]),
  };
}

/** A value may be called as anything, `constructor` too. */
export function meaningIn(stages: Readonly<Record<string, StageMeaning>>, value: string): StageMeaning | undefined {
  return Object.hasOwn(stages, value) ? stages[value] : undefined;
}
