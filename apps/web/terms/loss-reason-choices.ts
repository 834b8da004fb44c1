import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../api/client.ts';
import type { Choice } from '../ui/field.tsx';
import { USUAL_REASONS, useReasonName } from './loss-reason.ts';

/** The usual reasons for which a deal is lost, and whatever other codes were used in its pipeline. */
export function useLossReasonChoices(pipeline: string, enabled: boolean): readonly Choice[] {
  const name = useReasonName();
  const { data: used = [] } = useQuery({ ...usedReasonsQuery(pipeline), enabled });
  return [...new Set([...USUAL_REASONS, ...used])].map((code) => ({ value: code, label: name(code) }));
}

/** The codes of the reasons for which deals of a pipeline were lost, the most frequent first. */
function usedReasonsQuery(pipeline: string) {
  return queryOptions({
    queryKey: ['opportunities', 'loss-reasons', pipeline],
    queryFn: async ({ signal }) => {
      const { total } = await dataOf(api.GET('/api/v1/win-loss', { params: { query: { pipeline } }, signal }));
      return total.reasons.flatMap(({ value }) => (value === null ? [] : [value]));
    },
  });
}
