import { cutSearch, type CutDimension, type CutSearch } from '../../filters/cut-search.ts';
import type { ForecastAnswer } from './api/forecast.ts';
import { reportPeriod, type ReportSearch } from './report-search.ts';

/** The figures of a stage over a period, by their names in the API. */
export type Flow =
  | ('opened' | 'entered' | 'left' | 'movedForward' | 'movedBack' | 'skipped' | 'repeated' | 'stayed')
  | ('won' | 'lost' | 'terminated');

type ForecastCategory = ForecastAnswer['categories'][number]['category'];
type Standing = 'open' | 'suspended';
type Outcome = 'won' | 'lost' | 'terminated';

/** The part of the address of the list of deals that chooses the deals behind a figure. */
export interface DealsSearch extends CutSearch {
  readonly asOf?: string;
  readonly stage?: string;
  readonly status?: readonly Standing[];
  readonly outcome?: readonly Outcome[];
  readonly stalled?: true;
  readonly currency?: string;
  /** `''` for deals without one, as the list has it. */
  readonly lostReason?: readonly string[];
  readonly competitor?: readonly string[];
  readonly forecastCategory?: readonly (ForecastCategory | '')[];
  readonly landingMonth?: string;
  readonly landingMonthByReps?: string;
  readonly endedFrom?: string;
  readonly endedTo?: string;
  readonly flow?: Flow;
  readonly from?: string;
  readonly to?: string;
}

/** What the reps' own judgement counts: everything but what they omitted. */
export const JUDGED: readonly (ForecastCategory | '')[] = ['commit', 'best_case', 'pipeline', ''];

/** The report narrowed to one value of a dimension, or to deals without one. */
export function narrowedTo(search: ReportSearch, dimension: CutDimension, value: string | null): ReportSearch {
  return { ...search, [dimension]: [value ?? ''] };
}

/** The deals that stand in a stage, or in any, at the moment of the report. */
export function standingDeals(
  search: ReportSearch,
  {
    status = 'open',
    ...further
  }: Pick<
    DealsSearch,
    'stage' | 'stalled' | 'currency' | 'forecastCategory' | 'landingMonth' | 'landingMonthByReps'
  > & { readonly status?: Standing } = {},
): DealsSearch {
  return { ...scopeOf(search), status: [status], ...further };
}

/** The deals that ended in the period of the report; those decided are the won and the lost. */
export function endedDeals(
  search: ReportSearch,
  outcome: Outcome | 'decided',
  further: Pick<DealsSearch, 'currency' | 'lostReason' | 'competitor'> = {},
): DealsSearch {
  const { from, to } = reportPeriod(search);
  return {
    ...scopeOf(search),
    outcome: outcome === 'decided' ? ['won', 'lost'] : [outcome],
    endedFrom: from,
    endedTo: to,
    ...further,
  };
}

/** The deals that went through a stage, or were opened, in the period of the report. */
export function flowingDeals(search: ReportSearch, flow: Flow, stage?: string): DealsSearch {
  return { ...scopeOf(search), flow, ...reportPeriod(search), ...(stage === undefined ? {} : { stage }) };
}

function scopeOf(search: ReportSearch): DealsSearch {
  const { asOf } = search;
  return { ...cutSearch({ ...search }), ...(asOf === undefined ? {} : { asOf }) };
}
