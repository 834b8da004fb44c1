import { useTexts } from '../../../i18n/texts.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Select } from '../../../ui/field.tsx';
import type { FunnelReport, FunnelStage } from '../api/funnel.ts';
import { useFigures, type Unit } from '../figures.ts';
import { currenciesOf, inCurrency } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { MEASURES, type Measure, type ReportSearch } from '../report-search.ts';
import { BarChart } from './bar-chart.tsx';
import { ControlLabel } from './control-label.tsx';
import { nameColumn, type ReportRow } from './figure-column.tsx';
import { Section } from './section.tsx';
import { useStandingColumns, type Standing } from './stage-columns.tsx';

interface StandingSectionProps {
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
  readonly report: FunnelReport;
}

/** Where the deals stand: stage by stage count, amount, weighted amount, age and stalled deals. */
export function StandingSection({ search, onChange, report }: StandingSectionProps) {
  const t = useTexts(funnelTexts);
  const figures = useFigures();
  const nameOf = useStageName();
  const currencies = currenciesOf(report.worth);
  const currency = currencies.find((each) => each === search.currency) ?? currencies[0];
  const measure = currency === undefined ? 'count' : (search.measure ?? 'count');
  const unit: Unit = measure === 'count' || currency === undefined ? 'count' : { currency };
  const bars = report.stages.map((stage) => {
    const value = measureOf(stage, measure, currency);
    return { name: nameOf(stage), value, label: figures.text(value, unit, 'short') };
  });
  return (
    <Section
      title={t('standing')}
      hint={t('standingHint')}
      actions={
        <div className="flex flex-wrap gap-3" data-print="hidden">
          <ControlLabel text={t('measure')}>
            <Select
              choices={MEASURES.map((value) => ({ value, label: t(`measure.${value}`) }))}
              value={measure}
              onChange={({ target }) => {
                const chosen = MEASURES.find((each) => each === target.value);
                if (chosen) onChange({ ...search, measure: chosen });
              }}
            />
          </ControlLabel>
          {currencies.length > 1 && (
            <ControlLabel text={t('currency')}>
              <Select
                choices={currencies.map((value) => ({ value, label: value }))}
                value={currency}
                onChange={({ target }) => onChange({ ...search, currency: target.value })}
              />
            </ControlLabel>
          )}
        </div>
      }
    >
      <BarChart title={t('standing')} bars={bars} />
      <DataTable
        caption={t('standing')}
        hideCaption
        columns={[nameColumn<Standing>(t('stage')), ...useStandingColumns(currencies)]}
        rows={report.stages.map((of): ReportRow<Standing> => ({ key: of.id, name: nameOf(of), of, search }))}
        rowKey={({ key }) => key}
        total={{ key: 'total', name: t('total'), of: report, search }}
      />
    </Section>
  );
}

function measureOf(stage: FunnelStage, measure: Measure, currency: string | undefined): number {
  if (measure === 'count' || currency === undefined) return stage.open;
  return inCurrency(stage.worth, currency)?.[measure] ?? 0;
}
