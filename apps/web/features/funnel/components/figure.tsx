import type { DealsSearch } from '../deals-search.ts';
import { isOfDeals, useFigures, type FigureValue, type Unit } from '../figures.ts';
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
  // Of nothing then and now, there is nothing to say.
  const change = value || was ? figures.change(value, was, unit) : undefined;
  return (
    <>
      {to && isOfDeals(value, unit) ? <DealsLink to={to}>{text}</DealsLink> : text}
      {change !== undefined && <span className="text-muted block text-xs">{change}</span>}
    </>
  );
}
