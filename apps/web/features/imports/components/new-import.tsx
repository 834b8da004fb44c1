import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { problemOf } from '../../../api/problem.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { usePipelines } from '../../../pipelines/pipelines.ts';
import { Button } from '../../../ui/button.tsx';
import { SkeletonLines } from '../../../ui/notices.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { suggestionQuery, useUpload, useUploads } from '../api/uploads.ts';
import type { ImportSearch } from '../import-search.ts';
import { importTexts } from '../imports.texts.ts';
import { FileDrop } from './file-drop.tsx';
import { MappedImport } from './mapped-import.tsx';
import { UploadList } from './upload-list.tsx';

/** A new import, from the choice of files to its beginning. The address names the files, so that it can be gone on with. */
export function NewImport() {
  const t = useTexts(importTexts);
  const navigate = useNavigate({ from: '/imports' });
  const { uploads: ids = [], map }: ImportSearch = useSearch({ from: '/imports' });
  const upload = useUpload();
  const { uploads, isPending, error } = useUploads(ids);
  const suggestion = useQuery(suggestionQuery(error === null ? ids : []));
  const pipelines = usePipelines();
  const choose = (chosen: readonly string[]) =>
    void navigate({ search: chosen.length === 0 ? {} : { uploads: chosen } });
  const send = (files: readonly File[]) => {
    if (files.length === 0) return;
    upload.mutate(files, { onSuccess: (sent) => choose([...ids, ...sent.map(({ uploadId }) => uploadId)]) });
  };
  const failure = error ?? suggestion.error ?? pipelines.error;
  return (
    <section aria-labelledby="new-import" className="flex min-w-0 flex-col gap-4">
      <h2 id="new-import" className="text-sm font-semibold">
        {t('newImport')}
      </h2>
      <FileDrop further={ids.length > 0} pending={upload.isPending} onFiles={send} />
      {upload.error !== null && <RefusalNotice error={upload.error} forbidden={t('forbidden')} />}
      {failure !== null && problemOf(failure).status === 404 && (
        <div role="alert" className="bg-warn-soft flex flex-wrap items-center gap-3 rounded-md p-3 text-sm">
          <p className="min-w-0 flex-1">{t('uploadGone')}</p>
          <Button onClick={() => choose([])}>{t('anew')}</Button>
        </div>
      )}
      {failure !== null && problemOf(failure).status !== 404 && (
        <RefusalNotice error={failure} forbidden={t('forbidden')} />
      )}
      {failure === null && ids.length > 0 && (
        <>
          <UploadList
            uploads={uploads}
            suggestion={suggestion.data}
            map={map ?? suggestion.data?.map}
            onChange={choose}
          />
          {isPending || suggestion.data === undefined || pipelines.data === undefined ? (
            <SkeletonLines lines={6} />
          ) : (
            <MappedImport
              key={ids.join(' ')}
              uploads={suggestion.data.uploads.flatMap((id) => uploads.find(({ uploadId }) => uploadId === id) ?? [])}
              suggestion={suggestion.data}
              chosen={map}
              pipelines={pipelines.data.pipelines}
            />
          )}
        </>
      )}
    </section>
  );
}
