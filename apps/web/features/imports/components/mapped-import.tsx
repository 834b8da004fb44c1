import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { components } from '../../../api/schema.d.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { useStartImport } from '../api/imports.ts';
import { usePreview, type Suggestion, type Upload } from '../api/uploads.ts';
import { isDealsMap, type DealsMap, type StageHistoryMap } from '../deal-fields.ts';
import { importTexts } from '../imports.texts.ts';
import { MappingForm } from './mapping-form.tsx';
import { PreviewResult } from './preview-result.tsx';

interface MappedImportProps {
  readonly uploads: readonly Upload[];
  readonly suggestion: Suggestion;
  readonly stages: readonly components['schemas']['StageDto'][];
}

/** How the files are read, what that would do, and its beginning. */
export function MappedImport({ uploads, suggestion, stages }: MappedImportProps) {
  const t = useTexts(importTexts);
  const navigate = useNavigate({ from: '/imports' });
  const [map, setMap] = useState<DealsMap | StageHistoryMap>(suggestion.map);
  const preview = usePreview();
  const start = useStartImport();
  const request = { uploads: uploads.map(({ uploadId }) => uploadId), kind: suggestion.kind, map };
  const change = (changed: DealsMap) => {
    setMap(changed);
    // What was previewed is another import now.
    preview.reset();
    start.reset();
  };
  const [first] = uploads;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {suggestion.recognised !== undefined && (
        <p className="text-sm">{t('recognised', { name: suggestion.recognised })}</p>
      )}
      {suggestion.recognised === undefined && isDealsMap(map) && first !== undefined && (
        <MappingForm upload={first} map={map} unsure={suggestion.unsure} stages={stages} onChange={change} />
      )}
      {preview.error !== null && <RefusalNotice error={preview.error} forbidden={t('forbidden')} />}
      {start.error !== null && <RefusalNotice error={start.error} forbidden={t('forbidden')} />}
      <div className="flex gap-2">
        <Button disabled={preview.isPending} onClick={() => preview.mutate(request)}>
          {preview.isPending ? t('previewing') : t('preview')}
        </Button>
        <Button
          look="primary"
          disabled={preview.data === undefined || start.isPending}
          title={preview.data === undefined ? t('previewFirst') : undefined}
          onClick={() => start.mutate(request, { onSuccess: ({ id }) => void navigate({ search: { import: id } }) })}
        >
          {t('run')}
        </Button>
      </div>
      {preview.data !== undefined && <PreviewResult preview={preview.data} stages={stages} />}
    </div>
  );
}
