import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';

/** A deal with its stages, now or as it was. */
export type Deal = components['schemas']['OpportunityAnswerDto'];
export type Status = Deal['status'];
export type StageTime = components['schemas']['StageTimeDto'];

/** A deal as it is now; withdrawn and archived ones too. */
export function dealQuery(id: string) {
  return queryOptions({
    queryKey: ['opportunity', id, 'now'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/opportunities/{id}', { params: { path: { id } }, signal })),
  });
}

/** A deal as it was at a business moment. */
export function pastDealQuery(id: string, asOf: string | undefined) {
  return queryOptions({
    queryKey: ['opportunity', id, 'asOf', asOf],
    queryFn: ({ signal }) =>
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
