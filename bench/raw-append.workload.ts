import { lastPosition, openRawLog, rawRows } from './raw-log.ts';

export interface RawAppendInput {
  /** The log whose rows after a position, up to another, are appended to this one. */
  readonly rowsOf: string;
  readonly after: number;
  readonly to: number;
  readonly file: string;
  readonly rowsOfCommit: number;
}

/** Appends rows to a log that lacks them with nothing but SQL; says in how many seconds. */
export async function run({ rowsOf, after, to, file, rowsOfCommit }: RawAppendInput): Promise<number> {
  const log = openRawLog(file);
  const missing = rawRows(rowsOf, lastPosition(file), after);
  for (let at = 0; at < missing.length; at += rowsOfCommit) log.append(missing.slice(at, at + rowsOfCommit));
  const rows = rawRows(rowsOf, after, to);
  const startedAt = performance.now();
  for (let at = 0; at < rows.length; at += rowsOfCommit) log.append(rows.slice(at, at + rowsOfCommit));
  const seconds = (performance.now() - startedAt) / 1_000;
  log.close();
  return seconds;
}
