import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';
import type { Period } from '../periods.ts';
import { reportComparison, reportPeriod, type ReportSearch } from '../report-search.ts';
import { reportQuery } from './report-query.ts';

export type WinLossAnswer = components['schemas']['WinLossAnswerDto'];
export type WinLossReport = components['schemas']['WinLossReportDto'];
export type LossShare = components['schemas']['LossShareDto'];

/** Won and lost deals of a period. */
export function winLossQuery(search: ReportSearch, period: Period) {
  const { by } = search;
  const query = { ...reportQuery(search), ...period, ...(by === undefined ? {} : { by }) };
  return queryOptions({
    queryKey: ['opportunities', 'win-loss', query],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/win-loss', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** Won and lost deals of the address. */
export function useWinLoss(search: ReportSearch) {
  return useQuery(winLossQuery(search, reportPeriod(search)));
}

/** The same over the period of comparison; asked only where there is one. */
export function useComparedWinLoss(search: ReportSearch) {
  const compared = reportComparison(search);
  const query = useQuery({
    ...winLossQuery(search, compared ?? reportPeriod(search)),
    enabled: compared !== undefined,
  });
  // Without a comparison, this is the report itself, which says what there is to say.
  return compared ? query : { ...query, data: undefined, error: null };
}
