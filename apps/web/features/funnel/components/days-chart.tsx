import { useCallback } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import type { FunnelStage } from '../api/funnel.ts';
import { useFigures } from '../figures.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { withTable, type ReportSearch } from '../report-search.ts';
import { useSameFigures } from '../same-figures.ts';
import { Chart, CHART_STYLE, type Plot } from './chart.tsx';
import { ChartTable } from './chart-table.tsx';
import { nameColumn, type ReportRow } from './figure-column.tsx';
import { useDaysColumns } from './stage-columns.tsx';

interface DaysChartProps {
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
  readonly rows: readonly ReportRow<FunnelStage>[];
}

interface Stay {
  readonly name: string;
  readonly median: number;
  readonly p75: number;
  readonly p90: number;
  readonly label: string;
}

const STAY_HEIGHT = 34;

/** How long deals stayed in each stage: median, and how long the slow quarter and the slow tenth took. */
export function DaysChart({ search, onChange, rows }: DaysChartProps) {
  const t = useTexts(funnelTexts);
  const figures = useFigures();
  const stays = rows.flatMap(({ name, of, compared }): readonly Stay[] => {
    const { median = null, p75 = null, p90 = null } = of.period?.days ?? {};
    if (compared || median === null || p75 === null || p90 === null) return [];
    const label = [median, p75, p90].map((days) => figures.text(days, 'days')).join(' · ');
    return [{ name, median, p75, p90, label }];
  });
  const same = useSameFigures(stays);
  const draw = useCallback((plot: Plot, size: Size) => drawStays(plot, size, same), [same]);
  const described = stays.map(({ name, label }) => `${name}: ${label}`).join('; ');
  return (
    <ChartTable
      caption={t('days')}
      hint={t('daysHint')}
      chart={
        <Chart
          title={t('days')}
          description={`${t('median')} · ${t('p75')} · ${t('p90')}. ${described}`}
          height={stays.length * STAY_HEIGHT + 8}
          draw={draw}
        />
      }
      shown={search.tables?.includes('days') ?? false}
      onShow={(shown) => onChange(withTable(search, 'days', shown))}
      columns={[nameColumn<FunnelStage>(t('stage')), ...useDaysColumns()]}
      rows={rows}
      rowKey={({ key }) => key}
    />
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function drawStays(plot: Plot, { width, height }: Size, stays: readonly Stay[]): Element {
  return plot.plot({
    width,
    height,
    style: CHART_STYLE,
    marginLeft: Math.min(width / 3, 110),
    marginRight: 110,
    marginTop: 2,
    marginBottom: 6,
    x: { axis: null, domain: [0, Math.max(1, ...stays.map(({ p90 }) => p90))] },
    y: { domain: stays.map(({ name }) => name), label: null, tickSize: 0 },
    marks: [
      plot.ruleX([0], { stroke: 'var(--line-strong)' }),
      plot.ruleY(stays, { x1: 'median', x2: 'p90', y: 'name', stroke: 'var(--line-strong)' }),
      plot.ruleY(stays, { x1: 'median', x2: 'p75', y: 'name', stroke: 'var(--accent)', strokeWidth: 6 }),
      plot.dot(stays, { x: 'median', y: 'name', fill: 'var(--accent)', stroke: 'var(--surface)', r: 6 }),
      plot.tickX(stays, { x: 'p90', y: 'name', stroke: 'var(--ink)', strokeWidth: 2, insetTop: 8, insetBottom: 8 }),
      plot.text(stays, { x: 'p90', y: 'name', text: 'label', textAnchor: 'start', dx: 8, fill: 'var(--ink)' }),
    ],
  });
}
