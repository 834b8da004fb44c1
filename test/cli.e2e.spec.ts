import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';

const main = resolve('dist/apps/cli/main.js');
const SAMPLE = ['--deals', '200', '--seed', '7', '--until', '2026-09-30'];
const UNTOUCHED = ['EVENTSTORE_URL', 'MONGODB_URL', 'DEALTRAIL_DATA', 'DEALTRAIL_TOKENS', 'PORT', 'HOST', 'ROLES'];

let folder: string;
let data: string;
let sampled: Ran;

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function environmentWith(variables: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !UNTOUCHED.includes(name));
  return { ...Object.fromEntries(inherited), ...variables };
}

/** Runs the built command as anybody would, in an empty directory. */
function run(args: readonly string[], variables?: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((done) => {
    const options = { cwd: folder, env: environmentWith(variables), maxBuffer: 2 ** 28 };
    execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** Runs a command on the sample; its standard output must be one JSON document and nothing else. */
async function json<Document>(...args: readonly string[]): Promise<Document> {
  const { code, stdout, stderr } = await run([...args, '--json', '--data', data]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Document;
}

async function text(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run([...args, '--data', data]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dealtrail-cli-'));
  data = join(folder, 'data');
  sampled = await run(['sample', ...SAMPLE, '--json', '--data', data]);
});

afterAll(() => rm(folder, { recursive: true }));

describe('the dealtrail command', () => {
  test.each([
    [['nonsense']],
    [['funnel', '--nonsense']],
    [['funnel', 'nonsense']],
    [['funnel', '--by', 'nonsense']],
    [['funnel', '--from', '2026-02-30']],
    [['funnel', '--as-of', 'yesterday']],
    [['funnel', '--from', '2026-02-01', '--to', '2026-01-31']],
    [['forecast', '--target', '5']],
    [['forecast', '--target', 'JPY 5.5']],
    [['sample', '--deals', '-1']],
    [['rebuild', 'nonsense']],
    [['export']],
    [['export', 'nonsense']],
    [['export', 'events', '--format', 'xml']],
    [['export', 'events', '--format', 'csv', '--json']],
    [['audit']],
    [['audit', 'log']],
    [['audit', 'verify', '--expect', 'nonsense']],
    [['audit', 'replay']],
    [['audit', 'replay', '--to', 'nonsense']],
    [['audit', 'replay', '--to', '9999-12-31']],
    [['audit', 'replay', '--to', '99999999']],
    [['audit', 'diff', '2026-01-01']],
    [['audit', 'diff', '2026-02-01', '2026-01-01']],
    [['serve', '--port', '65536']],
  ])('does not understand %j and says why', async (args) => {
    const { code, stdout, stderr } = await run([...args, ...(args[0] === 'nonsense' ? [] : ['--data', data])]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stderr.trim()).not.toBe('');
  });

  test.each([
    [['funnel', '--pipeline', 'nonsense'], 'There is no pipeline nonsense.'],
    [['audit', 'log', 'opportunity-nonsense'], 'There is no stream opportunity-nonsense.'],
    [['funnel', '--replayed', 'nonsense'], 'nonsense holds no replay.'],
    [['sample', '--deals', '5'], 'There are events already; a sample needs an empty store.'],
  ])('refuses %j with its reason alone', async (args, reason) => {
    const ran = await run([...args, '--json', '--data', data]);
    expect(ran).toEqual({ code: 1, stdout: '', stderr: `${reason}\n` });
  });

  test('takes no mistyped directory for an empty store', async () => {
    const missing = join(folder, 'missing');
    expect(await run(['audit', 'verify', '--data', missing])).toMatchObject({ code: 1, stdout: '' });
    expect(existsSync(missing)).toBe(false);
  });

  test('finds its store by the environment, which the option overrules', async () => {
    expect(await run(['status'], { DEALTRAIL_DATA: data })).toMatchObject({ code: 0 });
    expect(await run(['status', '--data', data], { DEALTRAIL_DATA: 'elsewhere' })).toMatchObject({ code: 0 });
    expect(await run(['status', '--data', data], { EVENTSTORE_URL: 'http://nonsense' })).toMatchObject({ code: 2 });
  });

  test('helps with every command', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    for (const name of ['serve', 'sample', 'funnel', 'forecast', 'rebuild', 'status', 'audit', 'export']) {
      expect(stdout).toContain(name);
    }
  });

  test('generates a sample and says what it did', () => {
    expect(sampled).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(sampled.stdout)).toMatchObject({ deals: 200, seed: 7, until: '2026-09-30' });
  });

  test('generates the same log from the same seed, byte for byte', async () => {
    const again = join(folder, 'again');
    await run(['sample', ...SAMPLE, '--data', again]);
    const { stdout } = await run(['export', 'events', '--format', 'ndjson', '--data', again]);
    expect(stdout).toBe(await text('export', 'events', '--format', 'ndjson'));
    const other = join(folder, 'other');
    await run(['sample', ...SAMPLE, '--seed', '8', '--data', other]);
    expect((await run(['export', 'events', '--format', 'ndjson', '--data', other])).stdout).not.toBe(stdout);
  });

  test('answers reports from read models that it brought up to date itself', async () => {
    const funnel = await json<{ total: { open: number; stages: { name: string; open: number }[] } }>('funnel');
    expect(funnel.total.stages.reduce((sum, { open }) => sum + open, 0)).toBe(funnel.total.open);
    const { groups } = await json<{ groups: { report: { open: number } }[] }>('funnel', '--by', 'owner');
    expect(groups.reduce((sum, { report }) => sum + report.open, 0)).toBe(funnel.total.open);
    expect(await text('funnel', '--from', '2026-01-01', '--to', '2026-06-30')).toMatch(/Negotiation.*\n[^]*win rate/);

    const forecast = await json<{ stages: { need: { needed: number } }[] }>('forecast', '--target', 'USD 540000.00');
    expect(forecast.stages.map(({ need }) => need.needed)).toEqual([150_000_000, 75_000_000, 60_000_000, 54_000_000]);
    expect(await text('forecast')).toMatch(/USD \d{1,3}(,\d{3})*\.\d\d/);

    const winLoss = await json<{ total: { won: number; lost: number; terminated: number } }>('win-loss');
    const { total, deals } = await json<{ total: number; deals: object[] }>('stalled', '--limit', '3');
    expect(winLoss.total.won).toBeGreaterThan(0);
    expect(total).toBeGreaterThanOrEqual(deals.length);
    expect(await text('board', '--owner', 'Nobody')).toContain('0 open');
    const listed = await json<{ opportunities: object[]; next: string }>('deals', '--limit', '5');
    const behind = await json<{ opportunities: object[] }>('deals', '--limit', '5', '--after', listed.next);
    expect(behind.opportunities).not.toEqual(listed.opportunities);
  });

  test('rebuilds read models into the same, serves those before again, and says how they are', async () => {
    await json('funnel');
    const { rebuilt } = await json<{ rebuilt: { projection: string; compared: number; differences: number }[] }>(
      'rebuild',
    );
    expect(rebuilt).toMatchObject([
      { projection: 'pipelines', compared: 1, differences: 0 },
      { projection: 'opportunities', compared: 200, differences: 0 },
      { projection: 'imports', compared: 0, differences: 0 },
    ]);
    const served = await json<{
      projections: { name: string; generation: string; previousGeneration: string; alarm: boolean; lag: number }[];
    }>('status');
    const [, opportunities] = served.projections;
    expect(opportunities).toMatchObject({ name: 'opportunities', alarm: false, lag: 0 });
    const { serving } = await json<{ serving: Record<string, string> }>('rebuild', 'opportunities', '--rollback');
    expect(serving).toEqual({ opportunities: opportunities!.previousGeneration });
    expect(await text('status')).toMatch(/opportunities.*0 events/);
  });

  test('exports tables and lines with the same content', async () => {
    const csv = parse(await text('export', 'opportunities'), { columns: true }) as Record<string, string>[];
    const lines = (await text('export', 'opportunities', '--format', 'ndjson')).trim().split('\n');
    expect(csv.length).toBe(200);
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(csv.map(({ id }) => id));
    expect(await json('export', 'opportunities')).toEqual(lines.map((line) => JSON.parse(line) as unknown));

    const file = join(folder, 'periods.csv');
    const { rows } = await json<{ rows: number }>('export', 'stage_periods', '--out', file);
    const periods = parse(await readFile(file), { columns: true }) as Record<string, string>[];
    expect(periods.length).toBe(rows);
    expect(Object.keys(periods[0]!).slice(0, 3)).toEqual(['id', 'opportunityId', 'pipelineId']);
  });

  test('serves, says where in one document, and ends when it is asked to', async () => {
    const args = [main, 'serve', '--port', '0', '--json', '--data', data];
    const server = spawn(process.execPath, args, {
      cwd: folder,
      env: environmentWith(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      server.stdout.setEncoding('utf8');
      const [told] = (await once(server.stdout, 'data')) as [string];
      const { url } = JSON.parse(told) as { url: string };
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
      // What a server leads, the command waits for.
      expect(await json('funnel', '--by', 'region')).toMatchObject({ pipelineId: 'default' });
    } finally {
      server.kill('SIGTERM');
    }
    expect(await once(server, 'exit')).toEqual([0, null]);
  });
});

describe('the audit command', () => {
  interface Entry {
    readonly stream: string;
    readonly type: string;
    readonly actor: { readonly id: string };
    readonly faults: readonly string[];
    readonly changes: readonly { readonly field: string }[];
    readonly position: string;
  }

  test('lists every event of a stream and what it changed', async () => {
    const { entries } = await json<{ entries: Entry[] }>('audit', 'log', 'opportunity-s7-1');
    expect(entries[0]).toMatchObject({ type: 'OpportunityOpened', revision: 0, source: 'sample', faults: [] });
    expect(entries.every(({ faults, actor }) => faults.length === 0 && actor.id !== '')).toBe(true);
    expect(await text('audit', 'log', 'opportunity-s7-1')).toMatch(/status: \S+ → /);
  });

  test('lists events of all streams by who, what and when, page by page', async () => {
    const won = ['audit', 'log', '--all', '--type', 'OpportunityWon', '--from', '2026-01-01', '--to', '2026-06-30'];
    const whole = await json<{ entries: Entry[]; next?: string }>(...won);
    expect(whole.entries.length).toBeGreaterThan(3);
    expect(whole.next).toBeUndefined();
    const first = await json<{ entries: Entry[]; next: string }>(...won, '--limit', '2');
    const second = await json<{ entries: Entry[] }>(...won, '--limit', '2', '--after', first.next);
    expect([...first.entries, ...second.entries]).toEqual(whole.entries.slice(0, 4));
    const who = whole.entries[0]!.actor.id;
    const theirs = await json<{ entries: Entry[] }>(...won, '--actor', who);
    expect(theirs.entries).toEqual(whole.entries.filter(({ actor }) => actor.id === who));
  });

  test('builds the past as it stood and finds it again', async () => {
    const replay = ['audit', 'replay', '--to', '2026-03-31'];
    const built = await json<{ directory: string; cached: boolean; position: string; documents: object }>(...replay);
    expect(built.cached).toBe(false);
    expect(await json(...replay)).toEqual({ ...built, cached: true });
    const funnel = await json<{ at: string }>('funnel', '--replayed', built.directory);
    expect(funnel.at).toBe('2026-03-31T23:59:59.999Z');
    const other = join(folder, 'evidence');
    const byPosition = await json<{ documents: object }>('audit', 'replay', '--to', built.position, '--out', other);
    expect(byPosition.documents).toEqual(built.documents);
    expect(await run(['audit', 'replay', '--to', '1', '--out', other, '--data', data])).toMatchObject({ code: 1 });
  });

  test('builds the present as it is', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const { directory } = await json<{ directory: string }>('audit', 'replay', '--to', today);
    for (const name of ['opportunities', 'stage_periods', 'pipelines']) {
      const replayed = await text('export', name, '--format', 'ndjson', '--replayed', directory);
      expect(replayed).toBe(await text('export', name, '--format', 'ndjson'));
    }
  });

  test('tells two moments apart', async () => {
    const { opened, ended, moved, changed, stages } = await json<
      Record<'opened' | 'ended' | 'moved' | 'changed', { count: number }> & {
        stages: Record<'before' | 'after', { count: number }>[];
      }
    >('audit', 'diff', '2026-01-31', '2026-03-31');
    const count = (side: 'before' | 'after') => stages.reduce((sum, stage) => sum + stage[side].count, 0);
    expect(count('after') - count('before')).toBe(opened.count);
    expect(Math.min(opened.count, ended.count, moved.count, changed.count)).toBeGreaterThan(0);
    const nothing = await json<{ changed: object }>('audit', 'diff', '2026-01-31', '2026-01-31');
    expect(nothing.changed).toEqual({ count: 0, deals: [] });
    expect(await text('audit', 'diff', '2026-01-31', '2026-03-31')).toMatch(/Opened: \d+/);
  });

  test('proves the log, and that it does not once somebody altered it', async () => {
    const { position, digest } = await json<{ position: string; digest: string }>('audit', 'verify');
    expect(await json('audit', 'verify', '--expect', `${position}:${digest}`)).toMatchObject({ intact: true });
    const altered = join(folder, 'altered');
    await cp(data, altered, { recursive: true });
    const database = new DatabaseSync(join(altered, 'events.db'));
    database.exec(`UPDATE events SET data = replace(data, 'USD', 'EUR') WHERE type = 'OpportunityWon.v1'`);
    database.close();
    const { code, stdout, stderr } = await run(['audit', 'verify', '--json', '--data', altered]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'The log is not what was recorded.\n' });
    expect(JSON.parse(stdout)).toMatchObject({ intact: false, faults: expect.arrayContaining([expect.any(Object)]) });
  });
});
