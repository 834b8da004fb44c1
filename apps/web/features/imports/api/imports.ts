import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';
import { downloadBlob } from '../../../ui/download.ts';

type Schemas = components['schemas'];
export type ImportRow = Schemas['ImportRowDto'];
export type ImportDetail = Schemas['ImportAnswerDto'];
export type ImportRefusal = Schemas['RefusalDto'];

const POLL_MILLISECONDS = 250;
const LIST_POLL_MILLISECONDS = 1_000;

/** The imports there were, newest first, page by page; asked again while one runs, which ends a moment after its last event. */
export function useImports() {
  return useInfiniteQuery({
    queryKey: ['imports', 'list'],
    queryFn: ({ signal, pageParam }) =>
      dataOf(
        api.GET('/api/v1/imports', {
          params: { query: pageParam === undefined ? {} : { cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ imports }) => imports.some(({ state }) => state === 'running'))
        ? LIST_POLL_MILLISECONDS
        : false,
  });
}

/** How an import goes or what it did; asked again while it or its undoing runs. */
export function useImport(id: string) {
  return useQuery<ImportDetail>({
    queryKey: ['imports', 'one', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/imports/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) =>
      data?.state === 'running' || data?.undo?.state === 'running' ? POLL_MILLISECONDS : false,
  });
}

/** Begins to bring in the deals of files; answers with the id of the import. */
export function useStartImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: Schemas['ImportRequestDto']) => dataOf(api.POST('/api/v1/imports', { body: request })),
    onSuccess: () => refresh(client),
  });
}

/** Ends an import that runs. */
export function useCancelImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => dataOf(api.POST('/api/v1/imports/{id}/cancel', { params: { path: { id } }, body: {} })),
    onSuccess: () => refresh(client),
  });
}

/** Saves the refused lines of a file as they stood in it, each with why. */
export function useRefusedLines() {
  return useMutation({
    mutationFn: async ({ id, file }: { readonly id: string; readonly file: string }) => {
      const lines = api.GET('/api/v1/imports/{id}/refused-lines', {
        params: { path: { id }, query: { file } },
        parseAs: 'blob',
      });
      downloadBlob(file.replace(/(\.[^.]*)?$/, ' refused$1'), await dataOf(lines));
    },
  });
}

/** Begins to take an import back. */
export function useUndoImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { readonly id: string; readonly reason: string }) =>
      dataOf(
        api.POST('/api/v1/imports/{id}/undo', {
          params: { path: { id } },
          body: reason === '' ? {} : { reason },
        }),
      ),
    onSuccess: () => refresh(client),
  });
}

function refresh(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: ['imports'] });
}
