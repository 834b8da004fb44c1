import type { DealsSearch } from '../deals-search.ts';
import { useFigures, type FigureValue, type Unit } from '../figures.ts';
import { DealsLink } from './deals-link.tsx';

interface FigureProps {
  readonly value: FigureValue;
  readonly unit: Unit;
  /** The same figure in the period of comparison. */
  readonly was?: FigureValue;
  /** The deals behind it. */
  readonly to?: DealsSearch | undefined;
}

/** A figure of a table, with what changed against the period of comparison. */
export function Figure({ value, unit, was, to }: FigureProps) {
  const figures = useFigures();
  const text = figures.text(value, unit);
  const change = value === was ? undefined : figures.change(value, was, unit);
  return (
    <>
      {to && value ? <DealsLink to={to}>{text}</DealsLink> : text}
      {change !== undefined && <span className="text-muted block text-xs">{change}</span>}
    </>
  );
}
