import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, dataOf } from './client.ts';
import type { components } from './schema.d.ts';

type Me = components['schemas']['MeDto'];

/** What the server can allow beyond reading deals and reports. */
export type Right = Me['may'][number];

/** Who the server takes this page's user for. It stays so until the page is loaded again with another token. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => dataOf(api.GET('/api/v1/me', { signal })),
  staleTime: Infinity,
});

/** Who uses the page; undefined until that is known. */
export function useMe(): Me | undefined {
  return useQuery(meQuery).data;
}

/** Whether whoever uses the page may do something; until that is known it is offered, and the server decides. */
export function useMay(): (right: Right) => boolean {
  const me = useMe();
  return useCallback((right) => me?.may.includes(right) ?? true, [me]);
}
