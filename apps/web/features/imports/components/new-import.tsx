import { useState } from 'react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { usePipelines } from '../../../pipelines/pipelines.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, Select } from '../../../ui/field.tsx';
import { SkeletonLines } from '../../../ui/notices.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { useSuggestion, useUpload, type Upload } from '../api/uploads.ts';
import { importTexts } from '../imports.texts.ts';
import { FileDrop } from './file-drop.tsx';
import { MappedImport } from './mapped-import.tsx';

const DEFAULT_PIPELINE = 'default';

/** A new import, from the choice of files to its beginning. */
export function NewImport() {
  const t = useTexts(importTexts);
  const format = useFormat();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [pipeline, setPipeline] = useState(DEFAULT_PIPELINE);
  const upload = useUpload();
  const ids = uploads.map(({ uploadId }) => uploadId);
  const suggestion = useSuggestion(ids, pipeline);
  const pipelines = usePipelines();
  const send = (files: readonly File[]) => {
    if (files.length > 0) upload.mutate(files, { onSuccess: (sent) => setUploads((before) => [...before, ...sent]) });
  };
  return (
    <section aria-labelledby="new-import" className="flex min-w-0 flex-col gap-4">
      <h2 id="new-import" className="text-sm font-semibold">
        {t('newImport')}
      </h2>
      <FileDrop pending={upload.isPending} onFiles={send} />
      {upload.error !== null && <RefusalNotice error={upload.error} forbidden={t('forbidden')} />}
      {uploads.length > 0 && (
        <>
          <ul className="flex flex-col gap-1 text-sm">
            {uploads.map(({ uploadId, name, rowCount, columns, refusalCount }) => (
              <li key={uploadId} className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{name}</span>
                <span className="text-muted">
                  {t('rowsAndColumns', { rows: format.number(rowCount, 0), columns: columns.length })}
                </span>
                {refusalCount > 0 && <span className="text-bad">{t('unreadableLines', { count: refusalCount })}</span>}
                <Button
                  look="quiet"
                  aria-label={t('removeFile', { name })}
                  onClick={() => setUploads((before) => before.filter((one) => one.uploadId !== uploadId))}
                >
                  {t('remove')}
                </Button>
              </li>
            ))}
          </ul>
          <div className="max-w-xs">
            <Field label={t('pipeline')}>
              {(control) => (
                <Select
                  {...control}
                  value={pipeline}
                  choices={(pipelines.data?.pipelines ?? []).map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={({ target }) => setPipeline(target.value)}
                />
              )}
            </Field>
          </div>
          {suggestion.error !== null && <RefusalNotice error={suggestion.error} forbidden={t('forbidden')} />}
          {suggestion.isLoading && <SkeletonLines lines={6} />}
          {suggestion.data !== undefined && (
            <MappedImport
              key={`${ids.join(' ')} ${pipeline}`}
              uploads={uploads}
              suggestion={suggestion.data}
              stages={pipelines.data?.pipelines.find(({ id }) => id === pipeline)?.stages ?? []}
            />
          )}
        </>
      )}
    </section>
  );
}
