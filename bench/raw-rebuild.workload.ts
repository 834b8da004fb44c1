import { DatabaseSync } from 'node:sqlite';

const PAGE = 2_000;

type Row = [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  occurredAt: string,
  recordedAt: string,
  data: string,
];

/** Reads every event with all its columns, parses its data and folds it into a trivial document per stream. In seconds. */
export async function run({ log }: { log: string }): Promise<number> {
  const startedAt = performance.now();
  const database = new DatabaseSync(log, { readOnly: true });
  const select = database.prepare('SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?');
  select.setReturnArrays(true);
  const documents = new Map<string, { id: string; events: number; fields: number; last: string }>();
  let last = 0;
  for (let more = true; more;) {
    const rows = select.all(last, PAGE) as unknown as Row[];
    for (const [position, stream, , , type, , , data] of rows) {
      const before = documents.get(stream) ?? { id: stream, events: 0, fields: 0, last: '' };
      const fields = Object.keys(JSON.parse(data) as object).length;
      documents.set(stream, { ...before, events: before.events + 1, fields: before.fields + fields, last: type });
      last = position;
    }
    more = rows.length === PAGE;
  }
  database.close();
  if (documents.size === 0) throw new Error(`There is no event in ${log}.`);
  return (performance.now() - startedAt) / 1_000;
}
