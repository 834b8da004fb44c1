import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import type { ImportReport } from '../libs/importing/import-run.ts';

const main = resolve('dist/apps/cli/main.js');

const map = {
  pipeline: {
    id: 'sales',
    stages: [
      {
        id: 'lead',
        name: 'Lead',
        successRate: 5_000,
        expectedDuration: { count: 1, unit: 'months' },
        requires: [],
      },
    ],
  },
  dateFormats: ['yyyy-MM-dd'],
  timeZone: 'UTC',
  currency: 'USD',
  columns: { id: 'id', owner: 'owner', amount: 'amount', stage: 'stage', openedAt: 'opened' },
  stages: { Lead: { stage: 'lead' } },
};
const good = 'id,owner,amount,stage,opened\nd1,Ada,100,Lead,2026-01-05\nd2,Ada,100,Lead,2026-01-06\n';
const bad = good + Array.from({ length: 60 }, (_, index) => `b${index},Ada,-1,Lead,2026-01-05\n`).join('');

let folder: string;
let data: string;
let stores = 0;

function run(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [main, ...args, '--data', data], { cwd: folder }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dealtrail-import-'));
  await writeFile(join(folder, 'good.csv'), good);
  await writeFile(join(folder, 'bad.csv'), bad);
  await writeFile(join(folder, 'map.json'), JSON.stringify(map));
  await writeFile(join(folder, 'broken.json'), '{');
  await writeFile(join(folder, 'wrong.json'), JSON.stringify({ ...map, timeZone: 'Mars' }));
});
beforeEach(() => void (data = join(folder, `data-${++stores}`)));
afterAll(() => rm(folder, { recursive: true }));

describe('the import command', () => {
  test.each([
    [['deals', 'none.csv', '--map', 'map.json'], 1, /^There is no file none\.csv\.\n$/],
    [['crm-sales', 'none'], 1, /^There is no file none.sales_pipeline\.csv\.\n$/],
    [['deals', 'good.csv', '--map', 'none.json'], 1, /^There is no file none\.json\.\n$/],
    [['deals', 'good.csv', '--map', 'broken.json'], 1, /^broken\.json is not JSON: /],
    [['deals', 'good.csv', '--map', 'wrong.json'], 1, /^The map is wrong at \/timeZone: Mars is not a time zone\.\n$/],
    [['deals', 'map.json', '--map', 'map.json'], 1, /^map\.json has no column "id"/],
    [['undo', 'nonsense'], 1, /^There is no (import|store)/],
    [['deals', 'good.csv'], 2, /--map/],
    [['nonsense'], 2, /./],
  ])('refuses %j', async (args, code, reason) => {
    const ran = await run('import', ...args);
    expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code, stdout: '' });
    expect(ran.stderr).toMatch(reason);
  });

  test('brings in files beside a running server, which shows them', async () => {
    const args = [main, 'serve', '--port', '0', '--json', '--data', data];
    const server = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      server.stdout.setEncoding('utf8');
      const [told] = (await once(server.stdout, 'data')) as [string];
      const { url } = JSON.parse(told) as { url: string };
      const imported = await run('import', 'deals', 'good.csv', '--map', 'map.json', '--json');
      expect({ code: imported.code, stderr: imported.stderr }).toEqual({ code: 0, stderr: '' });
      const report = JSON.parse(imported.stdout) as ImportReport;
      expect(report).toMatchObject({ deals: 2, opened: 2, events: 2, refusals: [] });
      expect(report.importId).toMatch(/^deals-\d{8}T\d{6}-[0-9a-z]{4}$/);

      const again = await run('import', 'deals', 'good.csv', '--map', 'map.json');
      expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('2 as they were; 0 events') });
      await expectOpen(url, 2);
      const undone = await run('import', 'undo', report.importId, '--json');
      expect(JSON.parse(undone.stdout)).toMatchObject({ withdrawn: 2, restored: 0, left: [] });
      await expectOpen(url, 0);
    } finally {
      server.kill('SIGTERM');
    }
    expect(await once(server, 'exit')).toEqual([0, null]);
  });

  test('lists what it refused, the first of it for people and all of it for programs', async () => {
    const told = await run('import', 'deals', 'bad.csv', '--map', 'map.json');
    expect(told.code).toBe(1);
    expect(told.stdout).toMatch(/bad\.csv +4 +amount +"-1" is negative/);
    expect(told.stdout).toContain('and 10 more');
    const { code, stdout } = await run('import', 'deals', 'bad.csv', '--map', 'map.json', '--json');
    expect(code).toBe(1);
    const { refusals } = JSON.parse(stdout) as ImportReport;
    expect(refusals).toHaveLength(60);
    expect(refusals.at(-1)).toEqual({
      file: 'bad.csv',
      line: 63,
      column: 'amount',
      rule: '"-1" is negative',
      code: 'amount_negative',
      parameters: { value: '-1', currency: 'USD' },
    });
  });
});

async function expectOpen(url: string, deals: number): Promise<void> {
  await eventually(async () => {
    const answer = await fetch(`${url}/api/v1/funnel?pipeline=sales`);
    expect(await answer.json()).toMatchObject({ total: { open: deals } });
  });
}
