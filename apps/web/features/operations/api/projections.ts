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

/** A rebuild that was begun on this page, and the build that served then. */
export interface BegunRebuild {
  readonly name: string;
  readonly generation: string | undefined;
  readonly at: number;
}

/** A rebuild that shows in no status for so long has ended. */
const STARTING_MILLISECONDS = 15_000;

/** How every projection is doing, asked again and again while the page is visible; more often during a rebuild. */
export function useProjections(begun: readonly BegunRebuild[]) {
  return useQuery({
    ...projectionsQuery,
    refetchInterval: ({ state: { data, dataUpdatedAt } }) =>
      data?.projections.some(
        (status) =>
          status.rebuild !== undefined ||
          begun.some((one) => one.name === status.name && outcomeOf(status, one, dataUpdatedAt) === 'begun'),
      )
        ? POLL_REBUILDING_MILLISECONDS
        : POLL_MILLISECONDS,
  });
}

/** What became of a rebuild that no status shows, by when the status was read. */
export function outcomeOf(
  { generation }: ProjectionStatus,
  begun: BegunRebuild,
  readAt: number,
): 'begun' | 'done' | 'ended' {
  if (generation !== begun.generation) return 'done';
  return readAt - begun.at < STARTING_MILLISECONDS ? 'begun' : 'ended';
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
