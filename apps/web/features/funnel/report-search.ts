import {
  choiceParameter,
  choicesParameter,
  dayParameter,
  given,
  momentParameter,
  textParameter,
  textsParameter,
} from '../../api/search-params.ts';
import { CUT_DIMENSIONS, cutSearch, type CutDimension, type CutSearch } from '../../filters/cut-search.ts';
import { comparedPeriod, comparisonOf, periodOf, presetOf, type Period } from './periods.ts';

/** Where the reports are. */
export const REPORT_PAGES = { funnel: '/funnel', forecast: '/forecast', winLoss: '/win-loss' } as const;

export type Report = keyof typeof REPORT_PAGES;

/** Whether a report is over a period, which can be compared and split; the forecast is of one moment. */
export function isOverPeriod(report: Report): boolean {
  return report !== 'forecast';
}

/** What the bars of the funnel show of the open deals. */
export const MEASURES = ['count', 'amount', 'weightedAmount'] as const;
export type Measure = (typeof MEASURES)[number];

/** Charts whose figures can be shown as a table. */
export const CHART_TABLES = ['conversion', 'days', 'months'] as const;
export type ChartTable = (typeof CHART_TABLES)[number];

/** What the address says about a report: its cut, its period, the one it is compared with, and the day it is as of. */
export interface ReportSearch extends CutSearch {
  readonly from?: string;
  readonly to?: string;
  readonly compareFrom?: string;
  readonly compareTo?: string;
  /** A past day at whose end, or a moment at which, the report is. */
  readonly asOf?: string;
  readonly by?: CutDimension;
  /** Which stage the split is of; all of them where left out. */
  readonly splitStage?: string;
  /** For velocity, count only open deals from this stage on. */
  readonly fromStage?: string;
  readonly measure?: Measure;
  readonly currency?: string;
  /** In minor units of the target's currency. */
  readonly target?: number;
  readonly targetCurrency?: string;
  readonly tables?: readonly ChartTable[];
  /** What a link said that cannot be meant, as it stood there: `asOf=tomorrow`. */
  readonly ignored?: readonly string[];
}

export function reportSearch(search: Readonly<Record<string, unknown>>): ReportSearch {
  const period = periodParameter(search['from'], search['to']);
  const compared = periodParameter(search['compareFrom'], search['compareTo']);
  const target = targetParameter(search['target']);
  const targetCurrency = currencyParameter(search['targetCurrency']);
  const hasTarget = target !== undefined && targetCurrency !== undefined;
  const meant = {
    ...cutSearch(search),
    ...period,
    ...(compared && { compareFrom: compared.from, compareTo: compared.to }),
    ...(hasTarget && { target, targetCurrency }),
    ...given({
      asOf: pastParameter(search['asOf']),
      by: choiceParameter(search['by'], CUT_DIMENSIONS),
      splitStage: textParameter(search['splitStage']),
      fromStage: textParameter(search['fromStage']),
      measure: choiceParameter(search['measure'], MEASURES),
      currency: currencyParameter(search['currency']),
      tables: choicesParameter(search['tables'], CHART_TABLES),
      ignored: textsParameter(search['ignored']),
    }),
  };
  const ignored = [...(meant.ignored ?? []), ...notMeant(search, meant)];
  return ignored.length === 0 ? meant : { ...meant, ignored };
}

/** What stands in an address beside what it is taken to mean. */
function notMeant(
  search: Readonly<Record<string, unknown>>,
  meant: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.entries(search).flatMap(([name, said]) => {
    const kept = textsOf(meant[name]);
    return (
      textsOf(said)
        // Moments are kept as they are in UTC.
        .filter((text) => !kept.includes(momentParameter(text) ?? text))
        .map((text) => `${name}=${text}`)
    );
  });
}

function textsOf(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return [value].flat().map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
}

/** Both days, the earlier one first. */
function periodParameter(first: unknown, last: unknown): Period | undefined {
  const [from, to] = [dayParameter(first), dayParameter(last)];
  return from !== undefined && to !== undefined && from <= to ? { from, to } : undefined;
}

/** Nothing is known of what is to come. */
function pastParameter(value: unknown): string | undefined {
  const moment = momentParameter(value);
  return moment !== undefined && moment.slice(0, 10) <= reportDay({}) ? moment : undefined;
}

/** The day a report is about: the one it is as of, or today in UTC. */
export function reportDay({ asOf = new Date().toISOString() }: ReportSearch): string {
  return asOf.slice(0, 10);
}

/** The period of a report; the last 12 months where the address names none. */
export function reportPeriod(search: ReportSearch): Period {
  const { from, to } = search;
  return from !== undefined && to !== undefined ? { from, to } : periodOf('last12Months', reportDay(search));
}

/** The period a report is compared with, if it is. */
export function reportComparison({ compareFrom, compareTo }: ReportSearch): Period | undefined {
  return compareFrom !== undefined && compareTo !== undefined ? { from: compareFrom, to: compareTo } : undefined;
}

/** The report over another period; what it was compared with moves along. */
export function withPeriod(search: ReportSearch, period: Period): ReportSearch {
  const compared = reportComparison(search);
  const comparison = compared && comparisonOf(compared, reportPeriod(search));
  const moved = comparison && comparedPeriod(comparison, period);
  return { ...search, ...period, ...(moved ? { compareFrom: moved.from, compareTo: moved.to } : {}) };
}

/** The report compared with another period, or with none. */
export function withComparison(search: ReportSearch, compared: Period | undefined): ReportSearch {
  const { compareFrom: _from, compareTo: _to, ...rest } = search;
  return compared ? { ...rest, compareFrom: compared.from, compareTo: compared.to } : rest;
}

/** The report as of another day, or as of now. A period that was, say, the last quarter is that of the other day. */
export function withDay(search: ReportSearch, asOf: string | undefined): ReportSearch {
  const preset = presetOf(reportPeriod(search), reportDay(search));
  const { asOf: _asOf, ...rest } = search;
  const next = asOf === undefined ? rest : { ...rest, asOf };
  if (preset === undefined) return next;
  const before = withPeriod(search, periodOf(preset, reportDay(next)));
  return given({ ...before, asOf });
}

function currencyParameter(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? value : undefined;
}

function targetParameter(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/** The report with the table of a chart shown or hidden. */
export function withTable(search: ReportSearch, table: ChartTable, shown: boolean): ReportSearch {
  const { tables = [], ...rest } = search;
  const others = tables.filter((each) => each !== table);
  const next = shown ? [...others, table] : others;
  return next.length === 0 ? rest : { ...rest, tables: next };
}
