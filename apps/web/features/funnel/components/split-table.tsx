import type { ReactNode } from 'react';
import type { CutDimension } from '../../../filters/cut-search.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { narrowedTo } from '../deals-search.ts';
import { withBoth, withCompared } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { reportTexts } from '../report.texts.ts';
import type { ReportSearch } from '../report-search.ts';
import type { ReportRow } from './figure-column.tsx';
import { Section } from './section.tsx';

interface SplitTableProps<Report> {
  readonly search: ReportSearch;
  readonly by: CutDimension;
  readonly groups: readonly Group<Report>[];
  readonly compared: readonly Group<Report>[] | undefined;
  readonly columns: readonly Column<ReportRow<Report>>[];
  /** All values together. */
  readonly total: Report | undefined;
  readonly actions?: ReactNode;
}

interface Group<Report> {
  readonly value: string | null;
  readonly report: Report;
}

/** A report once for each value of a dimension, each with what it is compared with beneath it. */
export function SplitTable<Report>({ search, by, groups, compared, columns, total, actions }: SplitTableProps<Report>) {
  const t = useTexts(funnelTexts);
  const report = useTexts(reportTexts);
  const title = t('split', { dimension: report(`by.${by}`) });
  const rows = withBoth(groups, compared).flatMap(([value, now, then]) =>
    withCompared<Report>(
      narrowedTo(search, by, value),
      { key: value ?? '', name: value ?? t('without'), of: now?.report, was: then?.report },
      (name) => t('compared', { name }),
    ),
  );
  return (
    <Section title={title} actions={actions}>
      {rows.length === 0 ? (
        <p className="text-muted text-sm">{t('splitEmpty')}</p>
      ) : (
        <DataTable
          caption={title}
          hideCaption
          columns={columns}
          rows={rows}
          rowKey={({ key }) => key}
          {...(total === undefined ? {} : { total: { key: 'total', name: t('total'), of: total, search } })}
        />
      )}
    </Section>
  );
}
