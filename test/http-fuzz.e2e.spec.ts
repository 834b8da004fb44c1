import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { startTestServer, type TestServer } from './testing/running-server.ts';

const opportunities = '/api/v1/opportunities';

describe('input', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    await server.post(opportunities, { id: 'deal', title: 'Press line', owner: 'ann' });
  });
  afterAll(async () => {
    await server.close();
  });

  test('whatever it is, never makes a fault of the server, in a body', async () => {
    const verbs = [
      '',
      '/deal/move',
      '/deal/split-credit',
      '/deal/correct-details',
      '/deal/log-activity',
      '/deal/close',
    ];
    const names = [
      'id',
      'title',
      'owner',
      'amount',
      'shares',
      'members',
      'toStage',
      'reason',
      'occurredAt',
      'customer',
      'kind',
      'attributes',
      'stages',
    ];
    const bodies = fc.dictionary(
      fc.constantFrom(...names, 'length', 'toString', 'hasOwnProperty'),
      fc.jsonValue({ maxDepth: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...verbs), fc.oneof(bodies, fc.jsonValue()), async (verb, body) => {
        const { status } = await server.post(opportunities + verb, body);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 400 },
    );
  });

  test('whatever it is, never makes a fault of the server, in a job or an import', async () => {
    const upload = await server.send('POST', '/api/v1/imports/uploads?name=a.csv', {
      headers: { 'content-type': 'text/csv' },
      body: 'id,stage\n1,Potential\n',
    });
    const verbs = [
      'audit/verifications',
      'audit/replays',
      'audit/comparisons',
      'imports/suggestions',
      'imports/previews',
    ];
    const names = ['stream', 'expect', 'at', 'from', 'to', 'limit', 'kind', 'map', 'pipeline', 'currency'];
    const uploads = fc.constantFrom<unknown>([upload.body.uploadId], ['nothing'], [], 'x');
    const bodies = fc.tuple(fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 4 })), uploads);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...verbs), bodies, fc.boolean(), async (verb, [body, sent], withUploads) => {
        const { status } = await server.post(`/api/v1/${verb}`, withUploads ? { ...body, uploads: sent } : body);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });

  test('whatever it is, never makes a fault of the server, in an address', async () => {
    const paths = [
      '/opportunities',
      '/board',
      '/funnel',
      '/forecast',
      '/stalled',
      '/win-loss',
      '/pipelines',
      '/projections',
      '/audit/events',
      '/audit/verifications',
      '/audit/replays',
      '/imports',
    ];
    const names = [
      'owner',
      'asOf',
      'from',
      'to',
      'by',
      'limit',
      'cursor',
      'sort',
      'status',
      'after',
      'target',
      'currency',
      'cards',
      'pipeline',
      'stream',
      'type',
      'order',
      'recordedFrom',
    ];
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom('__proto__', '9'.repeat(400), '-0', 'null', '1e5'),
    );
    const query = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), text), text), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.option(text), query, async (path, id, pairs) => {
        const escape = (part: string): string => encodeURIComponent(part.toWellFormed());
        const search = pairs.map(([name, value]) => `${escape(name)}=${escape(value)}`).join('&');
        const { status } = await server.get(`/api/v1${path}${id === null ? '' : `/${escape(id)}`}?${search}`);
        // No read waits for a position here: nothing is behind.
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 400 },
    );
  });
});
