import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { StoreUnavailable } from '../errors.ts';

/** SQLite's result codes for what may work later: busy, locked, input or output, full, cannot open. */
const PASSING = new Set([5, 6, 10, 13, 14]);
const STATEMENTS_KEPT = 500;

/** One connection with its prepared statements; rows come as arrays. */
export interface Connection {
  readonly database: DatabaseSync;
  /** The statement, prepared once. */
  statement(sql: string): StatementSync;
  /** Runs all of it or nothing. Throws `StoreUnavailable` where the file stays locked or cannot be read or written. */
  transaction<Result>(work: () => Result): Result;
}

export function openConnection(file: string, kind: 'reading' | 'writing'): Connection {
  const database = unlessUnavailable(() => new DatabaseSync(file, { readOnly: kind === 'reading', timeout: 10_000 }));
  const begin = kind === 'reading' ? 'BEGIN' : 'BEGIN IMMEDIATE';
  const statements = new Map<string, StatementSync>();

  function statement(sql: string): StatementSync {
    const kept = statements.get(sql);
    if (kept) return kept;
    // Statements name the table of one generation, so those of generations gone by would pile up.
    if (statements.size >= STATEMENTS_KEPT) statements.clear();
    const prepared = database.prepare(sql);
    prepared.setReturnArrays(true);
    statements.set(sql, prepared);
    return prepared;
  }

  function transaction<Result>(work: () => Result): Result {
    return unlessUnavailable(() => {
      statement(begin).run();
      try {
        const result = work();
        statement('COMMIT').run();
        return result;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  return { database, statement, transaction };
}

/** Runs something on a database, making a passing failure of SQLite a `StoreUnavailable`. */
export function unlessUnavailable<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) : 0;
    if (!PASSING.has(code & 0xff)) throw error;
    throw new StoreUnavailable('The file of the read models cannot be used now.', { cause: error });
  }
}
