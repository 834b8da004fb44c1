import { useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';

/** How many deals a pipeline holds, those that have ended as well; undefined until that is known. */
export function useDealCount(pipeline: string | undefined): number | undefined {
  const query = { limit: 1, ...(pipeline === undefined ? {} : { pipeline }) };
  const { data } = useQuery({
    queryKey: ['opportunities', 'count', pipeline],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/opportunities', { params: { query }, signal })),
  });
  return data?.total;
}
