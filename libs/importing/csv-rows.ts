import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { parse } from 'csv-parse';

/** One row of a file by column name, and the line it begins on (the heading is line 1). */
export interface CsvRow {
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
  /** Bytes of the file read so far, of how many. */
  readonly read: number;
  readonly size: number;
}

/** Something about a row that kept it, or a part of it, from being imported. */
export interface Refusal {
  readonly file: string;
  readonly line: number;
  readonly column?: string;
  readonly rule: string;
}

/**
 * Reads a CSV file with a heading, row by row. A row with too many or too few cells is told to `onRefusal` and left out.
 * Throws where the file is missing or is not CSV at all.
 */
export async function* csvRows(
  path: string,
  delimiter: string,
  onRefusal: (line: number, rule: string) => void,
): AsyncGenerator<CsvRow> {
  const { size } = await stat(path);
  const parser = createReadStream(path).pipe(
    parse({
      bom: true,
      columns: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }),
  );
  let headings: number | undefined;
  for await (const entry of parser as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number; bytes: number; error?: { message: string }; columns: readonly unknown[] };
  }>) {
    const { record, info } = entry;
    headings ??= info.columns.length;
    if (info.error) onRefusal(info.lines, `has not ${headings} cells as the heading`);
    else yield { line: info.lines, values: record, read: info.bytes, size };
  }
}
