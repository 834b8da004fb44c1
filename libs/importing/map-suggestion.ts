import { DateTime } from 'luxon';
import type { DefinedPipeline } from '../pipelines/pipeline.decider.ts';
import { csvRows } from './csv-rows.ts';
import type { MappedKind } from './import-jobs.ts';
import type { DealsMap } from './import-map.ts';
import { crmSalesMap, salesforceHistoryMap } from './known-maps.ts';
import type { Upload } from './uploads.ts';
import { contentsOf, type UploadContents } from './upload-contents.ts';

type Field = keyof DealsMap['columns'];

/** A map that a person looks at before it is used, and what of it is only a guess. */
export type MapSuggestion = MappedKind & {
  /** The well-known export that the files are, where they are one. */
  readonly recognised?: string;
  readonly unsure: readonly { readonly field: string; readonly why: string }[];
};

/** Headings that name a field, without what is no letter or digit; the earlier the better. */
const HEADINGS: Readonly<Record<Field, readonly string[]>> = {
  id: ['id', 'dealid', 'opportunityid', 'oppid', 'dealno', 'dealnumber', 'opportunity', '编号', '商机编号'],
  title: ['title', 'name', 'dealname', 'opportunityname', 'subject', '标题', '名称', '商机名称'],
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

const DATES = ['yyyy-MM-dd', 'yyyy/MM/dd', 'dd/MM/yyyy', 'MM/dd/yyyy', 'dd.MM.yyyy', "yyyy'年'M'月'd'日'"];
const TIMES = [' HH:mm', ' HH:mm:ss', "'T'HH:mm:ss", "'T'HH:mm:ssZZ", "'T'HH:mm:ss.SSSZZ"];
const FORMATS = DATES.flatMap((date) => [date, ...TIMES.map((time) => date + time)]);
const WON = /\bwon\b|\bsigned\b|成交|赢单/i;
const LOST = /\blost\b|\bdead\b|输单|丢单|失败/i;
const MOST_LABELS = 50;
const MOST_VALUES = 1_000;

/** Suggests how files are to be read, from their headings and first rows; the first file is that of the deals. */
export async function suggestMap(
  uploads: readonly Upload[],
  pipeline: DefinedPipeline,
  currency: string,
): Promise<MapSuggestion> {
  const contents = await Promise.all(uploads.map(contentsOf));
  const known = knownExport(uploads, contents);
  if (known) return known;
  const [upload, { columns, delimiter }] = [uploads[0]!, contents[0]!];
  const named = columnsByField(columns);
  const values = await valuesOf(upload, delimiter);
  const unsure: { field: string; why: string }[] = [
    { field: 'map.currency', why: 'A file does not say its currency.' },
    { field: 'map.timeZone', why: 'A file does not say where its dates are meant.' },
  ];
  for (const field of ['id', 'stage', 'owner'] as const) {
    if (!named[field]) unsure.push({ field: `map.columns.${field}`, why: 'No heading looks like it.' });
  }
  const stages: DealsMap['stages'] = {};
  for (const label of named.stage ? (values.get(named.stage) ?? []).slice(0, MOST_LABELS) : []) {
    const meaning = meaningOf(label, pipeline);
    if (meaning) stages[label] = meaning;
    if (meaning?.outcome) unsure.push({ field: `map.stages.${label}`, why: 'The stage it ended in is not known.' });
    if (!meaning) unsure.push({ field: `map.stages.${label}`, why: 'It names no stage of the pipeline.' });
  }
  const dates = [named.openedAt, named.endedAt, named.expectedCloseDate].flatMap((column) =>
    column === undefined ? [] : (values.get(column) ?? []),
  );
  const dateFormats = formatsOf(dates);
  if (dateFormats.length > 1 || (dates.length > 0 && dateFormats[0]?.startsWith('MM'))) {
    unsure.push({ field: 'map.dateFormats', why: 'The dates can be read in several ways.' });
  }
  return {
    kind: 'deals',
    map: {
      pipeline: { id: pipeline.id },
      delimiter,
      dateFormats: dateFormats.slice(0, 1),
      timeZone: 'UTC',
      currency,
      columns: { ...named, id: named.id ?? columns[0]! },
      stages,
    },
    unsure,
  };
}

function knownExport(uploads: readonly Upload[], contents: readonly UploadContents[]): MapSuggestion | undefined {
  const names = uploads.map(({ name }) => name);
  const has = (index: number, ...columns: readonly string[]): boolean =>
    columns.every((column) => contents[index]?.columns.includes(column));
  const lookups = crmSalesMap.lookups!.map(({ file }) => file);
  const { id, stage, wonAmount } = crmSalesMap.columns;
  if (has(0, id, stage!, wonAmount!) && lookups.every((file) => names.includes(file))) {
    return { kind: 'deals', map: crmSalesMap, recognised: 'crm-sales', unsure: [] };
  }
  if (has(0, ...Object.values(salesforceHistoryMap.columns)) && names.includes(salesforceHistoryMap.deals.file)) {
    return { kind: 'stage-history', map: salesforceHistoryMap, recognised: 'salesforce-history', unsure: [] };
  }
  return undefined;
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

function meaningOf(label: string, { stages }: DefinedPipeline): DealsMap['stages'][string] | undefined {
  const said = label.toLowerCase();
  const stage = stages.find(({ id, name, nameZh }) => [id, name.toLowerCase(), nameZh?.toLowerCase()].includes(said));
  if (stage) return { stage: stage.id };
  const last = stages.at(-1)!.id;
  if (WON.test(label)) return { stage: last, outcome: 'won' };
  return LOST.test(label) ? { stage: last, outcome: 'lost' } : undefined;
}

/** The forms in which every date can be read; the usual one where there is none. */
function formatsOf(dates: readonly string[]): readonly string[] {
  const all = FORMATS.filter((format) =>
    dates.every((date) => DateTime.fromFormat(date, format, { locale: 'en' }).isValid),
  );
  return dates.length === 0 || all.length === 0 ? ['yyyy-MM-dd'] : all;
}
