import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { Button } from './button.tsx';
import { downloadCsv, type CsvCell } from './download.ts';
import { uiTexts } from './ui.texts.ts';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** What the CSV says, in plain figures. */
  readonly csv: (row: Row) => CsvCell;
  readonly numeric?: boolean;
}

export interface DataTableProps<Row> {
  /** The heading and the name of the table; also the name of the CSV file. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly actions?: ReactNode;
  /** Where a heading just above says it. */
  readonly hideCaption?: boolean;
  /** What the CSV says in columns of its own, where the table puts it beside something else. */
  readonly csvColumns?: readonly Pick<Column<Row>, 'header' | 'csv'>[];
  /** What can be done with a row, in a last column that stays in view and is not in the CSV. */
  readonly controls?: Pick<Column<Row>, 'header' | 'cell'>;
  /** The last line, of all of them together; in the CSV as well. */
  readonly total?: Row;
}

/** A table of figures that scrolls sideways where there is no room, with its CSV. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  actions,
  hideCaption,
  controls,
  total,
  csvColumns = [],
}: DataTableProps<Row>) {
  const t = useTexts(uiTexts);
  const saved = [...columns, ...csvColumns];
  const save = () =>
    void downloadCsv(caption, [
      saved.map(({ header }) => header),
      ...[...rows, ...(total ? [total] : [])].map((row) => saved.map(({ csv }) => csv(row))),
    ]);
  return (
    <div className="min-w-0">
      <div className="mb-1 flex items-center justify-between gap-2 break-after-avoid">
        {!hideCaption && <h3 className="text-sm font-semibold">{caption}</h3>}
        <div className="ml-auto flex gap-1" data-print="hidden">
          {actions}
          <Button look="quiet" title={t('csvHint')} onClick={save}>
            <Download size={14} aria-hidden /> {t('csv')}
          </Button>
        </div>
      </div>
      <div className="border-line overflow-x-auto rounded-lg border" tabIndex={0} role="region" aria-label={caption}>
        <table aria-label={caption} className="w-full border-collapse text-sm">
          <thead className="bg-sunken text-muted">
            <tr>
              {columns.map(({ id, header, numeric }) => (
                <th
                  key={id}
                  scope="col"
                  className={`px-3 py-1.5 font-medium whitespace-nowrap ${numeric ? 'text-right' : 'text-left'}`}
                >
                  {header}
                </th>
              ))}
              {controls && (
                <th
                  scope="col"
                  className="bg-sunken px-3 py-1.5 text-left font-medium whitespace-nowrap sm:sticky sm:right-0 sm:shadow-[-1px_0_var(--color-line)]"
                >
                  {controls.header}
                </th>
              )}
            </tr>
          </thead>
          <tbody className="bg-surface">
            {rows.map((row) => (
              <tr key={rowKey(row)} className="border-line border-t">
                {columns.map(({ id, cell, numeric }) => (
                  <td key={id} className={`px-3 py-1.5 ${numeric ? 'text-right whitespace-nowrap' : ''}`}>
                    {cell(row)}
                  </td>
                ))}
                {controls && (
                  <td className="bg-surface px-3 py-1.5 sm:sticky sm:right-0 sm:shadow-[-1px_0_var(--color-line)]">
                    {controls.cell(row)}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
          {total && (
            <tfoot className="bg-sunken font-medium">
              <tr className="border-line-strong border-t">
                {columns.map(({ id, cell, numeric }) => (
                  <td key={id} className={`px-3 py-1.5 ${numeric ? 'text-right whitespace-nowrap' : ''}`}>
                    {cell(total)}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </div>
  );
}
