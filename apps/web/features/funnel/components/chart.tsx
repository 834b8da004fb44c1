import { useEffect, useRef, useState } from 'react';

export type Plot = typeof import('@observablehq/plot');

interface ChartProps {
  readonly title: string;
  /** The figures in words, for who cannot see them. */
  readonly description: string;
  /** Pixels; kept free while the chart is loaded, so that nothing moves. */
  readonly height: number;
  readonly draw: (plot: Plot, size: { readonly width: number; readonly height: number }) => Element;
}

/** A chart that is as wide as its place and takes the colours of the theme. */
export function Chart({ title, description, height, draw }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<Plot>();
  const [failure, setFailure] = useState<unknown>();
  const [width, setWidth] = useState(0);
  useEffect(() => {
    void import('@observablehq/plot').then(setPlot, setFailure);
  }, []);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!plot || width === 0) return;
    const drawn = draw(plot, { width, height });
    // Its name and its figures in words are those of the place.
    drawn.setAttribute('aria-hidden', 'true');
    place.current!.replaceChildren(drawn);
    return () => drawn.remove();
  }, [plot, draw, width, height]);
  // What failed to load is shown by the page's own error, with a way to load it again.
  if (failure !== undefined) throw failure;
  return (
    <div
      ref={place}
      role="img"
      aria-label={`${title}. ${description}`}
      style={{ minHeight: height }}
      className="w-full overflow-hidden"
    />
  );
}

/** What all charts share. */
export const CHART_STYLE = {
  background: 'transparent',
  color: 'var(--ink)',
  fontFamily: 'inherit',
  fontSize: '12px',
  overflow: 'visible',
} as const;
