import { Link, useNavigate } from '@tanstack/react-router';
import { FileInput } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../../api/me.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { EmptyNotice, ErrorNotice, SkeletonLines } from '../../../ui/notices.tsx';
import { useImports, type ImportRow } from '../api/imports.ts';
import { importTexts } from '../imports.texts.ts';
import { ImportStateBadge } from './import-state-badge.tsx';
import { UndoDialog } from './undo-dialog.tsx';

/** The imports there were, each with what it did and its undoing. */
export function ImportList() {
  const t = useTexts(importTexts);
  const format = useFormat();
  const navigate = useNavigate({ from: '/imports' });
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useImports();
  const may = useMay();
  const [undoing, setUndoing] = useState<ImportRow>();
  const rows = data?.pages.flatMap((page) => page.imports) ?? [];
  const figure = (id: string, header: string, of: (row: ImportRow) => number | null): Column<ImportRow> => ({
    id,
    header,
    numeric: true,
    cell: (row) => {
      const value = of(row);
      return value === null ? '–' : format.number(value, 0);
    },
    csv: of,
  });
  const columns: readonly Column<ImportRow>[] = [
    {
      id: 'files',
      header: t('files'),
      cell: ({ id, files }) => (
        <Link to="/imports" search={{ import: id }} className="text-accent underline">
          {files.join(', ')}
        </Link>
      ),
      csv: ({ files }) => files.join(', '),
    },
    {
      id: 'state',
      header: t('state'),
      cell: ({ state }) => <ImportStateBadge state={state} />,
      csv: ({ state }) => t(`state.${state}`),
    },
    { id: 'who', header: t('who'), cell: ({ startedBy }) => startedBy, csv: ({ startedBy }) => startedBy },
    {
      id: 'when',
      header: t('when'),
      cell: ({ startedAt }) => <span className="whitespace-nowrap">{format.moment(startedAt)}</span>,
      csv: ({ startedAt }) => startedAt,
    },
    figure('deals', t('deals'), ({ deals }) => deals),
    figure('opened', t('opened'), ({ opened }) => opened),
    figure('refused', t('refused'), ({ refused }) => refused),
  ];
  const controls: Pick<Column<ImportRow>, 'header' | 'cell'> = {
    header: t('actions'),
    cell: (row) =>
      row.state === 'undone' || row.state === 'running' ? (
        '–'
      ) : (
        <Button
          aria-label={t('undoOf', { files: row.files.join(', ') })}
          title={may('import') ? undefined : t('forbidden')}
          disabled={!may('import')}
          onClick={() => setUndoing(row)}
        >
          {t('undo')}
        </Button>
      ),
  };
  return (
    <section aria-labelledby="past-imports" className="flex min-w-0 flex-col gap-3">
      <h2 id="past-imports" className="sr-only">
        {t('past')}
      </h2>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {isPending && error === null && <SkeletonLines lines={3} />}
      {data !== undefined && rows.length === 0 && (
        <EmptyNotice icon={FileInput} title={t('none')} hint={t('noneHint')} />
      )}
      {rows.length > 0 && (
        <DataTable
          caption={t('pastImports')}
          columns={columns}
          controls={controls}
          rows={rows}
          rowKey={({ id }) => id}
        />
      )}
      {hasNextPage && (
        <Button className="self-start" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {undoing !== undefined && (
        <UndoDialog
          id={undoing.id}
          files={undoing.files}
          onBegun={() => void navigate({ search: { import: undoing.id } })}
          onClose={() => setUndoing(undefined)}
        />
      )}
    </section>
  );
}
