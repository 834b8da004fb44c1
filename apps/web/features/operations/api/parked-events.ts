import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';

export type ParkedEvent = components['schemas']['ParkedEventDto'] & { readonly projection: string };

const POLL_MILLISECONDS = 1_000;

/** The parked and discarded events of some projections, asked again while somebody looks. */
export function useParkedEvents(projections: readonly string[]) {
  return useQueries({
    queries: projections.map((name) => ({
      queryKey: ['projections', 'parked', name],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        dataOf(api.GET('/api/v1/projections/{name}/parked', { params: { path: { name } }, signal })),
      refetchInterval: POLL_MILLISECONDS,
    })),
    combine: (results) => ({
      isPending: results.some((result) => result.isPending),
      error: results.find((result) => result.error !== null)?.error ?? null,
      events: results.flatMap(({ data }, index) =>
        (data?.events ?? []).map((event): ParkedEvent => ({ ...event, projection: projections[index] ?? '' })),
      ),
    }),
  });
}

export interface ParkedDecision {
  readonly event: ParkedEvent;
  readonly action: 'retry' | 'discard';
  readonly reason: string;
}

/** Has a parked event tried again or left out for good; the projector does so within a second. */
export function useDecideParked() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ event: { projection: name, position }, action, reason }: ParkedDecision) => {
      const request = { params: { path: { name, position } }, body: { reason } };
      return dataOf(
        action === 'retry'
          ? api.POST('/api/v1/projections/{name}/parked/{position}/retry', request)
          : api.POST('/api/v1/projections/{name}/parked/{position}/discard', request),
      );
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['projections'] }),
  });
}
