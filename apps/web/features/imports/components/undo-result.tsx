import { Link } from '@tanstack/react-router';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { JobFailure } from '../../../ui/job-failure.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { useToldRule } from '../../../ui/told-problem.ts';
import type { ImportDetail } from '../api/imports.ts';
import { importTexts } from '../imports.texts.ts';

/** What the undoing of an import did, and which deals it left as they are. */
export function UndoResult({ undo }: { readonly undo: NonNullable<ImportDetail['undo']> }) {
  const t = useTexts(importTexts);
  const format = useFormat();
  const told = useToldRule();
  const { state, report, failure } = undo;
  if (state === 'running') return <ProgressBar label={t('undoing')} done={0} total={0} told={t('starting')} />;
  if (failure !== undefined) return <JobFailure what={t('undoFailed')} failure={failure} />;
  if (report === undefined) return null;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p role="status" className="text-sm">
        {t('undone', {
          withdrawn: format.number(report.withdrawn, 0),
          restored: format.number(report.restored, 0),
          left: format.number(report.leftCount, 0),
        })}
      </p>
      {report.left.length > 0 && (
        <DataTable
          caption={t('leftDeals')}
          rows={report.left}
          rowKey={({ id }) => id}
          columns={[
            {
              id: 'id',
              header: t('field.id'),
              cell: ({ id }) => (
                <Link to="/deals/$id" params={{ id }} className="text-accent underline">
                  {id}
                </Link>
              ),
              csv: ({ id }) => id,
            },
            { id: 'rule', header: t('why'), cell: (deal) => told(deal), csv: (deal) => told(deal) },
          ]}
        />
      )}
    </div>
  );
}
