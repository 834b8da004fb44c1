import type { ReactNode } from 'react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { useToldRule } from '../../../ui/told-problem.ts';
import type { ImportRefusal } from '../api/imports.ts';
import { importTexts } from '../imports.texts.ts';

interface RefusalTableProps {
  readonly refusals: readonly ImportRefusal[];
  /** In all. */
  readonly count: number;
  /** What else can be done with them. */
  readonly actions?: ReactNode;
}

/** The lines that are not imported, each with where and why. */
export function RefusalTable({ refusals, count, actions }: RefusalTableProps) {
  const t = useTexts(importTexts);
  const format = useFormat();
  const told = useToldRule();
  const why = (refusal: ImportRefusal): string => told(refusal, refusal.column);
  if (count === 0) return <p className="text-muted text-sm">{t('noRefusals')}</p>;
  return (
    <div className="min-w-0">
      <DataTable
        caption={t('refusals', { count, number: format.number(count, 0) })}
        rows={refusals}
        actions={actions}
        rowKey={({ file, line, column = '', rule }) => `${file} ${line} ${column} ${rule}`}
        columns={[
          { id: 'file', header: t('file'), cell: ({ file }) => file, csv: ({ file }) => file },
          { id: 'line', header: t('line'), numeric: true, cell: ({ line }) => line, csv: ({ line }) => line },
          { id: 'column', header: t('column'), cell: ({ column }) => column ?? '–', csv: ({ column }) => column },
          { id: 'rule', header: t('why'), cell: why, csv: why },
        ]}
      />
      {refusals.length < count && (
        <p className="text-muted mt-1 text-xs">{t('firstOf', { shown: format.number(refusals.length, 0) })}</p>
      )}
    </div>
  );
}
