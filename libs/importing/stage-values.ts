import type { DefinedPipeline } from '../pipelines/pipeline.decider.ts';
import { csvRows } from './csv-rows.ts';
import type { StageMeaning } from './import-map.ts';
import { headingOf } from './upload-contents.ts';
import type { Upload } from './uploads.ts';

/** A value of the stage column, in how many rows it stands, and what it may mean. */
export interface StageValue {
  readonly value: string;
  readonly rows: number;
  readonly meaning?: StageMeaning;
}

export interface StageValues {
  /** The most frequent ones. */
  readonly values: readonly StageValue[];
  /** How many other values there are: at least this many where there are more than are counted. */
  readonly otherValues: number;
  /** In how many rows they stand. */
  readonly otherRows: number;
}

const MOST_VALUES = 50;
/** A column of ids has as many values as rows. */
const MOST_COUNTED = 100_000;
const WON = /\bwon\b|\bsigned\b|成交|赢单/i;
const LOST = /\blost\b|\bdead\b|\b(abandon|cancel|reject|disqualif|declin)|输单|丢单|失败|取消/i;

/** Beginnings of words by which sales teams call the same part of the way. */
const WAYPOINTS = [
  /\b(lead|prospect|potential|qualif|discover|contacted|new\b)|潜在|线索|跟踪/i,
  /\b(bid|tender|propos|quot|offer)|投标|报价|方案/i,
  /\b(negotiat|review)|谈判|洽谈/i,
  /\b(contract|sign)|合同|签/i,
];

/** What stands in a column of a file that is to be the stage, and what of it a pipeline's stages may be. */
export async function stageValuesOf(
  { path }: Upload,
  column: string,
  pipeline: DefinedPipeline | undefined,
): Promise<StageValues> {
  const counted = new Map<string, number>();
  let uncountedRows = 0;
  const { delimiter } = await headingOf(path);
  for await (const { values } of csvRows(path, delimiter, () => undefined)) {
    const value = values[column] ?? '';
    const rows = counted.get(value);
    if (rows === undefined && counted.size >= MOST_COUNTED) uncountedRows += 1;
    else counted.set(value, (rows ?? 0) + 1);
  }
  const all = [...counted].toSorted(([, left], [, right]) => right - left);
  const others = all.slice(MOST_VALUES);
  return {
    values: all.slice(0, MOST_VALUES).map(([value, rows]) => {
      const meaning = pipeline && suggestedMeaning(value, pipeline);
      return { value, rows, ...(meaning ? { meaning } : {}) };
    }),
    otherValues: others.length,
    otherRows: others.reduce((sum, [, rows]) => sum + rows, uncountedRows),
  };
}

/** What a value of the stage column may mean; undefined where nothing in it says so. */
export function suggestedMeaning(value: string, { stages }: Pick<DefinedPipeline, 'stages'>): StageMeaning | undefined {
  const said = words(value);
  if (said === '') return undefined;
  const named = stages.map(({ id, name, nameZh = name }) => ({ id, names: [id, name, nameZh].map(words) }));
  const same = named.find(({ names }) => names.includes(said));
  if (same) return { stage: same.id };
  const last = stages.at(-1)!.id;
  if (WON.test(said)) return { stage: last, outcome: 'won' };
  if (LOST.test(said)) return { stage: last, outcome: 'lost' };
  const like =
    named.find(({ names }) => names.some((name) => isPartOf(said, name) || isPartOf(name, said))) ??
    WAYPOINTS.filter((waypoint) => waypoint.test(said))
      .map((waypoint) => named.find(({ names }) => names.some((name) => waypoint.test(name))))
      .find((stage) => stage !== undefined);
  return like && { stage: like.id };
}

/** Whether a text stands in another one and says enough: a single letter stands in nearly all. */
function isPartOf(part: string, whole: string): boolean {
  return (part.length > 1 || /\p{Script=Han}/u.test(part)) && whole.includes(part);
}

/** `2_ClosedWon` is `2 closed won`. */
function words(text: string): string {
  return text
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
