import { useTexts } from '../../../i18n/texts.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { FunnelReport, FunnelStage } from '../api/funnel.ts';
import { stageRows } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import type { ReportSearch } from '../report-search.ts';
import { ConversionChart } from './conversion-chart.tsx';
import { DaysChart } from './days-chart.tsx';
import { nameColumn } from './figure-column.tsx';
import { Section } from './section.tsx';
import { useFlowColumns } from './stage-columns.tsx';

interface FlowSectionProps {
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
  readonly report: FunnelReport;
  readonly compared: FunnelReport | undefined;
}

/** What went through the stages in the period, how many went on, and how long it took. */
export function FlowSection({ search, onChange, report, compared }: FlowSectionProps) {
  const t = useTexts(funnelTexts);
  const nameOf = useStageName();
  const rows = stageRows(search, report, compared, {
    of: nameOf,
    compared: (name) => t('compared', { name }),
  });
  const columns = [nameColumn<FunnelStage>(t('stage')), ...useFlowColumns()];
  const shared = { search, onChange, rows };
  return (
    <Section title={t('flow')} hint={t('flowHint')}>
      <DataTable caption={t('flowTable')} columns={columns} rows={rows} rowKey={({ key }) => key} />
      <div className="grid gap-6 lg:grid-cols-2">
        <ConversionChart {...shared} />
        <DaysChart {...shared} />
      </div>
    </Section>
  );
}
