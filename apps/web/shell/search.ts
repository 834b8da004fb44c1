import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../api/client.ts';

/** Deals and customers by a part of their name. */
export function searchQuery(text: string) {
  return queryOptions({
    queryKey: ['opportunities', 'search', text],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/search', { params: { query: { q: text } }, signal })),
    enabled: text.length > 0,
    placeholderData: keepPreviousData,
  });
}
