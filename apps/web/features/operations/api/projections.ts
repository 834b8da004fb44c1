import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';

export type ProjectionStatus = components['schemas']['ProjectionStatusDto'];

/** While somebody looks; a rebuild of a small log is over soon. */
const POLL_MILLISECONDS = 1_000;
const POLL_REBUILDING_MILLISECONDS = 250;

const projectionsQuery = queryOptions({
  queryKey: ['projections'],
  queryFn: ({ signal }) => dataOf(api.GET('/api/v1/projections', { signal })),
});

/** How every projection is doing, asked again and again while the page is visible; more often during a rebuild. */
export function useProjections(rebuilding: boolean) {
  return useQuery({
    ...projectionsQuery,
    refetchInterval: rebuilding ? POLL_REBUILDING_MILLISECONDS : POLL_MILLISECONDS,
  });
}

export interface Operation {
  readonly name: string;
  readonly reason: string;
}

/** Begins to build a projection anew. */
export function useRebuild() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, reason }: Operation) =>
      dataOf(api.POST('/api/v1/projections/{name}/rebuild', { params: { path: { name } }, body: bodyOf(reason) })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projections'] }),
  });
}

/** Serves the build before again. */
export function useRollback() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, reason }: Operation) =>
      dataOf(api.POST('/api/v1/projections/{name}/rollback', { params: { path: { name } }, body: bodyOf(reason) })),
    // Everything that is read comes of another build now.
    onSuccess: () => client.invalidateQueries(),
  });
}

function bodyOf(reason: string): components['schemas']['ProjectionOperationDto'] {
  return reason === '' ? {} : { reason };
}
