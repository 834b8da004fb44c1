/** What the pages show is carried out as it stands there. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openApiPage } from '../scripts/docs.ts';

const main = resolve('dist/apps/cli/main.js');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dealtrail-docs-'));
});

afterAll(() => rm(folder, { recursive: true }));

function dealtrail(...args: readonly string[]): Promise<{ code: number; stdout: string }> {
  const { EVENTSTORE_URL: _events, MONGODB_URL: _models, ...env } = process.env;
  return new Promise((done) => {
    execFile(process.execPath, [main, ...args, '--json'], { cwd: folder, env, maxBuffer: 2 ** 26 }, (error, stdout) => {
      done({ code: error === null ? 0 : Number(error.code), stdout });
    });
  });
}

test('`npx dealtrail` runs what was built', async () => {
  const { stdout } = await promisify(execFile)('npx', ['dealtrail', '--help']);
  const commands = ['serve', 'sample', 'import', 'funnel', 'forecast', 'rebuild', 'status', 'audit', 'export'];
  expect(commands.filter((command) => !new RegExp(`^  ${command}\\b`, 'm').test(stdout))).toEqual([]);
});

test('the OpenAPI document is the one the built server serves', async () => {
  expect(await openApiPage()).toBe(await readFile('docs/reference/openapi.json', 'utf8'));
});

describe('the page of read models', () => {
  /** Each with the sentence that stands above it. */
  const blocks = readFileSync('docs/read-models.md', 'utf8').matchAll(/([^\n]*):\n\n```sql\n([^]*?)```/g);
  const named = [...blocks].map(([, title, sql]) => [title!, sql!] as const);
  const examples = named.map(([, sql]) => sql);

  beforeAll(async () => {
    await dealtrail('sample', '--deals', '300', '--seed', '1', '--until', '2026-11-01');
    await dealtrail('funnel');
  });

  test.each(named)('has an example that finds something: %s', (_, sql) => {
    const database = new DatabaseSync(join(folder, 'data/read-models.db'), { readOnly: true });
    const rows = database.prepare(sql).all();
    database.close();
    expect(rows.length).toBeGreaterThan(2);
  });

  test('defines the figures as the funnel reports them', async () => {
    const { stdout } = await dealtrail('funnel', '--from', '2026-01-01', '--to', '2026-06-30');
    const { total } = JSON.parse(stdout) as {
      total: {
        stages: {
          id: string;
          name: string;
          open: number;
          period: { left: number; conversionToNext: number; days: { median: number } };
        }[];
      };
    };
    const database = new DatabaseSync(join(folder, 'data/read-models.db'), { readOnly: true });
    const found = (marker: string) => database.prepare(examples.find((sql) => sql.includes(marker))!).all();
    const byStage = (rows: readonly object[]) =>
      rows.toSorted((a, b) => ('' + Reflect.get(a, 'stageId') < '' + Reflect.get(b, 'stageId') ? -1 : 1));
    const stages = total.stages.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(found('json_each(pipelines.stages)').map((row) => row['open'])).toEqual(
      total.stages.map(({ open }) => open),
    );
    expect(byStage(found('AS toNext')).map((row) => Reflect.get(row, 'toNext'))).toEqual(
      stages.map(({ period }) => period.conversionToNext),
    );
    expect(byStage(found('medianDays')).map((row) => Reflect.get(row, 'medianDays'))).toEqual(
      stages.map(({ period }) => period.days.median),
    );
    database.close();
  });
});

describe('the page of importing', () => {
  beforeAll(async () => {
    const page = await readFile('docs/importing.md', 'utf8');
    for (const [, name, content] of page.matchAll(/^`([\w-]+\.(?:csv|json))`[^\n]*:\n\n```\w+\n([^]*?)```/gm)) {
      await writeFile(join(folder, name!), content!);
    }
  });

  test.each([
    [
      ['import', 'deals', 'deals.csv', '--map', 'deals-map.json'],
      { deals: 3, opened: 3, events: 5 },
      { line: 5, column: 'Value' },
    ],
    [
      ['import', 'stage-history', 'history.csv', '--map', 'history-map.json'],
      { deals: 2, opened: 2, events: 6 },
      { line: 8, column: 'Opportunity' },
    ],
  ])('has files that are imported as it says: %j', async (args, report, refusal) => {
    const { code, stdout } = await dealtrail(...args, '--data', 'imported');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ...report, refusals: [refusal] });
  });
});
