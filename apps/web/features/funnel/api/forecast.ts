import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';
import type { ReportSearch } from '../report-search.ts';
import { reportQuery } from './report-query.ts';

export type ForecastAnswer = components['schemas']['ForecastAnswerDto'];
export type ForecastStage = components['schemas']['ForecastStageDto'];
export type Expectation = components['schemas']['ExpectationDto'];

/** What the deals of the address's cut are expected to bring. */
export function forecastQuery(search: ReportSearch) {
  const { target, targetCurrency: currency } = search;
  const query = {
    ...reportQuery(search),
    ...(target === undefined || currency === undefined ? {} : { target, currency }),
  };
  return queryOptions({
    queryKey: ['opportunities', 'forecast', query],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/forecast', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** The forecast of the address. */
export function useForecast(search: ReportSearch) {
  return useQuery(forecastQuery(search));
}
