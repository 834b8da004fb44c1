import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';

/** Every pipeline with its stages and their limits. */
export function pipelinesQuery() {
  return queryOptions({
    queryKey: ['pipelines'],
    queryFn: () => dataOf(api.GET('/api/v1/pipelines')),
    staleTime: 300_000,
  });
}
