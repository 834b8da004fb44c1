import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../api/client.ts';
import type { components } from '../api/schema.d.ts';
import { given } from '../api/search-params.ts';

/** Of which deals a filter offers the values. */
export interface FacetsOf {
  readonly pipeline?: string;
  /** Open ones where left out. */
  readonly status?: readonly components['schemas']['DealCardDto']['status'][];
}

/** The values that deals of a pipeline have, with how many have each. */
export function facetsQuery({ pipeline, status }: FacetsOf) {
  const query = given({ pipeline, status: status && [...status] });
  return queryOptions({
    queryKey: ['opportunities', 'facets', query],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/facets', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}
