import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';

/** Every pipeline with its stages. */
export const pipelinesQuery = queryOptions({
  queryKey: ['pipelines'],
  queryFn: ({ signal }) => dataOf(api.GET('/api/v1/pipelines', { signal })),
});

/** Every pipeline with its stages. */
export function usePipelines() {
  return useQuery(pipelinesQuery);
}
