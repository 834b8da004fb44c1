import { Table2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type DataTableProps } from '../../../ui/data-table.tsx';
import { funnelTexts } from '../funnel.texts.ts';
import type { ReportRow } from './figure-column.tsx';

interface ChartTableProps<Of> extends DataTableProps<ReportRow<Of>> {
  readonly chart: ReactNode;
  readonly hint: string;
  readonly shown: boolean;
  readonly onShow: (shown: boolean) => void;
}

/** A chart with the table of its figures, which screen readers and paper always have and everybody else can show. */
export function ChartTable<Of>({ chart, hint, shown, onShow, ...table }: ChartTableProps<Of>) {
  const t = useTexts(funnelTexts);
  const { caption, columns, rows, rowKey, total } = table;
  return (
    <div className="flex min-w-0 break-inside-avoid flex-col gap-1">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-sm font-semibold">{caption}</h3>
        <Button look="quiet" aria-pressed={shown} data-print="hidden" onClick={() => onShow(!shown)}>
          <Table2 size={14} aria-hidden /> {t('showTable')}
        </Button>
      </div>
      <p className="text-muted text-xs">{hint}</p>
      {chart}
      {shown ? (
        <DataTable {...table} hideCaption />
      ) : (
        <div className="sr-only print:not-sr-only">
          <table aria-label={caption} className="w-full border-collapse">
            <thead>
              <tr>
                {columns.map(({ id, header, numeric }) => (
                  <th key={id} scope="col" className={numeric ? 'text-right' : 'text-left'}>
                    {header}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...rows, ...(total ? [total] : [])].map((row) => (
                <tr key={rowKey(row)} className="border-line border-t">
                  {columns.map(({ id, cell, numeric }) => (
                    <td key={id} className={numeric ? 'text-right' : ''}>
                      {/* Nobody could see where a link has the focus. */}
                      {cell({ ...row, search: undefined })}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
