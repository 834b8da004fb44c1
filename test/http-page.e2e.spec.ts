import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestServer, type TestServer } from './testing/running-server.ts';

const TOKEN = 'a-token-of-the-tests';

test('without a page, the bare address leads to the description of the API', async () => {
  const server = await startTestServer({}, { page: false });
  const answer = await fetch(`${server.url}/`, { redirect: 'manual' });
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/api/docs']);
  await server.close();
});

describe('the page', () => {
  let directory: string;
  let server: TestServer;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'dealtrail-page-'));
    await mkdir(join(directory, 'assets'));
    await writeFile(join(directory, 'index.html'), '<!doctype html><title>Dealtrail</title>');
    await writeFile(join(directory, 'theme.js'), '// theme');
    await writeFile(join(directory, 'assets', 'main-abc.js'), 'plain');
    await writeFile(join(directory, 'assets', 'main-abc.js.br'), brotliCompressSync('as brotli'));
    await writeFile(join(directory, 'assets', 'main-abc.js.gz'), gzipSync('as gzip'));
    server = await startTestServer({ DEALTRAIL_TOKENS: `${TOKEN}=ann:rep` }, { page: directory });
  });
  afterAll(async () => {
    await server.close();
    await rm(directory, { recursive: true });
  });

  test.each(['/', '/board', '/deals/some-deal?tab=timeline', '/deals/crm.1A', '/apiary', '/index.html'])(
    'begins at %s, without a token',
    async (path) => {
      const answer = await server.get(path);
      expect([answer.status, answer.body]).toEqual([200, '<!doctype html><title>Dealtrail</title>']);
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      const policy = answer.headers.get('content-security-policy');
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("connect-src 'self';");
    },
  );

  test.each([
    ['/deals/%E0%A4%A', '/deals/%25E0%25A4%25A'],
    ['/deals/100%?tab=timeline', '/deals/100%25?tab=timeline'],
    ['//elsewhere.example/100%', '/elsewhere.example/100%25'],
  ])('takes the percent signs of %s as they stand', async (path, mended) => {
    const answer = await fetch(`${server.url}${path}`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, mended]);
    expect((await server.get(mended)).status).toBe(200);
  });

  test('sends the compressed form a browser takes, to be kept for good', async () => {
    const compressed = await server.get('/assets/main-abc.js', { 'accept-encoding': 'br' });
    expect([compressed.status, compressed.body]).toEqual([200, 'as brotli']);
    expect(compressed.headers.get('content-type')).toContain('javascript');
    expect(compressed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(compressed.headers.get('vary')).toMatch(/accept-encoding/i);
    expect((await server.get('/assets/main-abc.js', { 'accept-encoding': 'gzip' })).body).toBe('as gzip');
    expect((await server.get('/assets/main-abc.js', { 'accept-encoding': 'identity' })).body).toBe('plain');
    expect((await server.get('/theme.js')).headers.get('cache-control')).toBe('no-cache');
  });

  test.each(['/assets/gone.js', '/favicon.ico', '/..%2f..%2fpackage.json', '/%2e%2e/package.json'])(
    'has no file at %s',
    async (path) => {
      const answer = await server.get(path);
      expect([answer.status, answer.body.code]).toEqual([404, 'no_such_route']);
    },
  );

  test.each(['/api/v1/opportunities/%E0%A4%A', '/health/100%'])('leaves the malformed %s to the API', async (path) => {
    const answer = await server.get(path);
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed_request']);
  });

  test.each([
    ['GET', '/api/v1/nothing', 404, 'no_such_route'],
    ['GET', '/api/v1/opportunities/x/move', 405, 'method_not_allowed'],
    ['GET', '/%61pi/v1/nothing', 404, 'no_such_route'],
    ['GET', '/health/nothing', 404, 'no_such_route'],
    ['POST', '/board', 404, 'no_such_route'],
  ])('leaves %s %s to the API', async (method, path, status, code) => {
    const authorization = `Bearer ${TOKEN}`;
    const answer = await server.send(method, path, { headers: { authorization } });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await server.send(method, path)).status).toBe(401);
  });
});
