import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';
import type { EventFilter } from '../audit-search.ts';

export type AuditRow = components['schemas']['AuditRowDto'];
export type AuditEvent = components['schemas']['AuditEventAnswerDto'];

/** The events that fit, page by page; a page may hold few where the filter is narrow, and still lead on. */
export function useEvents({ type, ...filter }: EventFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', 'events', { type, ...filter }],
    queryFn: ({ signal, pageParam }) => {
      const query = {
        ...filter,
        ...(type === undefined ? {} : { type: type.split(',') }),
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      };
      return dataOf(api.GET('/api/v1/audit/events', { params: { query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

/** One event with everything that is known of it. */
export function useEvent(position: string) {
  return useQuery({
    queryKey: ['audit', 'event', position],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/v1/audit/events/{position}', { params: { path: { position } }, signal })),
    placeholderData: keepPreviousData,
  });
}
