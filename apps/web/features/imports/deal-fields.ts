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

/** How files are to be read: one row a deal, or one row a stage entered beside a file of the deals. */
export type ImportMap = DealsMap | StageHistoryMap;

/** Whether a map is one of deals, one row each, and not of stage changes. */
export function isDealsMap(map: ImportMap): map is DealsMap {
  return !('deals' in map);
}

/** The fields that a map can name a column for; the end of a deal with a history is told by that. */
export function fieldsOf(map: ImportMap): readonly DealField[] {
  return isDealsMap(map) ? DEAL_FIELDS : DEAL_FIELDS.filter((field) => field !== 'endedAt');
}

export function isRequired(map: ImportMap, field: DealField): boolean {
  return field === 'id' || (field === 'stage' && isDealsMap(map));
}

/** Whether something out of an address can be shown as a map; whether it makes sense is for the server to say. */
export function isImportMap(value: unknown): value is ImportMap {
  if (!isRecord(value)) return false;
  const { pipeline, dateFormats, timeZone, columns, stages, deals = value } = value;
  return (
    isRecord(pipeline) &&
    typeof pipeline['id'] === 'string' &&
    Array.isArray(dateFormats) &&
    typeof timeZone === 'string' &&
    isTexts(columns) &&
    isRecord(stages) &&
    Object.values(stages).every(isTexts) &&
    isRecord(deals) &&
    typeof deals['currency'] === 'string' &&
    isTexts(deals['columns'])
  );
}

/** What a map says of the deals themselves. */
export function dealPart(map: ImportMap): DealsMap | StageHistoryMap['deals'] {
  return isDealsMap(map) ? map : map.deals;
}

/** The map with something else said of the deals themselves. */
export function withDealPart(map: ImportMap, change: Partial<DealPart>): ImportMap {
  return isDealsMap(map) ? { ...map, ...change } : { ...map, deals: { ...map.deals, ...change } };
}

/** Differs where other columns hold dates and amounts. A history is read as it was recognised. */
export function formPlace(map: ImportMap): string {
  if (!isDealsMap(map)) return '';
  const { openedAt, endedAt, expectedCloseDate, amount, wonAmount } = map.columns;
  return JSON.stringify([openedAt, endedAt, expectedCloseDate, amount, wonAmount]);
}

/** In which forms a map reads dates and amounts. */
export function formsIn(map: ImportMap): Pick<DealsMap, 'dateFormats' | 'decimalMark'> {
  return { dateFormats: map.dateFormats, decimalMark: dealPart(map).decimalMark ?? '.' };
}

/** The map with another column for a field of the deals; none where it is empty. */
export function withColumn(map: ImportMap, field: DealField, column: string): ImportMap {
  const { columns } = dealPart(map);
  const { [field]: _, ...others } = columns;
  return withDealPart(map, {
    columns: { id: columns.id, ...others, ...(column === '' ? {} : { [field]: column }) },
  });
}

/** The map with another meaning of a value of the stage column; none where it shall be refused. */
export function withMeaning(map: ImportMap, label: string, meaning: StageMeaning | undefined): ImportMap {
  const { [label]: _, ...others } = map.stages;
  return { ...map, stages: meaning === undefined ? others : { ...others, [label]: meaning } };
}

/** The names of the files that a map reads, where the first of the files is the one that it is for. */
export function filesRead(map: ImportMap, first: string): readonly string[] {
  const lookups = dealPart(map).lookups ?? [];
  return [first, ...(isDealsMap(map) ? [] : [map.deals.file]), ...lookups.map(({ file }) => file)];
}

type DealPart = Pick<DealsMap, 'currency' | 'decimalMark' | 'columns' | 'defaults'>;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((each) => typeof each === 'string');
}
