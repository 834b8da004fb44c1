import {
  choiceParameter,
  choicesParameter,
  dayParameter,
  given,
  momentParameter,
  monthParameter,
  textParameter,
  textsParameter,
} from '../../api/search-params.ts';
import { dealFilterSearch, type DealFilterSearch } from '../../filters/cut-search.ts';
import { CATEGORIES } from '../../terms/field-value.ts';

/** What the address says about the board. */
export type BoardSearch = DealFilterSearch;

export const LIVING = ['open', 'suspended'] as const;
export const STATUSES = [...LIVING, 'won', 'lost', 'terminated', 'closed', 'archived'] as const;
/** Those that a list shows where no status is chosen. */
export const LISTED = STATUSES.filter((status) => status !== 'archived');
export type Status = (typeof STATUSES)[number];
export const OUTCOMES = ['won', 'lost', 'terminated'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The figures of a funnel that a list of deals can stand behind, as the API calls them. */
export const FLOWS = [
  ...(['opened', 'entered', 'left', 'movedForward', 'movedBack', 'skipped', 'repeated', 'stayed'] as const),
  ...OUTCOMES,
] as const;

const SORT_FIELDS = [
  ...(['changedAt', 'openedAt', 'endedAt', 'expectedCloseDate', 'stageEnteredOn'] as const),
  ...(['amount', 'title', 'customerName', 'owner'] as const),
] as const;
export type SortField = (typeof SORT_FIELDS)[number];
const SORTS = SORT_FIELDS.flatMap((field) => [field, `-${field}`] as const);
export type Sort = (typeof SORTS)[number];

/** How sure reps are of deals, `''` where nobody judged. */
export const CATEGORIES_AND_NONE = [...CATEGORIES, ''] as const;

/** What the address says about the list of deals: figures of reports lead to it with the deals behind them. */
export interface DealListSearch extends DealFilterSearch {
  readonly stage?: string;
  readonly status?: readonly Status[];
  readonly outcome?: readonly Outcome[];
  /** With the days it is about, both included. */
  readonly flow?: (typeof FLOWS)[number];
  readonly from?: string;
  readonly to?: string;
  /** A past day at whose end, or a moment at which, the deals are shown. */
  readonly asOf?: string;
  readonly openedFrom?: string;
  readonly openedTo?: string;
  readonly endedFrom?: string;
  readonly endedTo?: string;
  /** Codes of reasons and names of competitors, `''` for deals without one. */
  readonly lostReason?: readonly string[];
  readonly competitor?: readonly string[];
  readonly forecastCategory?: readonly (typeof CATEGORIES_AND_NONE)[number][];
  /** In which the forecast expects the deals to land. */
  readonly landingMonth?: string;
  /** The same by the reps' own judgement. */
  readonly landingMonthByReps?: string;
  readonly sort?: Sort;
}

export function boardSearch(search: Readonly<Record<string, unknown>>): BoardSearch {
  return dealFilterSearch(search);
}

export function dealListSearch(search: Readonly<Record<string, unknown>>): DealListSearch {
  return {
    ...dealFilterSearch(search),
    ...given({
      stage: textParameter(search['stage']),
      status: choicesParameter(search['status'], STATUSES),
      outcome: choicesParameter(search['outcome'], OUTCOMES),
      flow: choiceParameter(search['flow'], FLOWS),
      from: dayParameter(search['from']),
      to: dayParameter(search['to']),
      asOf: momentParameter(search['asOf']),
      openedFrom: dayParameter(search['openedFrom']),
      openedTo: dayParameter(search['openedTo']),
      endedFrom: dayParameter(search['endedFrom']),
      endedTo: dayParameter(search['endedTo']),
      lostReason: textsParameter(search['lostReason']),
      competitor: textsParameter(search['competitor']),
      forecastCategory: choicesParameter(search['forecastCategory'], CATEGORIES_AND_NONE),
      landingMonth: monthParameter(search['landingMonth']),
      landingMonthByReps: monthParameter(search['landingMonthByReps']),
      sort: choiceParameter(search['sort'], SORTS),
    }),
  };
}

/** The part of an address that board and list share. */
export function filtersOf(search: BoardSearch): DealFilterSearch {
  return dealFilterSearch({ ...search });
}
