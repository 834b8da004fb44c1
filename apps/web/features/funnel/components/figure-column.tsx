import type { Column } from '../../../ui/data-table.tsx';
import type { DealsSearch } from '../deals-search.ts';
import { plainFigure, type FigureValue, type Unit } from '../figures.ts';
import type { ReportSearch } from '../report-search.ts';
import { Figure } from './figure.tsx';

/** A line of a table of a report: a stage, a month, a value of a dimension, or what one of them is compared with. */
export interface ReportRow<Of> {
  readonly key: string;
  readonly name: string;
  readonly of: Of;
  /** The same line in the period of comparison. */
  readonly was?: Of | undefined;
  /** The report this line belongs to, from which the deals behind it follow; absent where no list can show them. */
  readonly search: ReportSearch | undefined;
  /** Whether this line is itself of the period of comparison. */
  readonly compared?: boolean;
}

/** A column of figures that lead to their deals. */
export function figureColumn<Of>(
  id: string,
  header: string,
  unit: Unit,
  of: (line: Of) => FigureValue,
  to?: (search: ReportSearch, line: Of) => DealsSearch | undefined,
): Column<ReportRow<Of>> {
  return {
    id,
    header,
    numeric: true,
    cell: (row) => (
      <Figure value={of(row.of)} unit={unit} was={row.was && of(row.was)} to={row.search && to?.(row.search, row.of)} />
    ),
    csv: (row) => plainFigure(of(row.of), unit),
  };
}

/** The column that says what a line is about. */
export function nameColumn<Of>(header: string): Column<ReportRow<Of>> {
  return {
    id: 'name',
    header,
    cell: ({ name, compared }) => (
      <span className={`whitespace-nowrap ${compared ? 'text-muted pl-3 text-xs' : 'font-medium'}`}>{name}</span>
    ),
    csv: ({ name }) => name,
  };
}

/** A column of what is true at the moment of the report, whatever period is looked at: nothing to compare. */
export function momentColumn<Of>({ cell, csv, ...column }: Column<ReportRow<Of>>): Column<ReportRow<Of>> {
  return {
    ...column,
    cell: (row) => (row.compared ? null : cell({ ...row, was: undefined })),
    csv: (row) => (row.compared ? null : csv(row)),
  };
}
