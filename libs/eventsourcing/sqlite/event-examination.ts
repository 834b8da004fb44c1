import { isUtf8 } from 'node:buffer';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as breathe } from 'node:timers/promises';

const MOST_FAULTS = 100;
const ROWS_AT_ONCE = 1_000;
const TEXTS = ['stream', 'id', 'type', 'occurred_at', 'recorded_at', 'data', 'metadata', 'previous_hash', 'hash'];

/** What is wrong with the file of a log beyond what reading its events shows; at most a hundred faults of each kind. */
export async function examineEvents(database: DatabaseSync): Promise<readonly string[]> {
  const faults: string[] = [];
  try {
    const checks = database.prepare(`PRAGMA integrity_check(${MOST_FAULTS})`).all() as { integrity_check: string }[];
    faults.push(...checks.map(({ integrity_check: said }) => said).filter((said) => said !== 'ok'));

    const hidden = database.prepare('SELECT count(*) AS rows FROM events WHERE position < 1').get() as { rows: number };
    if (hidden.rows > 0) faults.push(`${hidden.rows} events lie before position 1, where no reader looks`);

    // Bytes that are not UTF-8 are read as replacement characters, so an event that has those could hide a change.
    const bytes = database.prepare(`SELECT position, CAST(${TEXTS.join(` || ' ' || `)} AS BLOB) AS bytes FROM events`);
    let rows = 0;
    let malformed = 0;
    for (const row of bytes.iterate() as Iterable<{ position: number; bytes: Uint8Array | null }>) {
      if ((row.bytes === null || !isUtf8(row.bytes)) && (malformed += 1) <= MOST_FAULTS) {
        faults.push(`the event at position ${row.position} is not UTF-8 text`);
      }
      rows += 1;
      if (rows % ROWS_AT_ONCE === 0) await breathe();
    }
  } catch (error) {
    faults.push(`the file cannot be read to its end: ${error instanceof Error ? error.message : String(error)}`);
  }
  return faults;
}
