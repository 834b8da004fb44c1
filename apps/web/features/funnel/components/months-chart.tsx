import { useCallback } from 'react';
import type { Format } from '../../../i18n/figure-format.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import type { ForecastAnswer } from '../api/forecast.ts';
import { useFigures } from '../figures.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { useSameFigures } from '../same-figures.ts';
import { Chart, CHART_STYLE, type Plot } from './chart.tsx';

type Month = Pick<ForecastAnswer['months'][number], 'month' | 'expectedAmount' | 'expectedByReps'>;

interface MonthsChartProps {
  readonly title: string;
  readonly months: readonly Month[];
  readonly currency: string;
}

const HEIGHT = 260;

/** Month by month what lands: by the stages as bars, by the reps' own judgement as dots. */
export function MonthsChart({ title, months, currency }: MonthsChartProps) {
  const t = useTexts(funnelTexts);
  const figures = useFigures();
  const format = useFormat();
  const same = useSameFigures(months);
  const draw = useCallback(
    (plot: Plot, size: Size) => drawMonths(plot, size, same, { currency, format }),
    [same, currency, format],
  );
  const described = months
    .map(
      ({ month, expectedAmount, expectedByReps }) =>
        `${format.month(month)}: ${t('expected')} ${figures.text(expectedAmount, { currency })}, ` +
        `${t('byReps')} ${figures.text(expectedByReps, { currency })}`,
    )
    .join('; ');
  return <Chart title={title} description={described} height={HEIGHT} draw={draw} />;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function drawMonths(
  plot: Plot,
  { width, height }: Size,
  months: readonly Month[],
  { currency, format }: { readonly currency: string; readonly format: Format },
): Element {
  const first = (month: Month) => new Date(`${month.month}-01`);
  const middle = (month: Month) => new Date(`${month.month}-15`);
  // A label takes about 80 pixels.
  const everyMonth = Math.ceil((months.length * 80) / Math.max(80, width - 108));
  return plot.plot({
    width,
    height,
    style: CHART_STYLE,
    marginLeft: 72,
    marginTop: 12,
    marginRight: 36,
    x: {
      type: 'utc',
      label: null,
      tickSize: 0,
      ticks: months.filter((_, index) => index % everyMonth === 0).map(middle),
      tickFormat: (day: Date) => format.month(day.toISOString()),
    },
    y: {
      label: null,
      grid: true,
      nice: true,
      ticks: 5,
      tickSize: 0,
      tickFormat: (minorUnits: number) => format.money(minorUnits, currency, 'compact'),
    },
    marks: [
      plot.rectY(months, {
        x: first,
        y: 'expectedAmount',
        interval: 'month',
        fill: 'var(--accent)',
        inset: 1,
        rx: 2,
      }),
      plot.ruleY([0], { stroke: 'var(--line-strong)' }),
      plot.dot(
        months.filter(({ expectedByReps }) => expectedByReps > 0),
        { x: middle, y: 'expectedByReps', fill: 'var(--warn)', stroke: 'var(--surface)', r: 4.5 },
      ),
    ],
  });
}
