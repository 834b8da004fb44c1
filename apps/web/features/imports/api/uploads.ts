import { queryOptions, useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';
import { uploadName } from '../upload-name.ts';

type Schemas = components['schemas'];
export type Upload = Schemas['UploadAnswerDto'];
export type Suggestion = Schemas['SuggestionAnswerDto'];
export type Preview = Schemas['PreviewAnswerDto'];

/** What a file holds that was sent; it never changes. */
function uploadQuery(id: string) {
  return queryOptions({
    queryKey: ['uploads', 'one', id],
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/imports/uploads/{id}', { params: { path: { id } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Files that were sent, in the order of their ids; a failure of one where it is gone. */
export function useUploads(ids: readonly string[]) {
  return useQueries({
    queries: ids.map(uploadQuery),
    combine: (answers) => ({
      uploads: answers.flatMap(({ data }) => data ?? []),
      isPending: answers.some(({ isPending }) => isPending),
      error: answers.find(({ error }) => error !== null)?.error ?? null,
    }),
  });
}

/** Sends files one after the other; what was sent stays on the server for a day. */
export function useUpload() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (files: readonly File[]): Promise<readonly Upload[]> => {
      const uploads: Upload[] = [];
      for (const file of files) {
        const sent = api.POST('/api/v1/imports/uploads', {
          params: { query: { name: uploadName(file.name) } },
          headers: { 'Content-Type': 'text/csv' },
          body: file.name,
          // The file goes out byte by byte as it is.
          bodySerializer: () => file,
        });
        const upload = await dataOf(sent);
        client.setQueryData(uploadQuery(upload.uploadId).queryKey, upload);
        uploads.push(upload);
      }
      return uploads;
    },
  });
}

/** How files may be meant, for a person to look at; where columns are chosen already, how these are to be read. */
export function suggestionQuery(uploads: readonly string[], columns?: Readonly<Record<string, string>>) {
  return queryOptions({
    queryKey: ['uploads', 'suggestion', uploads, columns],
    // Not given up where something else is chosen meanwhile: the forms of dates and amounts wait for the answer.
    queryFn: () =>
      dataOf(
        api.POST('/api/v1/imports/suggestions', {
          body: { uploads: [...uploads], ...(columns === undefined ? {} : { columns }) },
        }),
      ),
    enabled: uploads.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What stands in a column of stages; with a pipeline, what of it its stages may be. */
export function stageValuesQuery(id: string, column: string, pipeline: string | undefined) {
  return queryOptions({
    queryKey: ['uploads', 'stage-values', id, column, pipeline],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET('/api/v1/imports/uploads/{id}/stage-values', {
          params: { path: { id }, query: { column, ...(pipeline === undefined ? {} : { pipeline }) } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What an import would do; nothing is recorded. */
export function usePreview() {
  return useMutation({
    mutationFn: (request: Schemas['PreviewDto']) => dataOf(api.POST('/api/v1/imports/previews', { body: request })),
  });
}
