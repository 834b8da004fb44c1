import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { percentiles } from './figures.ts';
import { openRawLog, rawRows, lastPosition } from './raw-log.ts';
import { startBuiltServer, type BenchServer } from './server.ts';
import type { Percentiles } from './queries.workload.ts';

export type Circumstance = 'idle' | 'busy' | 'rebuilding';

export interface VisibilityInput {
  readonly server: string;
  readonly data: string;
  readonly circumstance: Circumstance;
  readonly samples: number;
  /** A log whose rows are appended and read back with bare SQL, and an empty one to do it in. */
  readonly rowsOf: string;
  readonly rawFile: string;
}

export interface VisibilityResult {
  /** From sending the command to having read the deal that contains it. */
  readonly whole: Percentiles;
  /** The part of it after the command was answered. */
  readonly reading: Percentiles;
  readonly raw: Percentiles;
  readonly samples: number;
  readonly serverPeakMebibytes?: number;
}

const COMMANDS_A_SECOND = 50;

/** Gives commands and reads at once what they changed, from a server under some circumstance. */
export async function run(input: VisibilityInput): Promise<VisibilityResult> {
  const { data, circumstance, samples } = input;
  const server = await startBuiltServer(input.server, data);
  const deals = await openDeals(server);
  const whole: number[] = [];
  const reading: number[] = [];

  async function sample(number: number): Promise<void> {
    const path = `/api/v1/opportunities/${deals[number % deals.length]}`;
    const sentAt = performance.now();
    const { body: answer } = await server.post(`${path}/log-activity`, { kind: 'call', outcome: 'interested' });
    const answeredAt = performance.now();
    const { body: deal } = await server.get(`${path}?after=${String(answer['position'])}`);
    const readAt = performance.now();
    if (Number(deal['revision']) < Number(answer['revision']))
      throw new Error(`${path} lacks the command it waited for.`);
    whole.push(readAt - sentAt);
    reading.push(readAt - answeredAt);
  }

  for (let number = 0; number < 50; number += 1) await sample(number);
  whole.length = 0;
  reading.length = 0;
  const stopLoad = circumstance === 'busy' ? startLoad(server, deals) : undefined;
  if (circumstance === 'rebuilding')
    await server.post('/api/v1/projections/opportunities/rebuild', { reason: 'bench' });
  let number = 50;
  while (whole.length < samples) {
    await sample((number += 1));
    // As people do: not the next one at once. A rebuild is not slowed by commands in a row that nobody gives.
    if (circumstance === 'rebuilding') await wait(10);
    if (circumstance === 'rebuilding' && whole.length % 20 === 0 && !(await isRebuilding(server))) break;
  }
  await stopLoad?.();
  const serverPeakMebibytes = server.peakMebibytes();
  while (await isRebuilding(server)) await wait(200);
  await server.stop();
  return {
    whole: percentiles(whole),
    reading: percentiles(reading),
    raw: bareTimes(input),
    samples: whole.length,
    ...(serverPeakMebibytes === undefined ? {} : { serverPeakMebibytes }),
  };
}

async function openDeals(server: BenchServer): Promise<readonly string[]> {
  const { body } = await server.get('/api/v1/opportunities?status=open&limit=500');
  return (body['opportunities'] as readonly { id: string }[]).map(({ id }) => id);
}

async function isRebuilding(server: BenchServer): Promise<boolean> {
  const { body } = await server.get('/api/v1/projections/opportunities');
  return body['state'] === 'rebuilding';
}

/** Gives commands at a steady rate, whether or not those before are answered. */
function startLoad(server: BenchServer, deals: readonly string[]): () => Promise<void> {
  const underWay = new Set<Promise<unknown>>();
  let number = 0;
  const timer = setInterval(() => {
    number += 1;
    const path = `/api/v1/opportunities/${deals[(number * 31) % deals.length]}/log-activity`;
    const answered = server.post(path, { kind: 'email', outcome: 'no answer' });
    underWay.add(answered);
    void answered.finally(() => underWay.delete(answered));
  }, 1_000 / COMMANDS_A_SECOND);
  return async () => {
    clearInterval(timer);
    await Promise.all(underWay);
  };
}

/** The least it can take: one commit of the event, one of the document, and reading the document. */
function bareTimes({ rowsOf, rawFile, samples }: VisibilityInput): Percentiles {
  const log = openRawLog(rawFile);
  const documents = new DatabaseSync(`${rawFile}.documents`);
  documents.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  documents.exec('CREATE TABLE IF NOT EXISTS documents (id TEXT PRIMARY KEY, document TEXT)');
  const upsert = documents.prepare('INSERT OR REPLACE INTO documents VALUES (?, ?)');
  const select = documents.prepare('SELECT document FROM documents WHERE id = ?');
  const times: number[] = [];
  const last = lastPosition(rawFile);
  for (const row of rawRows(rowsOf, last, last + samples)) {
    const startedAt = performance.now();
    log.append([row]);
    upsert.run(row[1]!, JSON.stringify(row));
    select.get(row[1]!);
    times.push(performance.now() - startedAt);
  }
  log.close();
  documents.close();
  return percentiles(times);
}
