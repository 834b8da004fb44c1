import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { startTestServer, type Answer, type TestServer } from './testing/running-server.ts';

const imports = '/api/v1/imports';
const tokens = {
  admin: 'admin-token-012345',
  manager: 'manager-token-0123',
  auditor: 'auditor-token-0123',
  rep: 'rep-token-01234567',
};
type Role = keyof typeof tokens;

const file = `Deal ID;Account;Rep;Value;Phase;Created;Closed
D-1;Acorn Foods;anna;1200.00;Potential;03/02/2026;
D-2;Beacon Labs;ben;9600.50;Won;05/02/2026;20/03/2026
D-3;Cedar Media;anna;twelve;Potential;12/02/2026;
D-4;Delta;ben;5
`;
const map = {
  pipeline: { id: 'default' },
  delimiter: ';',
  dateFormats: ['dd/MM/yyyy'],
  timeZone: 'UTC',
  currency: 'EUR',
  columns: {
    id: 'Deal ID',
    customer: 'Account',
    owner: 'Rep',
    amount: 'Value',
    stage: 'Phase',
    openedAt: 'Created',
    endedAt: 'Closed',
  },
  stages: { Potential: { stage: 'potential' }, Won: { stage: 'potential', outcome: 'won' } },
};

describe('importing over HTTP', () => {
  let server: TestServer;
  let uploadId: string;

  beforeAll(async () => {
    const DEALTRAIL_TOKENS = Object.entries(tokens)
      .map(([role, token]) => `${token}=${role}-1:${role}`)
      .join(',');
    server = await startTestServer({ DEALTRAIL_TOKENS });
    uploadId = (await upload('deals.csv', file)).body.uploadId;
  });
  afterAll(async () => {
    await server.close();
  });

  function as(role: Role): Record<string, string> {
    return { authorization: `Bearer ${tokens[role]}` };
  }

  function upload(name: string, body: string, role: Role = 'manager', type = 'text/csv'): Promise<Answer> {
    const headers = { ...as(role), 'content-type': type };
    return server.send('POST', `${imports}/uploads?name=${encodeURIComponent(name)}`, { headers, body });
  }

  function post(path: string, body: object, role: Role = 'manager'): Promise<Answer> {
    return server.post(imports + path, body, as(role));
  }

  // oxlint-disable-next-line no-explicit-any
  function until(address: string, holds: (body: any) => boolean): Promise<any> {
    return eventually(async () => {
      const { status, body } = await server.get(address, as('manager'));
      if (status !== 200 || !holds(body)) throw new Error(`${status} ${JSON.stringify(body)}`);
      return body;
    });
  }

  describe('an upload', () => {
    test('is told what it holds', async () => {
      const { status, body } = await upload('deals.csv', file);
      expect(status).toBe(201);
      expect(body).toMatchObject({
        name: 'deals.csv',
        bytes: Buffer.byteLength(file),
        delimiter: ';',
        columns: ['Deal ID', 'Account', 'Rep', 'Value', 'Phase', 'Created', 'Closed'],
        rowCount: 3,
        refusalCount: 1,
        refusals: [{ file: 'deals.csv', line: 5, rule: 'has 4 cells, not 7' }],
      });
      expect(body.rows[0]).toEqual(['D-1', 'Acorn Foods', 'anna', '1200.00', 'Potential', '03/02/2026', '']);
    });

    test.each([
      ['../events.db', 'deals.csv', 400, 'validation_failed'],
      ['empty.csv', '', 422, 'file_empty'],
    ])('called %s is refused', async (name, _, status, code) => {
      const answer = await upload(name, name === 'empty.csv' ? '' : file);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    });

    test('is told again as long as it stays', async () => {
      const { body } = await upload('deals.csv', file);
      expect((await server.get(`${imports}/uploads/${body.uploadId}`, as('manager'))).body).toEqual(body);
      expect((await server.get(`${imports}/uploads/${randomUUID()}`, as('manager'))).status).toBe(404);
    });

    test('in another encoding than UTF-8 is read as it is meant', async () => {
      const latin = Buffer.from(file.replace('Acorn Foods', 'Äpfel & Söhne'), 'latin1');
      const headers = { ...as('manager'), 'content-type': 'text/csv' };
      const sent = await fetch(`${server.url}${imports}/uploads?name=latin.csv`, {
        method: 'POST',
        headers,
        body: latin,
      });
      const body = (await sent.json()) as { uploadId: string };
      expect(body).toMatchObject({ encoding: 'windows-1252', rows: [{ 1: 'Äpfel & Söhne' }, {}, {}] });
      const again = await server.get(`${imports}/uploads/${body.uploadId}`, as('manager'));
      expect(again.body.encoding).toBe('windows-1252');
    });

    test('that is a workbook is refused', async () => {
      const { status, body } = await upload('deals.csv', 'PK\u0003\u0004\u0014\u0000');
      expect([status, body.code]).toEqual([422, 'file_not_text']);
    });

    test('tells what stands in the column of the stage, in how many rows, and what it may mean', async () => {
      const address = `${imports}/uploads/${uploadId}/stage-values?column=Phase`;
      expect((await server.get(`${address}&pipeline=default`, as('manager'))).body).toEqual({
        values: [
          { value: 'Potential', rows: 2, meaning: { stage: 'potential' } },
          { value: 'Won', rows: 1, meaning: { stage: 'contract', outcome: 'won' } },
        ],
        otherValues: 0,
        otherRows: 0,
      });
      expect((await server.get(address, as('manager'))).body.values[0]).toEqual({ value: 'Potential', rows: 2 });
      expect((await server.get(address, as('rep'))).status).toBe(403);
    });

    test('is CSV, and CSV is taken nowhere else', async () => {
      expect((await upload('deals.csv', '{}', 'manager', 'application/json')).status).toBe(415);
      expect((await upload('deals.csv', file, 'manager', 'text/plain')).status).toBe(415);
      const headers = { ...as('manager'), 'content-type': 'text/csv' };
      expect((await server.send('POST', `${imports}/previews`, { headers, body: file })).status).toBe(415);
    });

    test('that is compressed is refused', async () => {
      const headers = { ...as('manager'), 'content-type': 'text/csv', 'content-encoding': 'gzip' };
      const body = gzipSync(file);
      const sent = await fetch(`${server.url}${imports}/uploads?name=deals.csv`, { method: 'POST', headers, body });
      expect([sent.status, await sent.json()]).toMatchObject([415, { code: 'unsupported_media_type' }]);
    });

    test('has 64 MiB at most, and more than that leaves nothing', async () => {
      const before = await readdir(join(server.data, 'uploads'));
      const answer = await upload('large.csv', `a,b\n${'1,2\n'.repeat(17 * 1024 * 1024)}`);
      expect([answer.status, answer.body.code]).toEqual([413, 'body_too_large']);
      expect(await readdir(join(server.data, 'uploads'))).toEqual(before);
    });

    test('larger than other bodies may be is taken', async () => {
      const { status, body } = await upload('large.csv', `a,b\n${'1,2\n'.repeat(500_000)}`);
      expect([status, body.rowCount]).toEqual([201, 500_000]);
    });
  });

  test.each(['rep', 'auditor'] as const)('is not for a %s', async (role) => {
    expect((await upload('deals.csv', file, role)).status).toBe(403);
    const uploads = [uploadId];
    const requests = {
      '/suggestions': { uploads },
      '/previews': { uploads, map },
      '': { uploads, map },
      '/x/undo': {},
    };
    for (const [path, body] of Object.entries(requests)) expect((await post(path, body, role)).status).toBe(403);
    expect((await post('/x/cancel', {}, role)).status).toBe(403);
    expect((await server.get(imports, as(role))).status).toBe(role === 'auditor' ? 200 : 403);
  });

  test('suggests a map that can be used as it is', async () => {
    const { body } = await post('/suggestions', { uploads: [uploadId], currency: 'EUR' });
    expect(body.map).toEqual({ ...map, stages: { ...map.stages, Won: { stage: 'contract', outcome: 'won' } } });
    expect(body.unsure.map(({ field }: { field: string }) => field)).toEqual([
      'map.currency',
      'map.timeZone',
      'map.stages.Won',
    ]);
    expect((await post('/previews', { uploads: [uploadId], map: body.map })).body.counts.opened).toBe(2);
  });

  test('suggests how columns that a person chose are to be read', async () => {
    const text = 'Nr;Wann;Wert;Lage\n1;31/12/2025;1.234,50;Potential\n2;3/2/2026;99,00;Bidding\n';
    const { body } = await upload('german.csv', text);
    const columns = { id: 'Nr', openedAt: 'Wann', amount: 'Wert', stage: 'Lage' };
    const suggestion = await post('/suggestions', { uploads: [body.uploadId], columns });
    expect(suggestion.body.map).toMatchObject({ columns, decimalMark: ',', dateFormats: ['d/M/yyyy'] });
    expect(suggestion.body.map.stages).toEqual({ Potential: { stage: 'potential' }, Bidding: { stage: 'bidding' } });
  });

  describe('a map', () => {
    test.each<[string, object, string, string]>([
      ['without a time zone', { timeZone: undefined }, 'map.timeZone', 'import_map'],
      ['in a zone that is none', { timeZone: 'Nowhere/Land' }, 'map.timeZone', 'import_map'],
      ['with a field that is none', { colour: 'red' }, 'map.colour', 'import_map'],
      ['of a column that is not there', { columns: { ...map.columns, team: 'Team' } }, 'map.columns.team', 'column'],
      [
        'with a file that was not sent',
        { lookups: [{ file: '../../events.db', key: 'a', by: 'Rep', take: {} }] },
        'map.lookups.0.file',
        'uploaded_file',
      ],
    ])('%s is refused by its field', async (_, change, field, rule) => {
      for (const path of ['/previews', '']) {
        const { status, body } = await post(path, { uploads: [uploadId], map: { ...map, ...change } });
        expect([status, body.code]).toEqual([400, 'validation_failed']);
        expect(body.errors).toContainEqual(expect.objectContaining({ field, rule }));
      }
    });
  });

  test('of an upload that is not there is refused', async () => {
    expect((await post('', { uploads: ['nothing'], map })).status).toBe(404);
    expect((await post('/previews', { uploads: [uploadId, uploadId], map })).status).toBe(400);
  });

  test('shows what it would do, does it, and takes it back', async () => {
    const head = await server.get('/api/v1/projections', as('admin'));
    const preview = await post('/previews', { uploads: [uploadId], map });
    expect(preview.body).toMatchObject({
      counts: { deals: 2, opened: 2, changed: 0, unchanged: 0, refused: 0, events: 3 },
      deals: [
        { line: 2, id: 'D-1', outcome: 'opened', customer: 'Acorn Foods', status: 'open', stageId: 'potential' },
        { id: 'D-2', status: 'won', amount: { minorUnits: 960_050, currency: 'EUR' } },
      ],
      refusals: [
        { line: 4, column: 'Value', rule: '"twelve" is not a decimal number of EUR' },
        { line: 5, rule: 'has 4 cells, not 7' },
      ],
      complete: true,
    });
    const after = await server.get('/api/v1/projections', as('admin'));
    expect(after.body.projections[0].head).toBe(head.body.projections[0].head);

    const started = await post('', { uploads: [uploadId], map });
    expect([started.status, started.headers.get('location')]).toEqual([202, started.body.status]);
    const done = await until(started.body.status, ({ state }) => state === 'finished');
    expect(done).toMatchObject({
      kind: 'deals',
      files: ['deals.csv'],
      startedBy: 'manager-1',
      report: { deals: 2, opened: 2, events: 3, refusalCount: 2, refusals: [{ line: 4 }, { line: 5 }] },
    });
    expect((await post('/previews', { uploads: [uploadId], map })).body.counts).toMatchObject({
      unchanged: 2,
      events: 0,
    });
    const listed = await until(imports, ({ imports: [first] }) => first?.state === 'finished');
    expect(listed.imports[0]).toMatchObject({ id: started.body.id, deals: 2, opened: 2, events: 3, refused: 2 });

    const undone = await post(`/${started.body.id}/undo`, { reason: 'the wrong file' });
    expect(undone.status).toBe(202);
    const back = await until(undone.body.status, ({ undo, state }) => undo?.state === 'finished' && state === 'undone');
    expect(back).toMatchObject({ undoneBy: 'manager-1', withdrawn: 2, undo: { report: { withdrawn: 2, left: [] } } });
    const { body } = await server.get('/api/v1/opportunities/D-1/timeline', as('manager'));
    expect(body.entries.at(-1)).toMatchObject({
      type: 'OpportunityWithdrawn',
      who: 'manager-1',
      source: 'api',
      reason: 'the wrong file',
    });
    expect((await readdir(join(server.data, 'uploads'))).filter((name) => name.startsWith('together'))).toEqual([]);
  });

  test('keeps what it refused beyond the life of a server, and takes it in when it is mended', async () => {
    const data = await mkdtemp(join(tmpdir(), 'dealtrail-imports-'));
    const refused = `${file}D-5;Eta;ann;7;Nowhere;05/02/2026;\n`;
    const first = await startTestServer({ DEALTRAIL_DATA: data });
    const finished = async (on: TestServer, name: string, text: string): Promise<{ id: string }> => {
      const headers = { 'content-type': 'text/csv' };
      const sent = await on.send('POST', `${imports}/uploads?name=${name}`, { headers, body: text });
      const { body } = await on.post(imports, { uploads: [sent.body.uploadId], map });
      return eventually(async () => {
        const { body: detail } = await on.get(`${imports}/${body.id}`);
        // The server that runs it knows of its end before the read model does.
        if (detail.state !== 'finished' || detail.finishedAt === null) throw new Error(JSON.stringify(detail));
        return detail;
      });
    };
    const before = await finished(first, 'deals.csv', refused);
    await first.close();

    const second = await startTestServer({ DEALTRAIL_DATA: data });
    try {
      // Its own read model may have to catch up first.
      const detail = await eventually(async () => {
        const answer = await second.get(`${imports}/${before.id}`);
        expect(answer.body).toEqual(before);
        return answer;
      });
      expect(detail.body.report).toMatchObject({ refusalCount: 3, refusedFiles: ['deals.csv'] });
      const address = `${imports}/${before.id}/refused-lines`;
      expect((await second.get(`${address}?file=other.csv`)).status).toBe(404);
      const lines = await (await fetch(`${second.url}${address}?file=deals.csv`)).text();
      expect(lines.replace('\uFEFF', '').split('\n')).toEqual([
        'Refused because;Deal ID;Account;Rep;Value;Phase;Created;Closed',
        '"line 4: Value: ""twelve"" is not a decimal number of EUR";D-3;Cedar Media;anna;twelve;Potential;12/02/2026;',
        'line 5: has 4 cells, not 7;D-4;Delta;ben;5',
        '"line 6: Phase: the map does not say what stage ""Nowhere"" is";D-5;Eta;ann;7;Nowhere;05/02/2026;',
        '',
      ]);
      const mended = lines.replace('twelve;', '12;').replace('Nowhere;', 'Potential;');
      expect(await finished(second, 'mended.csv', mended)).toMatchObject({
        report: { opened: 2, refusalCount: 1, refusals: [{ line: 3, rule: 'has 5 cells, not 8' }] },
      });
    } finally {
      await second.close();
      await rm(data, { recursive: true });
    }
  });

  test('can be ended, and what came in until then stays and can be taken back', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `E-${index};Acorn;anna;1;Potential;03/02/2026;`);
    const heading = file.split('\n', 1)[0]!;
    const many = await upload('many.csv', [heading, ...rows].join('\n'));
    const started = await post('', { uploads: [many.body.uploadId], map });
    const second = await post('', { uploads: [uploadId], map });
    expect([second.status, second.body.code, second.body.job]).toEqual([409, 'job_under_way', started.body.status]);
    const running = await until(started.body.status, ({ progress }) => progress?.deals > 0);
    expect(running).toMatchObject({ state: 'running', progress: { bytes: many.body.bytes } });
    const { body } = await post(`/${started.body.id}/cancel`, {});
    expect(['cancelled', 'begun']).toContain(body.state);
    expect(body.progress.deals).toBeLessThan(20_000);
    const undone = await post(`/${started.body.id}/undo`, {});
    const back = await until(undone.body.status, ({ undo, state }) => undo?.state === 'finished' && state === 'undone');
    expect(back.withdrawn).toBeGreaterThan(0);
  });

  test('knows no import that was never begun', async () => {
    expect((await server.get(`${imports}/nothing`, as('manager'))).status).toBe(404);
    for (const action of ['undo', 'cancel']) expect((await post(`/nothing/${action}`, {})).status).toBe(404);
  });
});
