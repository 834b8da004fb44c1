import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../api/client.ts';
import { usePipelines } from './pipelines.ts';

function dealCountQuery(pipeline: string | undefined) {
  const query = { limit: 1, ...(pipeline === undefined ? {} : { pipeline }) };
  return queryOptions({
    queryKey: ['opportunities', 'count', pipeline],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/opportunities', { params: { query }, signal })),
  });
}

/** How many deals a pipeline holds, those that have ended as well; undefined until that is known. */
export function useDealCount(pipeline: string | undefined): number | undefined {
  return useQuery(dealCountQuery(pipeline)).data?.total;
}

/** The first pipeline that holds deals: undefined until that is known, null where none does. Asked only where wanted. */
export function useFirstWithDeals(isWanted: boolean): string | null | undefined {
  const ids = usePipelines().data?.pipelines.map(({ id }) => id);
  const counts = useQueries({ queries: isWanted ? (ids ?? []).map(dealCountQuery) : [] });
  if (!ids || counts.some(({ isPending }) => isPending)) return undefined;
  return ids.find((_, index) => (counts[index]?.data?.total ?? 0) > 0) ?? null;
}
