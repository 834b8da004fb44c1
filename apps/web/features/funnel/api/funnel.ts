import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';
import type { Period } from '../periods.ts';
import { reportComparison, reportPeriod, type ReportSearch } from '../report-search.ts';
import { reportQuery } from './report-query.ts';

export type FunnelAnswer = components['schemas']['FunnelAnswerDto'];
export type FunnelReport = components['schemas']['FunnelReportDto'];
export type FunnelStage = components['schemas']['FunnelStageDto'];

function fetchFunnel(search: ReportSearch, period: Period, signal: AbortSignal) {
  const { by, fromStage } = search;
  const query = {
    ...reportQuery(search),
    ...period,
    ...(by === undefined ? {} : { by }),
    ...(fromStage === undefined ? {} : { fromStage }),
  };
  return dataOf(api.GET('/api/v1/funnel', { params: { query }, signal }));
}

/** The funnel of the address over a period. */
export function funnelQuery(search: ReportSearch, period: Period) {
  const { by, fromStage } = search;
  return queryOptions({
    queryKey: ['opportunities', 'funnel', reportQuery(search), period, by, fromStage],
    queryFn: ({ signal }) => fetchFunnel(search, period, signal),
    placeholderData: keepPreviousData,
  });
}

/** The funnel of the address. */
export function useFunnel(search: ReportSearch) {
  return useQuery(funnelQuery(search, reportPeriod(search)));
}

/** The same funnel over the period of comparison; asked only where there is one. */
export function useComparedFunnel(search: ReportSearch) {
  const compared = reportComparison(search);
  const query = useQuery({ ...funnelQuery(search, compared ?? reportPeriod(search)), enabled: compared !== undefined });
  // Without a comparison, this is the report itself, which says what there is to say.
  return compared ? query : { ...query, data: undefined, error: null };
}
