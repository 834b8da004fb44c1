import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import { Problem } from '../../../api/problem.ts';
import type { components } from '../../../api/schema.d.ts';

/** A deal as it is now. */
export type Deal = components['schemas']['OpportunityAnswerDto'];
/** What is known of a deal at any moment; a deal as it is now knows more. */
export type DealState = components['schemas']['PastOpportunityDto'];
export type Status = DealState['status'];
export type StageTime = components['schemas']['StageTimeDto'];

/** A deal as it is now; withdrawn and archived ones too. */
export function dealQuery(id: string) {
  return queryOptions({
    queryKey: ['opportunity', id, 'now'],
    queryFn: async ({ signal }) => {
      const deal = await dataOf(api.GET('/api/v1/opportunities/{id}', { params: { path: { id } }, signal }));
      if ('stages' in deal) return deal;
      throw new Problem(0, { code: 'unexpected', detail: 'The server answered a past state of the deal.' });
    },
  });
}

/** A deal as it was at a business moment. */
export function pastDealQuery(id: string, asOf: string | undefined) {
  return queryOptions({
    queryKey: ['opportunity', id, 'asOf', asOf],
    queryFn: ({ signal }): Promise<DealState> =>
      dataOf(
        api.GET('/api/v1/opportunities/{id}', {
          params: { path: { id }, query: asOf === undefined ? {} : { asOf } },
          signal,
        }),
      ),
    enabled: asOf !== undefined,
    placeholderData: keepPreviousData,
  });
}

export function useDeal(id: string) {
  return useQuery(dealQuery(id));
}

export function usePastDeal(id: string, asOf: string | undefined) {
  return useQuery(pastDealQuery(id, asOf));
}
