import { useMemo } from 'react';

/** The same object as long as the figures are the same, so that a chart is drawn anew only where a figure changed. */
export function useSameFigures<Figures>(figures: readonly Figures[]): readonly Figures[] {
  const told = JSON.stringify(figures);
  return useMemo(() => JSON.parse(told) as readonly Figures[], [told]);
}
