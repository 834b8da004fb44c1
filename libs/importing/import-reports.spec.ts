import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../eventsourcing/testing/eventually.ts';
import { ImportJobs } from './import-jobs.ts';
import { ImportReports } from './import-reports.ts';
import { importDetail, type ImportRow } from './import-state.ts';
import { crmSalesMap } from './known-maps.ts';
import { Uploads } from './uploads.ts';

const DAY = 24 * 60 * 60_000;
const longName = `${'a'.repeat(251)}.csv`;
const report = {
  importId: 'deals-1',
  deals: 1,
  opened: 0,
  changed: 0,
  unchanged: 0,
  events: 1,
  notes: [],
  refusals: [{ file: longName, line: 2, rule: 'is not known' }],
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dealtrail-reports-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('reports of imports', () => {
  test('are kept with the refused lines of a file, however long its name is', async () => {
    await writeFile(join(folder, longName), 'Id\nD-1\n');
    const reports = new ImportReports(folder, Date.now);
    await reports.keep(report, { folder, delimiter: ',' });
    expect(await reports.find('deals-1')).toEqual({ ...report, refusalCount: 1, refusedFiles: [longName] });
    const lines = await text(await reports.linesOf('deals-1', longName));
    expect(lines).toBe('Refused because,Id\nline 2: is not known,D-1\n');
    expect(await readdir(join(folder, 'import-reports', 'deals-1'))).toEqual(['lines-1.csv', 'report.json']);
  });

  test('are removed after thirty days', async () => {
    const reports = new ImportReports(folder, Date.now);
    await reports.removeOld();
    for (const importId of ['old', 'young']) {
      await reports.keep({ ...report, importId, refusals: [] }, { folder, delimiter: ',' });
    }
    const at = (days: number): Date => new Date(Date.now() - days * DAY);
    await utimes(join(folder, 'import-reports', 'old'), at(31), at(31));
    await utimes(join(folder, 'import-reports', 'young'), at(29), at(29));
    await reports.removeOld();
    expect([await reports.find('old'), await reports.find('young')]).toEqual([
      undefined,
      expect.objectContaining({ importId: 'young' }),
    ]);
  });

  test('that cannot be kept are told all the same, and by the log', async () => {
    // No folder can be made where a file is.
    await writeFile(join(folder, 'import-reports'), '');
    const uploads = new Uploads(join(folder, 'uploads'), Date.now);
    const path = join(folder, 'deals.csv');
    await writeFile(path, 'Id\nD-1\n');
    const warnings: string[] = [];
    const log = { warn: (message: string) => warnings.push(message) };
    const jobs = new ImportJobs(uploads, new ImportReports(folder, Date.now), async () => report, log, Date.now);
    const upload = { id: 'u', name: 'deals.csv', bytes: 7, path, encoding: 'utf-8' } as const;
    const { id } = jobs.start([upload], { kind: 'deals', map: crmSalesMap }, { id: 'ann', role: 'admin' });
    await eventually(async () => jobs.find(id).imported?.state !== 'running');
    expect(jobs.find(id).imported?.state).toBe('finished');
    expect(importDetail({} as ImportRow, undefined, jobs.find(id)).report).toMatchObject({ deals: 1, refusalCount: 1 });
    expect(warnings).toEqual([expect.stringContaining('could not be kept')]);
  });
});
