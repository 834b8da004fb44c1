import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isDuplicate, patiently } from './event-schema.ts';
import { APPENDED, CONFLICT, REUSED, type AppendRequest, type Outcome } from './event-writer-messages.ts';

const MOST_HEADS_REMEMBERED = 100_000;

/**
 * Makes the function that appends a group of requests in one transaction and so with one sync of the disk. Each request
 * is judged by itself, after those before it; a refused one leaves no trace. The outcomes may be told when it returns.
 * It throws where the transaction as a whole failed; then nothing was written.
 */
export function eventAppender(database: DatabaseSync): (requests: readonly AppendRequest[]) => Outcome[] {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const removeAfter = database.prepare('DELETE FROM events WHERE position > ?');
  const selectIds = database.prepare(
    'SELECT id, position FROM events WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?',
  );
  const log = logEnds(database);

  function append({ stream, expected, events }: AppendRequest): Outcome {
    const head = log.head(stream);
    if (head !== expected) {
      const position = expected < head ? positionOfSame(stream, expected, events) : undefined;
      return position === undefined ? [CONFLICT, head, 0] : [APPENDED, expected + events.length, position];
    }
    const last = log.last();
    for (const [index, columns] of events.entries()) {
      try {
        insert.run(last + index + 1, stream, head + index + 1, ...columns);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        if (index > 0) removeAfter.run(last);
        return [REUSED, index, 0];
      }
    }
    log.moveTo(stream, head + events.length, last + events.length);
    return [APPENDED, head + events.length, last + events.length];
  }

  /** The position of the last of these events where all of them follow the revision already. */
  function positionOfSame(stream: string, revision: number, events: AppendRequest['events']): number | undefined {
    const rows = selectIds.all(stream, revision, events.length) as { id: string; position: number }[];
    const same = rows.length === events.length && rows.every((row, index) => row.id === events[index]?.[0]);
    return same ? rows.at(-1)?.position : undefined;
  }

  return (requests) => {
    patiently(() => begin.run());
    try {
      log.refresh();
      const outcomes = requests.map(append);
      commit.run();
      return outcomes;
    } catch (error) {
      log.forget();
      // After some errors SQLite has rolled back by itself.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
}

/** Remembers where the log and its streams end, for as long as no other connection writes to the file. */
function logEnds(database: DatabaseSync) {
  const selectVersion = database.prepare('PRAGMA data_version');
  const selectLast = database.prepare('SELECT max(position) FROM events');
  const selectHead = database.prepare('SELECT max(revision) FROM events WHERE stream = ?');
  for (const statement of [selectVersion, selectLast, selectHead]) statement.setReturnArrays(true);
  const heads = new Map<string, number>();
  let last: number | undefined;
  let version: number | undefined;

  return {
    /** To be called inside each transaction: what another connection may have changed is not trusted. */
    refresh() {
      const current = numberFrom(selectVersion);
      if (current !== version) this.forget();
      version = current;
    },
    forget() {
      heads.clear();
      last = undefined;
    },
    last: () => (last ??= numberFrom(selectLast) ?? 0),
    head: (stream: string) => heads.get(stream) ?? numberFrom(selectHead, stream) ?? -1,
    moveTo(stream: string, revision: number, position: number) {
      if (heads.size >= MOST_HEADS_REMEMBERED) heads.clear();
      heads.set(stream, revision);
      last = position;
    },
  };
}

function numberFrom(statement: StatementSync, ...parameters: string[]): number | undefined {
  const [number] = statement.get(...parameters) as unknown as [number | null];
  return number ?? undefined;
}
