import { useMutation, useQuery } from '@tanstack/react-query';
import { api, dataOf } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';

type Schemas = components['schemas'];
export type Upload = Schemas['UploadAnswerDto'];
export type Suggestion = Schemas['SuggestionAnswerDto'];
export type Preview = Schemas['PreviewAnswerDto'];

/** Sends files one after the other; what was sent stays on the server for a day. */
export function useUpload() {
  return useMutation({
    mutationFn: async (files: readonly File[]): Promise<readonly Upload[]> => {
      const uploads: Upload[] = [];
      for (const file of files) {
        const sent = api.POST('/api/v1/imports/uploads', {
          params: { query: { name: file.name } },
          headers: { 'Content-Type': 'text/csv' },
          body: file.name,
          // The file goes out byte by byte as it is.
          bodySerializer: () => file,
        });
        uploads.push(await dataOf(sent));
      }
      return uploads;
    },
  });
}

/** How files may be meant, for a person to look at. */
export function useSuggestion(uploads: readonly string[], pipeline: string) {
  return useQuery({
    queryKey: ['uploads', 'suggestion', uploads, pipeline],
    queryFn: ({ signal }) =>
      dataOf(api.POST('/api/v1/imports/suggestions', { body: { uploads: [...uploads], pipeline }, signal })),
    enabled: uploads.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What an import would do; nothing is recorded. */
export function usePreview() {
  return useMutation({
    mutationFn: (request: Schemas['PreviewDto']) => dataOf(api.POST('/api/v1/imports/previews', { body: request })),
  });
}
