import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestServer, type TestServer } from './testing/running-server.ts';

const GZIP = { 'accept-encoding': 'gzip' };
const PLAIN = { 'accept-encoding': 'identity' };
const LARGE = '/api/openapi.json';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
});

describe('answers of the API', () => {
  test('come compressed where they are large and the client takes that', async () => {
    const compressed = await server.get(LARGE, GZIP);
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    expect(compressed.headers.get('vary')).toMatch(/accept-encoding/i);
    const plain = await server.get(LARGE, PLAIN);
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(Number(plain.headers.get('content-length'))).toBeGreaterThan(14_600);
    expect(compressed.body).toEqual(plain.body);
  });

  test('come as they are where they are small', async () => {
    const { headers } = await server.get('/api/v1/board', GZIP);
    expect(headers.get('content-encoding')).toBeNull();
    expect(Number(headers.get('content-length'))).toBeGreaterThan(0);
  });

  test('come as they are, and at once, where they are a stream of events', async () => {
    const stop = new AbortController();
    const { headers, body } = await fetch(`${server.url}/api/v1/live`, { headers: GZIP, signal: stop.signal });
    expect(headers.get('content-encoding')).toBeNull();
    const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const heard = async (part: string): Promise<void> => {
      while (!text.includes(part)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`The stream ended with ${text}`);
        text += value;
      }
    };
    await heard('retry: 1000\n\n');
    await server.post('/api/v1/opportunities', { id: 'heard', title: 'Press line', owner: 'ann' });
    await heard('opportunity-heard');
    stop.abort();
  });
});
