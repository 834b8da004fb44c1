import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { openSqliteReadModelStore } from '../libs/eventsourcing/sqlite/sqlite-read-model-store.ts';
import { percentiles } from './figures.ts';
import { questions } from './questions.ts';

export interface QueriesInput {
  readonly readModels: string;
  readonly deals: number;
  /** Most milliseconds for a question, and as much again for its bare statements. */
  readonly milliseconds: number;
}

export type Percentiles = ReturnType<typeof percentiles>;
export type QueriesResult = Readonly<Record<string, { readonly ours: Percentiles; readonly raw: Percentiles }>>;

/** How many deals, owners or days a question is asked of in turn. */
const VARIANTS = 16;
const BLOCK = 16;
const LEAST = 112;

/** Asks every question by its function, and has its bare SQL statements answered by SQLite, in turns. */
export async function run({ readModels, deals, milliseconds }: QueriesInput): Promise<QueriesResult> {
  const statements = await statementsOf(readModels, deals);
  const store = openSqliteReadModelStore({ file: readModels });
  const database = new DatabaseSync(readModels, { readOnly: true });
  const prepared = new Map<string, StatementSync>();
  const result: Record<string, { ours: Percentiles; raw: Percentiles }> = {};

  function answerBare(recorded: readonly Recorded[]): number {
    let rows = 0;
    for (const { sql, values } of recorded) {
      let statement = prepared.get(sql);
      if (!statement) {
        statement = database.prepare(sql);
        statement.setReturnArrays(true);
        prepared.set(sql, statement);
      }
      rows += statement.all(...values).length;
    }
    return rows;
  }

  for (const [index, question] of questions.entries()) {
    const ours: number[] = [];
    const raw: number[] = [];
    for (let number = 0; number < VARIANTS; number += 1) {
      await question.ask(store, number, deals);
      answerBare(statements[index]![number]!);
    }
    const endsAt = performance.now() + 2 * milliseconds;
    while (performance.now() < endsAt || ours.length < LEAST) {
      for (let number = 0; number < BLOCK; number += 1) {
        const startedAt = performance.now();
        await question.ask(store, number, deals);
        ours.push(performance.now() - startedAt);
      }
      for (let number = 0; number < BLOCK; number += 1) {
        const startedAt = performance.now();
        answerBare(statements[index]![number]!);
        raw.push(performance.now() - startedAt);
      }
    }
    result[question.name] = { ours: percentiles(ours), raw: percentiles(raw) };
  }
  database.close();
  await store.close();
  return result;
}

interface Recorded {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** The statements that each variant of each question executes, listened to on a store of their own. */
async function statementsOf(readModels: string, deals: number): Promise<Recorded[][][]> {
  let recording: Recorded[] = [];
  const { prepare } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function (sql: string): StatementSync {
    const statement = prepare.call(this, sql);
    for (const method of ['all', 'get'] as const) {
      const original = statement[method].bind(statement) as (...values: SQLInputValue[]) => unknown;
      const listening = (...values: SQLInputValue[]): unknown => {
        recording.push({ sql, values });
        return original(...values);
      };
      Object.defineProperty(statement, method, { value: listening });
    }
    return statement;
  };
  const store = openSqliteReadModelStore({ file: readModels });
  const all: Recorded[][][] = [];
  for (const question of questions) {
    const variants: Recorded[][] = [];
    for (let number = 0; number < VARIANTS; number += 1) {
      recording = [];
      await question.ask(store, number, deals);
      variants.push(recording);
    }
    all.push(variants);
  }
  await store.close();
  DatabaseSync.prototype.prepare = prepare;
  return all;
}
