import { Table2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type DataTableProps } from '../../../ui/data-table.tsx';
import { funnelTexts } from '../funnel.texts.ts';

interface ChartTableProps<Row> extends DataTableProps<Row> {
  readonly chart: ReactNode;
  readonly hint: string;
  readonly shown: boolean;
  readonly onShow: (shown: boolean) => void;
}

/** A chart with the table of its figures, which screen readers always find and everybody else can show. */
export function ChartTable<Row>({ chart, hint, shown, onShow, ...table }: ChartTableProps<Row>) {
  const t = useTexts(funnelTexts);
  const { caption, columns, rows, rowKey } = table;
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
        <div className="sr-only">
          <table>
            <caption>{caption}</caption>
            <thead>
              <tr>
                {columns.map(({ id, header }) => (
                  <th key={id} scope="col">
                    {header}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={rowKey(row)}>
                  {columns.map(({ id, csv }) => (
                    <td key={id}>{csv(row)}</td>
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
