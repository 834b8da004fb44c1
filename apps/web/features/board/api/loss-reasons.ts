import { queryOptions } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';

/** The codes of the reasons for which deals of a pipeline were lost, the most frequent first. */
export function lossReasonsQuery(pipeline: string) {
  return queryOptions({
    queryKey: ['opportunities', 'loss-reasons', pipeline],
    queryFn: async ({ signal }) => {
      const { total } = await dataOf(api.GET('/api/v1/win-loss', { params: { query: { pipeline } }, signal }));
      return total.reasons.flatMap(({ value }) => (value === null ? [] : [value]));
    },
  });
}
