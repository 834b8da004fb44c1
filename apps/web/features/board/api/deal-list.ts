import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { longListInterval } from '../../../api/long-lists.ts';
import { given } from '../../../api/search-params.ts';
import { dealFilterQuery } from '../../../filters/deal-filter-query.ts';
import { filtersOf, type DealListSearch } from '../board-search.ts';

const PAGE = 100;
/** For a file, fewer and larger answers. */
const LARGEST_PAGE = 500;

/** The deals of an address, page by page. */
export function dealListQuery(search: DealListSearch) {
  return infiniteQueryOptions({
    queryKey: ['opportunities', 'list', search],
    queryFn: ({ pageParam, signal }) => readPage(search, { limit: PAGE, cursor: pageParam, signal }),
    initialPageParam: firstPage(),
    getNextPageParam: ({ next }) => next,
    refetchInterval: longListInterval,
    placeholderData: keepPreviousData,
  });
}

/** Every deal of an address, page by page until the last or until the signal stops it. */
export async function* readAllDeals(search: DealListSearch, signal: AbortSignal) {
  let cursor: string | undefined;
  do {
    const page = await readPage(search, { limit: LARGEST_PAGE, cursor, signal });
    yield page;
    cursor = page.next;
  } while (cursor !== undefined);
}

interface PageOptions {
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly signal: AbortSignal;
}

function readPage(search: DealListSearch, { limit, cursor, signal }: PageOptions) {
  const { stage, status, outcome, flow, from, to, asOf, openedFrom, openedTo, endedFrom, endedTo, sort } = search;
  const { lostReason, competitor, forecastCategory, landingMonth, landingMonthByReps } = search;
  const optional = {
    stage,
    flow,
    from,
    to,
    asOf,
    openedFrom,
    openedTo,
    endedFrom,
    endedTo,
    landingMonth,
    landingMonthByReps,
    sort,
    cursor,
  };
  const query = {
    ...dealFilterQuery(filtersOf(search)),
    ...given(optional),
    ...(status === undefined ? {} : { status: [...status] }),
    ...(outcome === undefined ? {} : { outcome: [...outcome] }),
    ...(lostReason === undefined ? {} : { lostReason: [...lostReason] }),
    ...(competitor === undefined ? {} : { competitor: [...competitor] }),
    ...(forecastCategory === undefined ? {} : { forecastCategory: [...forecastCategory] }),
    limit,
  };
  return dataOf(api.GET('/api/v1/opportunities', { params: { query }, signal }));
}

function firstPage(): string | undefined {
  return undefined;
}
