import { given } from '../../http/given.ts';
import { invalid } from '../../http/invalid-input.ts';
import type { DealFilter } from '../reports/deal-filter.ts';
import type { OpportunitiesQuestion, SortField } from '../reports/opportunities.query.ts';
import {
  pastSortFields,
  type PastOpportunitiesQuestion,
  type PastSortField,
} from '../reports/past-opportunities.query.ts';
import type { DealFilterDto, OpportunitiesDto } from './lists.dto.ts';
import { cutOf } from './reports.dto.ts';

type Direction = 'ascending' | 'descending';

/** A filter of a request as boards and lists take it. */
export function filterOf(query: DealFilterDto): DealFilter {
  const { amountFrom, amountTo, currency, expectedCloseFrom, expectedCloseTo, stalled, q } = query;
  return {
    ...cutOf(query),
    ...given({
      amount: period(amountFrom, amountTo, 'amountTo'),
      currency,
      expectedCloseDate: period(expectedCloseFrom, expectedCloseTo, 'expectedCloseTo'),
      stalled,
      text: q,
    }),
  };
}

/** What a request for a list of today asks. */
export function listQuestion(query: OpportunitiesDto, now: string): OpportunitiesQuestion {
  const { stage, status, outcome, sort, limit, cursor } = query;
  return {
    ...filterOf(query),
    now,
    ...given({
      stageId: stage,
      status,
      outcome,
      limit,
      after: cursor,
      flow: flowOf(query),
      ...lossOf(query),
      forecastCategory: orWithout(query.forecastCategory),
      ...landingsOf(query),
      openedOn: period(query.openedFrom, query.openedTo, 'openedTo'),
      endedOn: period(query.endedFrom, query.endedTo, 'endedTo'),
      sort: sort === undefined ? undefined : sortOf<SortField>(sort),
    }),
  };
}

/** What a request for a list as of a past moment asks; refuses what only the present tells. */
export function pastListQuestion(query: OpportunitiesDto, asOf: string): PastOpportunitiesQuestion {
  const { stage, status, outcome, sort, limit, cursor, currency, amountFrom, amountTo } = query;
  const ofThePresent = ['q', 'expectedCloseFrom', 'expectedCloseTo', 'openedFrom', 'openedTo'] as const;
  for (const field of ofThePresent)
    if (query[field] !== undefined) throw invalid(field, 'as_of', `${field} cannot be asked as of a past moment.`);
  const lived = status?.filter((one) => one === 'open' || one === 'suspended');
  if (lived?.length !== status?.length)
    throw invalid('status', 'as_of', 'As of a past moment, status is open or suspended; ask for endings by outcome.');
  const ofEndings = ['lostReason', 'competitor'] as const;
  for (const field of ofEndings)
    if (query[field] !== undefined && outcome === undefined)
      throw invalid(field, 'as_of', `As of a past moment, ${field} comes with outcome.`);
  if (query.stalled && (outcome !== undefined || query.flow !== undefined))
    throw invalid('stalled', 'as_of', 'As of a past moment, stalled comes with neither outcome nor flow.');
  const sorting = sort === undefined ? undefined : sortOf<PastSortField>(sort);
  if (sorting && !pastSortFields.includes(sorting[0]))
    throw invalid('sort', 'as_of', `As of a past moment, sort is by one of ${pastSortFields.join(', ')}.`);
  return {
    ...cutOf(query),
    asOf,
    ...given({
      stageId: stage,
      status: lived,
      outcome,
      limit,
      after: cursor,
      currency,
      stalled: query.stalled,
      amount: period(amountFrom, amountTo, 'amountTo'),
      ...lossOf(query),
      forecastCategory: orWithout(query.forecastCategory),
      ...landingsOf(query),
      flow: flowOf(query),
      endedOn: period(query.endedFrom, query.endedTo, 'endedTo'),
      sort: sorting,
    }),
  };
}

function flowOf({ flow, from, to, outcome }: OpportunitiesDto): OpportunitiesQuestion['flow'] {
  if (flow === undefined) {
    if (from !== undefined || to !== undefined) throw invalid('flow', 'pair', 'from and to come with flow.');
    return undefined;
  }
  if (outcome !== undefined) throw invalid('outcome', 'pair', 'flow and outcome do not come together.');
  return { name: flow, days: period(from, to) ?? {} };
}

function landingsOf({ landingMonth, landingMonthByReps, flow, outcome }: OpportunitiesDto) {
  const landings = { landingMonth, landingMonthByReps };
  if (flow !== undefined || outcome !== undefined)
    for (const [field, month] of Object.entries(landings))
      if (month !== undefined) throw invalid(field, 'pair', `${field} comes with neither flow nor outcome.`);
  return landings;
}

function lossOf({ lostReason, competitor }: OpportunitiesDto) {
  return { lostReason: orWithout(lostReason), competitor: orWithout(competitor) };
}

/** An empty value means deals without one. */
function orWithout(values: readonly string[] | undefined): readonly (string | null)[] | undefined {
  return values?.map((value) => (value === '' ? null : value));
}

/** Both bounds of a range, where one is given; refuses an end before the beginning. */
export function period<Bound extends string | number>(
  from: Bound | undefined,
  to: Bound | undefined,
  last = 'to',
): { from?: Bound; to?: Bound } | undefined {
  if (from !== undefined && to !== undefined && to < from)
    throw invalid(last, 'period', `${last} must not lie before what it begins with.`);
  return from === undefined && to === undefined ? undefined : given({ from, to });
}

function sortOf<Field extends string>(sort: string): readonly [Field, Direction] {
  return sort.startsWith('-') ? [sort.slice(1) as Field, 'descending'] : [sort as Field, 'ascending'];
}
