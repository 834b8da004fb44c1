import { useTexts } from '../../../i18n/texts.ts';
import type { FunnelStage } from '../api/funnel.ts';
import { useFigures } from '../figures.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { withTable, type ReportSearch } from '../report-search.ts';
import { BarChart } from './bar-chart.tsx';
import { ChartTable } from './chart-table.tsx';
import { nameColumn, type ReportRow } from './figure-column.tsx';
import { useConversionColumns, useFlowColumns } from './stage-columns.tsx';

interface ConversionChartProps {
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
  readonly rows: readonly ReportRow<FunnelStage>[];
}

/** Of the deals that left each stage, the share that went on, and what dropped off. */
export function ConversionChart({ search, onChange, rows }: ConversionChartProps) {
  const t = useTexts(funnelTexts);
  const figures = useFigures();
  const bars = rows
    .filter(({ compared }) => !compared)
    .map(({ name, of, was }) => {
      const conversion = of.period?.conversionToNext;
      return {
        name,
        value: conversion ?? 0,
        label:
          typeof conversion === 'number'
            ? t('conversionLabel', {
                conversion: figures.text(conversion, 'share'),
                dropOff: figures.text(of.period?.dropOff, 'share'),
              })
            : t('unknown'),
        was: was?.period?.conversionToNext ?? undefined,
      };
    });
  const compared = bars.some(({ was }) => was !== undefined);
  return (
    <ChartTable
      caption={t('conversion')}
      hint={compared ? `${t('conversionHint')} ${t('comparedTick')}` : t('conversionHint')}
      chart={<BarChart title={t('conversion')} bars={bars} most={1} />}
      shown={search.tables?.includes('conversion') ?? false}
      onShow={(shown) => onChange(withTable(search, 'conversion', shown))}
      columns={[
        nameColumn<FunnelStage>(t('stage')),
        ...useFlowColumns().filter(({ id }) => id === 'left'),
        ...useConversionColumns(),
      ]}
      rows={rows}
      rowKey={({ key }) => key}
    />
  );
}
