import type { DefinedPipeline } from '../pipelines/pipeline.decider.ts';
import { isAmount } from './cell-reading.ts';
import { csvRows } from './csv-rows.ts';
import type { DealsMap, MappedKind } from './import-map.ts';
import { crmSalesMap, salesforceHistoryMap } from './known-maps.ts';
import type { Upload } from './uploads.ts';
import { suggestDateFormats } from './date-format-suggestion.ts';
import { stageValuesOf } from './stage-values.ts';
import { headingOf, type UploadHeading } from './upload-contents.ts';

type Field = keyof DealsMap['columns'];

/** A map that a person looks at before it is used, and what of it is only a guess. */
export type MapSuggestion = MappedKind & {
  /** The ids of the uploads, that of the file which the map is for first. */
  readonly uploads: readonly string[];
  /** The well-known export that the files are, where they are one. */
  readonly recognised?: string;
  readonly unsure: readonly { readonly field: string; readonly why: string }[];
};

/** Headings that name a field, without what is no letter or digit; the earlier the better. */
const HEADINGS: Readonly<Record<Field, readonly string[]>> = {
  id: ['id', 'dealid', 'opportunityid', 'oppid', 'dealno', 'dealnumber', 'opportunity', '编号', '商机编号'],
  title: ['title', 'name', 'deal', 'dealname', 'opportunityname', 'subject', '标题', '名称', '商机名称'],
  customer: [
    'customer',
    'customername',
    'account',
    'accountname',
    'company',
    'client',
    'accountid',
    '客户',
    '客户名称',
  ],
  owner: ['owner', 'ownername', 'rep', 'salesrep', 'salesagent', 'salesperson', 'assignedto', 'ownerid', '负责人'],
  team: ['team', 'salesteam', 'manager', 'department', '团队', '部门'],
  region: ['region', 'regionaloffice', 'territory', 'area', 'office', '地区', '区域'],
  product: ['product', 'productname', 'item', '产品'],
  channel: ['channel', 'saleschannel', '渠道'],
  campaign: ['campaign', 'campaignname', 'campaignid', '市场活动'],
  amount: ['amount', 'value', 'dealvalue', 'expectedvalue', 'salesprice', 'price', 'revenue', '金额'],
  wonAmount: ['wonamount', 'closevalue', 'paid', 'brought', 'actualvalue', '成交金额'],
  stage: ['stage', 'dealstage', 'stagename', 'phase', 'status', '阶段', '状态'],
  openedAt: ['opened', 'openedat', 'openedon', 'created', 'createdat', 'createddate', 'engagedate', '创建日期'],
  endedAt: ['ended', 'endedat', 'endedon', 'closed', 'closedat', 'closedate', 'closeddate', '结束日期', '成交日期'],
  expectedCloseDate: ['expectedclosedate', 'expectedclose', 'forecastdate', '预计成交日期'],
  lossReason: ['lossreason', 'lostreason', 'whylost', 'why', '输单原因'],
  competitor: ['competitor', 'competitors', 'maincompetitor', 'maincompetitors', '竞争对手'],
};

const MOST_VALUES = 1_000;

/**
 * Suggests how files are to be read, from their headings and first rows; the first file is that of the deals. Where the
 * columns are chosen already, it suggests how what stands in them is to be read.
 */
export async function suggestMap(
  uploads: readonly Upload[],
  pipeline: DefinedPipeline,
  currency: string,
  chosen?: Readonly<Record<string, string>>,
): Promise<MapSuggestion> {
  const headings = await Promise.all(uploads.map(({ path }) => headingOf(path)));
  const known = chosen ? undefined : knownExport(uploads, headings);
  if (known) return known;
  const [upload, { columns, delimiter }] = [uploads[0]!, headings[0]!];
  const named = chosen ? chosenByField(chosen, columns) : columnsByField(columns);
  const values = await valuesOf(upload, delimiter);
  const textsOf = (field: Field): readonly string[] => values.get(named[field] ?? '') ?? [];
  const unsure: { field: string; why: string }[] = [
    { field: 'map.currency', why: 'A file does not say its currency.' },
    { field: 'map.timeZone', why: 'A file does not say where its dates are meant.' },
  ];
  for (const field of ['id', 'stage', 'owner'] as const) {
    if (!named[field]) unsure.push({ field: `map.columns.${field}`, why: 'No heading looks like it.' });
  }
  const stages: DealsMap['stages'] = {};
  const stageValues = named.stage === undefined ? [] : (await stageValuesOf(upload, named.stage, pipeline)).values;
  for (const { value, meaning } of stageValues) {
    if (meaning) stages[value] = meaning;
    if (meaning?.outcome) unsure.push({ field: `map.stages.${value}`, why: 'The stage it ended in is not known.' });
    if (!meaning) unsure.push({ field: `map.stages.${value}`, why: 'It names no stage of the pipeline.' });
  }
  const dates = suggestDateFormats((['openedAt', 'endedAt', 'expectedCloseDate'] as const).flatMap(textsOf));
  if (dates.why !== undefined) unsure.push({ field: 'map.dateFormats', why: dates.why });
  const [decimalMark, ...others] = decimalMarksOf([...textsOf('amount'), ...textsOf('wonAmount')]);
  if (others.length > 0) unsure.push({ field: 'map.decimalMark', why: 'The amounts can be read in several ways.' });
  return {
    kind: 'deals',
    uploads: uploads.map(({ id }) => id),
    map: {
      pipeline: { id: pipeline.id },
      delimiter,
      dateFormats: [...dates.formats],
      timeZone: 'UTC',
      currency,
      ...(decimalMark === undefined ? {} : { decimalMark }),
      columns: { ...named, id: named.id ?? columns[0]! },
      stages,
    },
    unsure,
  };
}

function knownExport(uploads: readonly Upload[], headings: readonly UploadHeading[]): MapSuggestion | undefined {
  const names = uploads.map(({ name }) => name);
  // Which of the files is the main one is told by its columns: a choice of several comes in the order of their names.
  const idsWithFirst = (...columns: readonly string[]): readonly string[] | undefined => {
    const first = headings.findIndex((heading) => columns.every((column) => heading.columns.includes(column)));
    if (first < 0) return undefined;
    const ids = uploads.map(({ id }) => id);
    return [ids[first]!, ...ids.toSpliced(first, 1)];
  };
  const lookups = crmSalesMap.lookups!.map(({ file }) => file);
  const { id, stage, wonAmount } = crmSalesMap.columns;
  const crmSales = idsWithFirst(id, stage!, wonAmount!);
  if (crmSales && lookups.every((file) => names.includes(file))) {
    return { kind: 'deals', uploads: crmSales, map: crmSalesMap, recognised: 'crm-sales', unsure: [] };
  }
  const history = idsWithFirst(...Object.values(salesforceHistoryMap.columns));
  if (history && names.includes(salesforceHistoryMap.deals.file)) {
    const recognised = 'salesforce-history';
    return { kind: 'stage-history', uploads: history, map: salesforceHistoryMap, recognised, unsure: [] };
  }
  return undefined;
}

/** What may stand before the decimals of amounts; the likeliest first, none where they are plain numbers. */
function decimalMarksOf(amounts: readonly string[]): readonly ('.' | ',')[] {
  const read = (mark: '.' | ',' | undefined): number => amounts.filter((amount) => isAmount(amount, mark)).length;
  const most = Math.max(read('.'), read(','));
  return read(undefined) >= most ? [] : (['.', ','] as const).filter((mark) => read(mark) === most);
}

function columnsByField(columns: readonly string[]): Partial<DealsMap['columns']> {
  const plain = columns.map((column) => column.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''));
  const taken = new Set<number>();
  const named: Partial<Record<Field, string>> = {};
  for (const [field, headings] of Object.entries(HEADINGS) as [Field, readonly string[]][]) {
    const heading = headings.find((one) => plain.includes(one) && !taken.has(plain.indexOf(one)));
    if (heading === undefined) continue;
    taken.add(plain.indexOf(heading));
    named[field] = columns[plain.indexOf(heading)]!;
  }
  return named;
}

/** What a person chose, as far as there are such fields and columns. */
function chosenByField(
  chosen: Readonly<Record<string, string>>,
  columns: readonly string[],
): Partial<DealsMap['columns']> {
  const fields = Object.keys(HEADINGS).filter((field) => columns.includes(chosen[field] ?? ''));
  return Object.fromEntries(fields.map((field) => [field, chosen[field]!]));
}

/** The different values of each column in the first rows. */
async function valuesOf({ path }: Upload, delimiter: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, Set<string>>();
  let rows = 0;
  for await (const { values } of csvRows(path, delimiter, () => undefined)) {
    rows += 1;
    if (rows > MOST_VALUES) break;
    for (const [column, value] of Object.entries(values)) {
      if (value !== '') found.set(column, (found.get(column) ?? new Set()).add(value));
    }
  }
  return new Map([...found].map(([column, set]) => [column, [...set]]));
}
