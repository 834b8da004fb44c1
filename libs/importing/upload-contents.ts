import { columnsOf, csvRows, type Refusal } from './csv-rows.ts';
import type { Upload } from './uploads.ts';

/** What a file holds, as far as a person needs to see it to say how it is to be read. */
export interface UploadContents {
  readonly delimiter: string;
  readonly columns: readonly string[];
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
  const delimiter = await delimiterOf(path);
  const columns = await columnsOf(path, delimiter);
  const rows: string[][] = [];
  const refusals: Refusal[] = [];
  let rowCount = 0;
  let refusalCount = 0;
  const refuse = (line: number, rule: string): void => {
    refusalCount += 1;
    if (refusals.length < REFUSALS_SHOWN) refusals.push({ file: name, line, rule });
  };
  for await (const { values } of csvRows(path, delimiter, refuse)) {
    rowCount += 1;
    if (rows.length < ROWS_SHOWN) rows.push(columns.map((column) => values[column] ?? ''));
  }
  return { delimiter, columns, rows, rowCount, refusals, refusalCount };
}

/** The character that cuts the heading into most columns; a comma where none does. */
export async function delimiterOf(path: string): Promise<string> {
  let best = { delimiter: ',', columns: 1 };
  for (const delimiter of DELIMITERS) {
    const { length: columns } = await columnsOf(path, delimiter);
    if (columns > best.columns) best = { delimiter, columns };
  }
  return best.delimiter;
}
