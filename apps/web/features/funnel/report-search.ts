import { choiceParameter, choicesParameter, dayParameter, given, textParameter } from '../../api/search-params.ts';
import { CUT_DIMENSIONS, cutSearch, type CutDimension, type CutSearch } from '../../filters/cut-search.ts';
import { comparedPeriod, comparisonOf, periodOf, presetOf, type Period } from './periods.ts';

/** Where the reports are. */
export const REPORT_PAGES = { funnel: '/funnel', forecast: '/forecast', winLoss: '/win-loss' } as const;

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
  readonly asOf?: string;
  readonly by?: CutDimension;
  readonly fromStage?: string;
  readonly measure?: Measure;
  readonly currency?: string;
  /** In minor units of the target's currency. */
  readonly target?: number;
  readonly targetCurrency?: string;
  readonly tables?: readonly ChartTable[];
}

export function reportSearch(search: Readonly<Record<string, unknown>>): ReportSearch {
  return {
    ...cutSearch(search),
    ...given({
      from: dayParameter(search['from']),
      to: dayParameter(search['to']),
      compareFrom: dayParameter(search['compareFrom']),
      compareTo: dayParameter(search['compareTo']),
      asOf: dayParameter(search['asOf']),
      by: choiceParameter(search['by'], CUT_DIMENSIONS),
      fromStage: textParameter(search['fromStage']),
      measure: choiceParameter(search['measure'], MEASURES),
      currency: currencyParameter(search['currency']),
      target: targetParameter(search['target']),
      targetCurrency: currencyParameter(search['targetCurrency']),
      tables: choicesParameter(search['tables'], CHART_TABLES),
    }),
  };
}

/** The day a report is about: the one it is as of, or today in UTC. */
export function reportDay({ asOf }: ReportSearch): string {
  return asOf ?? new Date().toISOString().slice(0, 10);
}

/** The period of a report; the last 12 months where the address names none. */
export function reportPeriod(search: ReportSearch): Period {
  const { from, to } = search;
  return from !== undefined && to !== undefined && from <= to
    ? { from, to }
    : periodOf('last12Months', reportDay(search));
}

/** The period a report is compared with, if it is. */
export function reportComparison({ compareFrom, compareTo }: ReportSearch): Period | undefined {
  return compareFrom !== undefined && compareTo !== undefined && compareFrom <= compareTo
    ? { from: compareFrom, to: compareTo }
    : undefined;
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
