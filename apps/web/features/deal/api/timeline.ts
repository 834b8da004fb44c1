import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';

export type TimelineEntry = components['schemas']['TimelineEntryDto'];

/** Everything that happened to a deal, in the order it was recorded. */
export function timelineQuery(id: string) {
  return queryOptions({
    queryKey: ['opportunity', id, 'timeline'],
    queryFn: async ({ signal }) => {
      const { entries } = await dataOf(
        api.GET('/api/v1/opportunities/{id}/timeline', { params: { path: { id } }, signal }),
      );
      return entries;
    },
  });
}

export function useTimeline(id: string) {
  return useQuery(timelineQuery(id));
}
