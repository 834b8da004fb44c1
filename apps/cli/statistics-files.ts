/** The reading of files that statistics are computed from. A file is read whole or refused at its first fault. */
import { basename } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { columnsOf, csvRows, type CsvRow } from '../../libs/importing/csv-rows.ts';

/** A file cannot be computed from: which one and, where it is one place in it, which line and column. */
export class FileFault extends Error {
  readonly file: string;
  readonly line: number | undefined;
  readonly column: string | undefined;
  constructor(path: string, rule: string, line?: number, column?: string) {
    const file = basename(path);
    const place = [file, line && `line ${line}`, column !== undefined && `column "${column}"`].filter(Boolean);
    super(`${place.join(', ')}: ${rule}`);
    this.name = 'FileFault';
    this.file = file;
    this.line = line;
    this.column = column;
  }
}

/** The option that says what stands between the cells of a file. */
export function delimiterOption(): Option {
  return new Option('--delimiter <character>', 'what stands between the cells (default: a comma)').argParser(
    (text: string) => {
      const character = text === String.raw`\t` ? '\t' : text;
      if (character.length === 1) return character;
      throw new InvalidArgumentError(String.raw`It must be one character, or \t for a tab.`);
    },
  );
}

/** How a column is found: by the name that was asked for, otherwise by the first of its usual names that is there. */
export interface ColumnSought {
  readonly names: readonly string[];
  readonly asked?: string | undefined;
  /** It may be missing, unless it was asked for. */
  readonly optional?: true;
}

/** The heading that each column was found under. */
export type ColumnsFound<Name extends string> = Readonly<Record<Name, string | undefined>>;

/**
 * Finds columns by their headings, capitals or not. Throws `FileFault` where one is missing, or its heading stands there
 * twice; `NotFound` and `RuleViolation` where there is no file or nothing in it.
 */
export async function findColumns<Name extends string>(
  path: string,
  sought: Readonly<Record<Name, ColumnSought>>,
  delimiter = ',',
): Promise<ColumnsFound<Name>> {
  const headings = await columnsOf(path, delimiter);
  const found = Object.entries<ColumnSought>(sought).map(([name, column]) => {
    const names = column.asked === undefined ? column.names : [column.asked];
    const [first, second] = names
      .map((wanted) => headings.filter((heading) => heading.toLowerCase() === wanted.toLowerCase()))
      .find(({ length }) => length > 0) ?? [undefined];
    if (second !== undefined) throw new FileFault(path, `has the column "${first}" more than once.`);
    if (first === undefined && !(column.optional && column.asked === undefined)) {
      const wanted = names.map((heading) => `"${heading}"`).join(' or ');
      throw new FileFault(path, `has no column ${wanted}; it has ${headings.join(', ')}.`);
    }
    return [name, first];
  });
  return Object.fromEntries(found) as ColumnsFound<Name>;
}

/** The rows of a file. Throws `FileFault` at the first one that is not as the heading says. */
export async function* fileRows(path: string, delimiter = ','): AsyncGenerator<CsvRow> {
  let fault: FileFault | undefined;
  const rows = csvRows(path, delimiter, (line, { rule }) => {
    fault ??= new FileFault(path, `${rule}.`, line);
  });
  let last = 1;
  for await (const row of rows) {
    // The parser may be some rows ahead of the one it gives.
    if (fault && fault.line! < row.line) throw fault;
    last = row.line;
    yield row;
  }
  if (fault) throw fault;
  if (last === 1) throw new FileFault(path, 'has no rows below its heading.');
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;

/** A number of a cell within bounds, both included. Throws `FileFault`, also where the cell is empty. */
export function numberIn(
  path: string,
  { line, values }: CsvRow,
  column: string,
  { atLeast = -Infinity, atMost = Infinity, whole = false } = {},
): number {
  const text = values[column] ?? '';
  const number = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) throw new FileFault(path, `"${text}" is no number.`, line, column);
  if (whole && !Number.isSafeInteger(number)) {
    throw new FileFault(path, `${text} is no whole number that can be counted exactly.`, line, column);
  }
  if (number < atLeast) throw new FileFault(path, `${text} is less than ${atLeast}.`, line, column);
  if (number > atMost) throw new FileFault(path, `${text} is more than ${atMost}.`, line, column);
  return number;
}
