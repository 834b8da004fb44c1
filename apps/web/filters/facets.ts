import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../api/client.ts';
import type { DealFilterSearch } from './cut-search.ts';

/** The values that open deals of a pipeline have, with how many have each. */
export function facetsQuery({ pipeline }: Pick<DealFilterSearch, 'pipeline'>) {
  return queryOptions({
    queryKey: ['opportunities', 'facets', pipeline],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/facets', { params: { query: pipeline === undefined ? {} : { pipeline } }, signal })),
    placeholderData: keepPreviousData,
  });
}
