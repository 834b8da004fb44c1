import {
  keepPreviousData,
  useIsMutating,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { components } from '../../../api/schema.d.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { useStartImport } from '../api/imports.ts';
import { stageValuesQuery, suggestionQuery, usePreview, type Suggestion, type Upload } from '../api/uploads.ts';
import { formPlace, formsIn, isDealsMap, type ImportMap } from '../deal-fields.ts';
import type { ImportSearch } from '../import-search.ts';
import { importTexts } from '../imports.texts.ts';
import { stageColumns, stageLabels, stagePlace, suggestedMeanings, withoutMeaning } from '../stage-labels.ts';
import { MappingForm } from './mapping-form.tsx';
import { PreviewResult } from './preview-result.tsx';
import { StageMeanings } from './stage-meanings.tsx';
import { UnknownStages } from './unknown-stages.tsx';

type Pipeline = components['schemas']['PipelineAnswerDto'];

const REREAD = ['uploads', 'reread'];

interface MappedImportProps {
  /** The file that the map is for first. */
  readonly uploads: readonly Upload[];
  readonly suggestion: Suggestion;
  /** What the address says instead of the suggestion. */
  readonly chosen: ImportMap | undefined;
  readonly pipelines: readonly Pipeline[];
}

/** How the files are read, what that would do, and its beginning. */
export function MappedImport({ uploads, suggestion, chosen, pipelines }: MappedImportProps) {
  const t = useTexts(importTexts);
  const client = useQueryClient();
  const navigate = useNavigate({ from: '/imports' });
  const [map, setMap] = useState<ImportMap>(chosen ?? suggestion.map);
  const [accepted, setAccepted] = useState(false);
  const preview = usePreview();
  const start = useStartImport();
  const known = pipelines.find(({ id }) => id === map.pipeline.id);
  const stages = known?.stages ?? map.pipeline.stages ?? [];

  const valuesFor = (of: ImportMap) =>
    stageColumns(of, uploads).map(({ upload, column }) =>
      stageValuesQuery(upload.uploadId, column, pipelines.find(({ id }) => id === of.pipeline.id)?.id),
    );
  const values = useQueries({
    queries: valuesFor(map),
    combine: (answers) => ({
      data: answers.flatMap(({ data }) => data ?? []),
      isPending: answers.some(({ isPending }) => isPending),
      error: answers.find(({ error }) => error !== null)?.error ?? null,
    }),
  });
  const keep = (update: (old: ImportMap) => ImportMap) => {
    setMap(update);
    const search = (old: ImportSearch) => ({ ...old, map: update(old.map ?? suggestion.map) });
    void navigate({ search, replace: true });
  };
  const ids = uploads.map(({ uploadId }) => uploadId);
  const reading = (of: ImportMap) => {
    const isSuggested = !isDealsMap(of) || JSON.stringify(of.columns) === JSON.stringify(suggestion.map.columns);
    return suggestionQuery(ids, isSuggested ? undefined : { ...of.columns });
  };
  const read = useQuery({ ...reading(map), placeholderData: keepPreviousData });
  const unsure = suggestion.recognised === undefined ? (read.data ?? suggestion).unsure : [];
  // Other columns may be written in other forms, and have stages that are called otherwise.
  const reread = useMutation({
    mutationKey: REREAD,
    mutationFn: async ({ of, stages: isOfStages }: { readonly of: ImportMap; readonly stages: boolean }) => {
      if (!isOfStages) return formsIn((await client.fetchQuery(reading(of))).map);
      const answers = await Promise.all(valuesFor(of).map((query) => client.fetchQuery(query)));
      const own = of.pipeline.id === suggestion.map.pipeline.id ? suggestion.map.stages : {};
      return { stages: suggestedMeanings(answers, own) };
    },
    // Meanwhile something else may have been changed, and an answer about columns no longer chosen is worth nothing.
    onSuccess: (said, { of, stages: isOfStages }) => {
      const place = isOfStages ? stagePlace : formPlace;
      keep((old) => (place(old) === place(of) ? { ...old, ...said } : old));
    },
  });
  const rereads = useIsMutating({ mutationKey: REREAD });
  const change = (changed: ImportMap) => {
    // What was previewed, and agreed to, is another import now.
    preview.reset();
    start.reset();
    setAccepted(false);
    const isOfStages = stagePlace(changed) !== stagePlace(map);
    const kept = isOfStages ? { ...changed, stages: {} } : changed;
    keep(() => kept);
    if (isOfStages || formPlace(changed) !== formPlace(map)) reread.mutate({ of: kept, stages: isOfStages });
  };

  const request = {
    uploads: ids,
    kind: isDealsMap(map) ? ('deals' as const) : ('stage-history' as const),
    map,
  };
  const unknown = withoutMeaning(map, values.data);
  const failure = values.error ?? reread.error;
  const isSettled = !values.isPending && rereads === 0;
  const isAgreed = unknown.rows === 0 || accepted;
  const form = (
    <>
      <MappingForm
        uploads={uploads}
        map={map}
        unsure={unsure}
        pipelines={pipelines}
        suggested={suggestion.map.pipeline}
        onChange={change}
      />
      {values.data.length > 0 && (
        <StageMeanings
          map={map}
          labels={stageLabels(values.data)}
          unsure={unsure}
          suggested={suggestion.map.stages}
          stages={stages}
          onChange={change}
        />
      )}
    </>
  );
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {suggestion.recognised === undefined ? (
        form
      ) : (
        <>
          <p className="text-sm">{t('recognised', { name: suggestion.recognised })}</p>
          <details open={chosen !== undefined || (isSettled && unknown.rows > 0)} className="min-w-0">
            <summary className="text-accent min-h-8 cursor-pointer text-sm">{t('changeMap')}</summary>
            <div className="mt-2 flex min-w-0 flex-col gap-4">{form}</div>
          </details>
        </>
      )}
      {failure !== null && <RefusalNotice error={failure} forbidden={t('forbidden')} />}
      {isSettled && unknown.rows > 0 && <UnknownStages unknown={unknown} accepted={accepted} onAccept={setAccepted} />}
      {preview.error !== null && <RefusalNotice error={preview.error} forbidden={t('forbidden')} />}
      {start.error !== null && <RefusalNotice error={start.error} forbidden={t('forbidden')} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button disabled={preview.isPending || !isSettled} onClick={() => preview.mutate(request)}>
          {preview.isPending ? t('previewing') : t('preview')}
        </Button>
        <Button
          look="primary"
          disabled={preview.data === undefined || !isAgreed || start.isPending}
          aria-describedby="import-waits-for"
          onClick={() => start.mutate(request, { onSuccess: ({ id }) => void navigate({ search: { import: id } }) })}
        >
          {t('run')}
        </Button>
        <span id="import-waits-for" className="text-muted text-sm">
          {preview.data === undefined ? t('previewFirst') : isAgreed ? '' : t('agreeFirst')}
        </span>
      </div>
      {preview.data !== undefined && <PreviewResult preview={preview.data} stages={stages} />}
    </div>
  );
}
