import { useCallback } from 'react';
import { useSameFigures } from '../same-figures.ts';
import { Chart, CHART_STYLE, type Plot } from './chart.tsx';

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** What stands beside the bar. */
  readonly label: string;
  /** A tick at the value of the period of comparison. */
  readonly was?: number | undefined;
}

interface BarChartProps {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** The end of the scale; the longest bar where left out. */
  readonly most?: number;
}

const BAR_HEIGHT = 34;
/** Room for about as many letters of a name or label; longer ones are cut short. */
const NAME_LETTERS = 22;
const LETTER_WIDTH = 7;

/** Bars from above to below, each with its figure beside it. */
export function BarChart({ title, bars, most }: BarChartProps) {
  const description = bars.map(({ name, label }) => `${name}: ${label}`).join('; ');
  const same = useSameFigures(bars);
  const draw = useCallback((plot: Plot, size: Size) => drawBars(plot, size, same, most), [same, most]);
  return <Chart title={title} description={description} height={bars.length * BAR_HEIGHT + 8} draw={draw} />;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function drawBars(plot: Plot, { width, height }: Size, bars: readonly Bar[], most: number | undefined): Element {
  const longest = Math.min(NAME_LETTERS, Math.max(...bars.map(({ name }) => widthOf(name))));
  const label = Math.max(...bars.map((bar) => widthOf(bar.label)));
  const marginLeft = Math.min(width / 2.6, longest * LETTER_WIDTH + 12);
  const room = Math.max(4, (marginLeft - 8) / LETTER_WIDTH);
  return plot.plot({
    width,
    height,
    style: CHART_STYLE,
    marginLeft,
    marginRight: Math.min(width / 2.5, label * LETTER_WIDTH + 8),
    marginTop: 2,
    marginBottom: 6,
    x: { axis: null, domain: [0, most ?? Math.max(1, ...bars.flatMap(({ value, was }) => [value, was ?? 0]))] },
    y: {
      domain: bars.map(({ name }) => name),
      label: null,
      tickSize: 0,
      padding: 0.25,
      tickFormat: (name: string) => shortened(name, room),
    },
    marks: [
      plot.barX(bars, { x: 'value', y: 'name', fill: 'var(--accent)', rx: 3 }),
      plot.tickX(
        bars.filter(({ was }) => was !== undefined),
        { x: 'was', y: 'name', stroke: 'var(--ink)', strokeWidth: 2, insetTop: -3, insetBottom: -3 },
      ),
      plot.text(bars, {
        x: (bar: Bar) => Math.max(bar.value, bar.was ?? 0),
        y: 'name',
        text: 'label',
        textAnchor: 'start',
        dx: 6,
        fill: 'var(--ink)',
      }),
      plot.ruleX([0], { stroke: 'var(--line-strong)' }),
    ],
  });
}

function shortened(name: string, room: number): string {
  if (widthOf(name) <= room) return name;
  const letters = [...name];
  while (letters.length > 1 && widthOf(letters.join('')) > room - 1) letters.pop();
  return `${letters.join('')}…`;
}

/** In letters; those of Chinese are about twice as wide. */
function widthOf(text: string): number {
  return [...text].reduce((width, letter) => width + (letter > '\u2e80' ? 1.8 : 1), 0);
}
