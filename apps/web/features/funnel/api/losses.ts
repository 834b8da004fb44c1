import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { reportPeriod, type ReportSearch } from '../report-search.ts';
import { reportQuery } from './report-query.ts';

const SHOWN = 20;

/** The deals lost in the period of the address: the latest first, or as of a past moment those opened last. */
export function lossesQuery(search: ReportSearch) {
  const { from, to } = reportPeriod(search);
  const query = {
    ...reportQuery(search),
    outcome: ['lost' as const],
    endedFrom: from,
    endedTo: to,
    limit: SHOWN,
    // Past lists are sorted only by what a deal's later life does not change.
    sort: search.asOf === undefined ? ('-endedAt' as const) : ('-openedAt' as const),
  };
  return queryOptions({
    queryKey: ['opportunities', 'losses', query],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/opportunities', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** The deals lost in the period of the address. */
export function useLosses(search: ReportSearch) {
  return useQuery(lossesQuery(search));
}
