import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../api/client.ts';

/** Every pipeline with its stages and their limits. Live events say when it is old. */
export const pipelinesQuery = queryOptions({
  queryKey: ['pipelines'],
  queryFn: ({ signal }) => dataOf(api.GET('/api/v1/pipelines', { signal })),
  staleTime: 300_000,
});

/** Every pipeline with its stages. */
export function usePipelines() {
  return useQuery(pipelinesQuery);
}

/** The stages of a pipeline, the default one where left out; none until they are known. */
export function useStages(pipeline = 'default') {
  return usePipelines().data?.pipelines.find(({ id }) => id === pipeline)?.stages ?? [];
}
