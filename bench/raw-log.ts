import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/** One event as it lies in the table of events: all its columns, the position first. */
export type RawRow = SQLInputValue[];

/** The rows of a log after a position, up to another, in order. */
export function rawRows(file: string, after: number, to: number): RawRow[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const select = database.prepare('SELECT * FROM events WHERE position > ? AND position <= ? ORDER BY position');
  select.setReturnArrays(true);
  const rows = select.all(after, to) as unknown as RawRow[];
  database.close();
  return rows;
}

/** The position of a log's last event. */
export function lastPosition(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  const { last } = database.prepare('SELECT coalesce(max(position), 0) AS last FROM events').get() as { last: number };
  database.close();
  return last;
}

/** A connection with the settings of the thread that appends, and the bare statement that writes a row. */
export function openRawLog(file: string) {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536');
  database.exec('PRAGMA wal_autocheckpoint = 4000');
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  return {
    /** Writes rows in one transaction and so with one sync of the disk. */
    append(rows: readonly RawRow[]): void {
      begin.run();
      for (const row of rows) insert.run(...row);
      commit.run();
    },
    close: () => database.close(),
  };
}
