import type { components } from '../../api/schema.d.ts';

export type DealsMap = components['schemas']['DealsMapDto'];
export type StageHistoryMap = components['schemas']['StageHistoryMapDto'];
export type StageMeaning = components['schemas']['StageMeaningDto'];

/** The fields of a deal that a column can be mapped to, in the order people think of them. */
export const DEAL_FIELDS = [
  'id',
  'title',
  'customer',
  'owner',
  'amount',
  'wonAmount',
  'stage',
  'openedAt',
  'endedAt',
  'expectedCloseDate',
  'team',
  'region',
  'product',
  'channel',
  'campaign',
  'lossReason',
  'competitor',
] as const satisfies readonly (keyof DealsMap['columns'])[];
export type DealField = (typeof DEAL_FIELDS)[number];

const REQUIRED: readonly DealField[] = ['id', 'stage'];

export function isRequired(field: DealField): boolean {
  return REQUIRED.includes(field);
}

/** Whether a map is one of deals, one row each, and not of stage changes. */
export function isDealsMap(map: DealsMap | StageHistoryMap): map is DealsMap {
  return !('deals' in map);
}

/** The map with another column for a field; none where it is empty. */
export function withColumn(map: DealsMap, field: DealField, column: string): DealsMap {
  const { [field]: _, ...others } = map.columns;
  return { ...map, columns: { id: map.columns.id, ...others, ...(column === '' ? {} : { [field]: column }) } };
}

/** The map with another meaning of a value of the stage column; none where it shall be refused. */
export function withMeaning(map: DealsMap, label: string, meaning: StageMeaning | undefined): DealsMap {
  const { [label]: _, ...others } = map.stages;
  return { ...map, stages: meaning === undefined ? others : { ...others, [label]: meaning } };
}
