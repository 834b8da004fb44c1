import { Link } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../../api/me.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { JobFailure } from '../../../ui/job-failure.tsx';
import { ErrorNotice, SkeletonLines } from '../../../ui/notices.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { useCancelImport, useImport, useRefusedLines } from '../api/imports.ts';
import { importTexts } from '../imports.texts.ts';
import { ImportCounts } from './import-counts.tsx';
import { ImportStateBadge } from './import-state-badge.tsx';
import { RefusalTable } from './refusal-table.tsx';
import { UndoDialog } from './undo-dialog.tsx';
import { UndoResult } from './undo-result.tsx';

/** One import: how far it is, what it did, what it refused, and its undoing. */
export function ImportView({ id }: { readonly id: string }) {
  const t = useTexts(importTexts);
  const format = useFormat();
  const { data, error, refetch } = useImport(id);
  const may = useMay();
  const cancel = useCancelImport();
  const download = useRefusedLines();
  const [undoing, setUndoing] = useState(false);
  if (error !== null && data === undefined) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonLines lines={6} />;
  const { state, kind, progress, report, failure, undo, files, startedBy, startedAt } = data;
  return (
    <section aria-labelledby="import-title" className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id="import-title" className="text-sm font-semibold">
          {t('importOf', { files: files.join(', ') })}
        </h2>
        <ImportStateBadge state={state} />
        {(state === 'finished' || state === 'begun' || state === 'cancelled' || state === 'failed') && (
          <Button
            title={may('import') ? undefined : t('forbidden')}
            disabled={!may('import') || undo?.state === 'running'}
            onClick={() => setUndoing(true)}
          >
            {t('undo')}
          </Button>
        )}
      </div>
      <p className="text-muted text-sm">{t('startedBy', { who: startedBy, at: format.moment(startedAt) })}</p>
      {state === 'running' && (
        <div className="flex items-end gap-3">
          <div className="min-w-0 flex-1">
            <ProgressBar
              label={t('importing')}
              done={progress?.bytesRead ?? 0}
              total={progress?.bytes ?? 0}
              told={
                progress === undefined
                  ? t('starting')
                  : t('progress', {
                      deals: format.number(progress.deals, 0),
                      refused: format.number(progress.refused, 0),
                      rate: format.number(progress.dealsPerSecond, 0),
                      left: progress.secondsLeft === null ? '…' : format.duration(progress.secondsLeft),
                    })
              }
            />
          </div>
          <Button
            title={may('import') ? undefined : t('forbidden')}
            disabled={!may('import') || cancel.isPending}
            onClick={() => cancel.mutate(id)}
          >
            {t('stop')}
          </Button>
        </div>
      )}
      {cancel.error !== null && <RefusalNotice error={cancel.error} forbidden={t('forbidden')} />}
      {failure !== undefined && <JobFailure what={t('failed')} failure={failure} />}
      {state !== 'running' && <ImportCounts row={data} report={report} />}
      {undo !== undefined && <UndoResult undo={undo} />}
      {report !== undefined && (
        <>
          <RefusalTable
            refusals={report.refusals}
            count={report.refusalCount}
            actions={report.refusedFiles.map((file) => (
              <Button
                key={file}
                look="quiet"
                disabled={download.isPending}
                onClick={() => download.mutate({ id, file })}
              >
                <Download size={14} aria-hidden /> {t('refusedLines', { file })}
              </Button>
            ))}
          />
          {download.error !== null && <RefusalNotice error={download.error} forbidden={t('forbidden')} />}
          {report.refusalCount > 0 && (
            <p className="text-muted text-sm">{t(kind === 'deals' ? 'mendHint' : 'mendOriginalHint')}</p>
          )}
          {report.notes.length > 0 && (
            <div>
              <h3 className="text-sm font-semibold">{t('notes')}</h3>
              <ul className="list-disc pl-5 text-sm">
                {report.notes.map(({ note, deals, firstLines }) => (
                  <li key={note}>{t('noteOf', { note, deals, lines: firstLines.join(', ') })}</li>
                ))}
              </ul>
            </div>
          )}
        </>
      )}
      {report === undefined && state !== 'running' && <p className="text-muted text-sm">{t('reportGone')}</p>}
      <p className="flex flex-wrap gap-4 text-sm">
        <Link to="/deals" className="text-accent underline">
          {t('toDeals')}
        </Link>
        <Link to="/audit" search={{ correlationId: id }} className="text-accent underline">
          {t('toEvents')}
        </Link>
      </p>
      {undoing && <UndoDialog id={id} files={files} onClose={() => setUndoing(false)} />}
    </section>
  );
}
