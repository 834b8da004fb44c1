import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from 'csv-parse';
import { NotFound, RuleViolation } from '../eventsourcing/errors.ts';
import { brokenRule, type BrokenRule } from './broken-rule.ts';

/** One row of a file by column name, and the line it begins on (the heading is line 1). */
export interface CsvRow {
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
  /** Bytes of the file read so far, of how many. */
  readonly read: number;
  readonly size: number;
}

/** Something about a row that kept it, or a part of it, from being imported. */
export interface Refusal extends BrokenRule {
  readonly file: string;
  readonly line: number;
  readonly column?: string;
}

type OnRefusal = (line: number, broken: BrokenRule) => void;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** What UTF-8 text cannot contain: the mark of a file in another encoding. */
const UNREADABLE = '\uFFFD';
/** What no text over HTTP may contain either; tab and line ends are no such characters. */
// oxlint-disable-next-line no-control-regex
const CONTROL_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * Reads a CSV file with a heading, row by row, without the spaces around its cells. A row with too many or too few
 * cells, one that is not UTF-8 or has control characters, and a quote that is never closed are told to `onRefusal` and left out.
 */
export async function* csvRows(path: string, delimiter: string, onRefusal: OnRefusal): AsyncGenerator<CsvRow> {
  const size = await sizeOf(path);
  let heading: readonly string[] | undefined;
  for await (const { line, cells, read } of csvRecords(path, delimiter, onRefusal)) {
    const text = cells.join('');
    if (!heading) heading = cells;
    else if (cells.length !== heading.length) onRefusal(line, otherCells(cells.length, heading.length));
    else if (text.includes(UNREADABLE)) onRefusal(line, brokenRule('row_encoding', 'is not UTF-8 text'));
    else if (CONTROL_CHARACTER.test(text)) onRefusal(line, brokenRule('row_control', 'contains a control character'));
    else yield { line, values: Object.fromEntries(heading.map((name, index) => [name, cells[index]!])), read, size };
  }
}

/**
 * Throws where a file cannot be read by columns: `NotFound` where there is none, `RuleViolation` where it is empty, lacks
 * one of the columns or has it twice.
 */
export async function requireColumns(path: string, delimiter: string, columns: Iterable<string>): Promise<void> {
  const file = basename(path);
  const heading = await columnsOf(path, delimiter);
  for (const column of columns) {
    const found = heading.filter((name) => name === column).length;
    if (found === 1) continue;
    const fault = found === 0 ? `has no column "${column}"` : `has the column "${column}" ${found} times`;
    throw new RuleViolation('column_missing', `${file} ${fault}; it has ${heading.join(', ')}.`, column, {
      file,
      column,
    });
  }
}

/** The heading of a file. Throws `NotFound` where there is none, `RuleViolation` where it is empty or no text. */
export async function columnsOf(path: string, delimiter: string): Promise<readonly string[]> {
  await sizeOf(path);
  for await (const { cells } of csvRecords(path, delimiter, () => undefined)) {
    if (!cells.some((cell) => CONTROL_CHARACTER.test(cell))) return cells;
    throw new RuleViolation('file_not_text', `${basename(path)} is no text file. Save its table as CSV and send that.`);
  }
  throw new RuleViolation('file_empty', `${basename(path)} is empty.`);
}

async function sizeOf(path: string): Promise<number> {
  try {
    const { size, isFile } = await stat(path).then((found) => ({ size: found.size, isFile: found.isFile() }));
    if (!isFile) throw new RuleViolation('not_a_file', `${path} is not a file.`);
    return size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new NotFound('file', path);
    throw error;
  }
}

/** A row as it stands in the file, the heading too. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
  readonly read: number;
}

/** Reads a CSV file row by row, whatever number of cells they have; what is no CSV is told to `onRefusal` and left out. */
export async function* csvRecords(path: string, delimiter: string, onRefusal: OnRefusal): AsyncGenerator<CsvRecord> {
  // The parser's own count of lines takes a CRLF within quotes for two.
  let lines = 1;
  const beginningOf = (raw: string): number => {
    const beginning = lines + breaksIn(/^[\r\n]*/.exec(raw)![0]);
    lines += breaksIn(raw);
    return beginning;
  };
  const file = createReadStream(path);
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error, raw) => {
      onRefusal(beginningOf(raw ?? ''), parserRule(error));
      return undefined;
    },
  });
  file.once('error', (error) => parser.destroy(error));
  file.pipe(parser);
  try {
    for await (const entry of parser as AsyncIterable<{ record: string[]; raw: string; info: { bytes: number } }>) {
      const line = beginningOf(entry.raw);
      yield { line, cells: entry.record.map((cell) => cell.trim()), read: entry.info.bytes };
    }
  } finally {
    file.destroy();
  }
}

/** How many lines end in a text; CRLF ends one. Counted by hand, as every row of large files comes by here. */
function breaksIn(text: string): number {
  let breaks = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character === LINE_FEED || (character === CARRIAGE_RETURN && text.charCodeAt(index + 1) !== LINE_FEED))
      breaks++;
  }
  return breaks;
}

function otherCells(cells: number, columns: number): BrokenRule {
  return brokenRule('row_cells', `has ${cells} cells, not ${columns}`, { cells, columns });
}

function parserRule(error: { readonly code?: string; readonly message: string } | undefined): BrokenRule {
  return error?.code === 'CSV_QUOTE_NOT_CLOSED'
    ? brokenRule('row_quote', 'opens a quote that is never closed: nothing behind it was read')
    : brokenRule('row_form', `is not CSV: ${error?.message ?? 'unreadable'}`);
}
