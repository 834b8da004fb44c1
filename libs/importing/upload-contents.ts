import type { BrokenRule } from './broken-rule.ts';
import { columnsOf, csvRows, type Refusal } from './csv-rows.ts';
import type { Upload } from './uploads.ts';

export interface UploadHeading {
  readonly delimiter: string;
  readonly columns: readonly string[];
}

/** What a file holds, as far as a person needs to see it to say how it is to be read. */
export interface UploadContents extends UploadHeading {
  /** The cells of the first rows, in the order of the columns. */
  readonly rows: readonly (readonly string[])[];
  readonly rowCount: number;
  /** Lines that cannot be read whatever the map; the first of them. */
  readonly refusals: readonly Refusal[];
  readonly refusalCount: number;
}

const DELIMITERS = [',', ';', '\t', '|'];
const ROWS_SHOWN = 20;
const REFUSALS_SHOWN = 100;

/** Reads the whole file. Throws `RuleViolation` `file_empty`. */
export async function contentsOf({ path, name }: Upload): Promise<UploadContents> {
  const { delimiter, columns } = await headingOf(path);
  const rows: string[][] = [];
  const refusals: Refusal[] = [];
  let rowCount = 0;
  let refusalCount = 0;
  const refuse = (line: number, broken: BrokenRule): void => {
    refusalCount += 1;
    if (refusals.length < REFUSALS_SHOWN) refusals.push({ file: name, line, ...broken });
  };
  for await (const { values } of csvRows(path, delimiter, refuse)) {
    rowCount += 1;
    if (rows.length < ROWS_SHOWN) rows.push(columns.map((column) => values[column] ?? ''));
  }
  return { delimiter, columns, rows, rowCount, refusals, refusalCount };
}

/** The heading, cut by the character that makes most columns of it; by a comma where none does. */
export async function headingOf(path: string): Promise<UploadHeading> {
  const headings = await Promise.all(
    DELIMITERS.map(async (delimiter) => ({ delimiter, columns: await columnsOf(path, delimiter) })),
  );
  return headings.reduce((best, one) => (one.columns.length > best.columns.length ? one : best));
}
