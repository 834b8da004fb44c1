import { useElementScrollRestoration } from '@tanstack/react-router';
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useStatusName } from '../../../terms/status-name.ts';
import { useIsPrinting } from '../../../ui/printing.ts';
import type { DealCard } from '../api/board.ts';
import type { Sort } from '../board-search.ts';
import { boardTexts } from '../board.texts.ts';
import { COLUMN_LOOKS, dealColumns, dealTableFeatures } from './deal-columns.tsx';
import { useOpenedDeal } from './use-opened-deal.ts';

interface DealTableProps {
  readonly deals: readonly DealCard[];
  readonly total: number;
  readonly sort: Sort;
  readonly stageTitle: (id: string) => string;
  readonly onSort: (sort: Sort) => void;
  /** Asks for more once the end comes into sight. */
  readonly onEnd: () => void;
}

const ROW_HEIGHT = 36;
const AHEAD = 30;
const SCROLL_ID = 'deals';
const WIDTH = Object.values(COLUMN_LOOKS).reduce((sum, { width }) => sum + width, 0);

/** Deals as a table of which only the rows in sight are drawn. */
export function DealTable({ deals, total, sort, stageTitle, onSort, onEnd }: DealTableProps) {
  const t = useTexts(boardTexts);
  const format = useFormat();
  const scroll = useRef<HTMLDivElement>(null);
  const statusName = useStatusName();
  const columns = useMemo(() => dealColumns(t, format, stageTitle, statusName), [t, format, stageTitle, statusName]);
  const data = useMemo(() => [...deals], [deals]);
  const table = useTable({ features: dealTableFeatures, columns, data, getRowId: ({ id }) => id });
  const { rows } = table.getRowModel();
  const scrolled = useElementScrollRestoration({ id: SCROLL_ID });
  const toFocus = useRef(useOpenedDeal());
  // Whoever comes back has the focus where it was left, once its row is drawn.
  useEffect(() => {
    if (toFocus.current === undefined) return;
    const row = scroll.current?.querySelector(`[data-deal="${CSS.escape(toFocus.current)}"]`);
    if (!row) return;
    toFocus.current = undefined;
    row.querySelector('a')?.focus({ preventScroll: true });
  });
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
    initialOffset: scrolled?.scrollY ?? 0,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const isPrinting = useIsPrinting();
  useEffect(() => {
    if (!isPrinting && last >= rows.length - AHEAD) onEnd();
  }, [isPrinting, last, rows.length, onEnd]);
  // On paper nobody scrolls to the others.
  const drawn = isPrinting ? rows.map(({ id: key }, index) => ({ index, key })) : items;
  const before = isPrinting ? 0 : (items[0]?.start ?? 0);
  const after = isPrinting ? 0 : virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const isDescending = sort.startsWith('-');
  const sorted = isDescending ? sort.slice(1) : sort;
  return (
    <div
      ref={scroll}
      data-scroll-restoration-id={SCROLL_ID}
      role="region"
      aria-label={t('tableCaption')}
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto px-4 pb-3"
    >
      <p className="hidden py-1 text-sm print:block">
        {t(rows.length < total ? 'printedSome' : 'printedAll', { shown: rows.length, total })}
      </p>
      <table
        aria-rowcount={total + 1}
        className="w-full table-fixed border-separate border-spacing-0 text-sm"
        style={{ minWidth: `${WIDTH}rem` }}
      >
        <caption className="sr-only">{t('tableCaption')}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} aria-rowindex={1}>
              {group.headers.map((header) => {
                const { sort: field, width, numeric } = COLUMN_LOOKS[header.column.id] ?? { width: 8 };
                const isSorted = field !== undefined && field === sorted;
                const Arrow = isDescending ? ArrowDown : ArrowUp;
                return (
                  <th
                    key={header.id}
                    scope="col"
                    style={{ width: `${width}rem` }}
                    aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : undefined}
                    className={`bg-canvas border-line text-muted sticky top-0 z-10 border-b px-2 py-1.5 font-medium ${numeric ? 'text-right' : 'text-left'}`}
                  >
                    {field === undefined ? (
                      <table.FlexRender header={header} />
                    ) : (
                      <button
                        type="button"
                        onClick={() => onSort(isSorted && !isDescending ? `-${field}` : field)}
                        className="hover:text-ink inline-flex min-h-6 items-center gap-1"
                      >
                        <table.FlexRender header={header} />
                        {isSorted && <Arrow size={13} aria-hidden />}
                      </button>
                    )}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {before > 0 && (
            <tr aria-hidden>
              <td colSpan={columns.length} style={{ height: before, padding: 0 }} />
            </tr>
          )}
          {drawn.map(({ index, key }) => {
            const row = rows[index];
            return (
              row && (
                <tr
                  key={key}
                  aria-rowindex={index + 2}
                  data-deal={row.original.id}
                  style={{ height: ROW_HEIGHT }}
                  className="hover:bg-surface"
                >
                  {row.getAllCells().map((cell) => (
                    <td
                      key={cell.id}
                      title={String(cell.getValue())}
                      className={`border-line truncate border-b px-2 ${COLUMN_LOOKS[cell.column.id]?.numeric ? 'text-right' : ''}`}
                    >
                      <table.FlexRender cell={cell} />
                    </td>
                  ))}
                </tr>
              )
            );
          })}
          {after > 0 && (
            <tr aria-hidden>
              <td colSpan={columns.length} style={{ height: after, padding: 0 }} />
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
