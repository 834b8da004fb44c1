import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import { startTestServer, type Answer, type TestServer } from './testing/running-server.ts';

const deal = { title: 'Press line', owner: 'ann' };
const opportunities = '/api/v1/opportunities';

describe('bad input', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    await server.post(opportunities, { id: 'deal', ...deal });
    await server.post(opportunities, { id: 'lost', ...deal });
    await server.post(`${opportunities}/lost/lose`, { reasonCode: 'price' });
  });
  afterAll(async () => {
    await server.close();
  });

  const deep = `{"title":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  const json = { 'content-type': 'application/json' };

  type Row = readonly [
    what: string,
    path: string,
    body: object | string,
    status: number,
    code: string,
    field?: string | undefined,
    headers?: Record<string, string>,
  ];
  const rows: readonly Row[] = [
    ['a missing field', '', { owner: 'ann' }, 400, 'validation_failed', 'title'],
    ['an unknown field', '', { ...deal, color: 'red' }, 400, 'validation_failed', 'color'],
    [
      'an unknown nested field',
      '',
      { ...deal, amount: { minorUnits: 1, currency: 'EUR', x: 1 } },
      400,
      'validation_failed',
      'amount.x',
    ],
    ['a number for a text', '', { ...deal, title: 7 }, 400, 'validation_failed', 'title'],
    ['null for a text', '', { ...deal, region: null }, 400, 'validation_failed', 'region'],
    ['an empty text', '', { ...deal, title: '' }, 400, 'validation_failed', 'title'],
    ['a text of 501 characters', '', { ...deal, title: 'x'.repeat(501) }, 400, 'validation_failed', 'title'],
    [
      'negative money',
      '',
      { ...deal, amount: { minorUnits: -1, currency: 'EUR' } },
      400,
      'validation_failed',
      'amount.minorUnits',
    ],
    [
      'fractional money',
      '',
      { ...deal, amount: { minorUnits: 0.5, currency: 'EUR' } },
      400,
      'validation_failed',
      'amount.minorUnits',
    ],
    [
      'money as text',
      '',
      { ...deal, amount: { minorUnits: '5', currency: 'EUR' } },
      400,
      'validation_failed',
      'amount.minorUnits',
    ],
    [
      'money beyond what is exact',
      '',
      { ...deal, amount: { minorUnits: 2 ** 53, currency: 'EUR' } },
      400,
      'validation_failed',
      'amount.minorUnits',
    ],
    [
      'an unknown currency',
      '',
      { ...deal, amount: { minorUnits: 1, currency: 'XQX' } },
      400,
      'validation_failed',
      'amount.currency',
    ],
    ['an array for an object', '', { ...deal, amount: [] }, 400, 'validation_failed', 'amount'],
    [
      'infinite money',
      '',
      '{"title":"a","owner":"b","amount":{"minorUnits":1e999,"currency":"EUR"}}',
      400,
      'validation_failed',
      'amount.minorUnits',
    ],
    [
      'a day that does not exist',
      '',
      { ...deal, expectedCloseDate: '2026-02-30' },
      400,
      'validation_failed',
      'expectedCloseDate',
    ],
    ['a chance above the whole', '', { ...deal, probability: 10_001 }, 400, 'validation_failed', 'probability'],
    ['an id that cannot stand in an address', '', { ...deal, id: '../etc' }, 400, 'validation_failed', 'id'],
    ['NUL in a text', '', { ...deal, title: 'a\0b' }, 400, 'validation_failed', 'title'],
    ['half a surrogate pair', '', '{"title":"\\ud800","owner":"ann"}', 400, 'validation_failed', 'title'],
    [
      'attributes that are not texts',
      '',
      { ...deal, attributes: { a: { b: 1 } } },
      400,
      'validation_failed',
      'attributes',
    ],
    [
      'a business time in the future',
      '',
      { ...deal, occurredAt: '2100-01-01T00:00:00Z' },
      422,
      'occurred_in_future',
      'occurredAt',
    ],
    [
      'a business time without an offset',
      '',
      { ...deal, occurredAt: '2026-01-01T00:00:00' },
      400,
      'validation_failed',
      'occurredAt',
    ],
    ['an unknown pipeline', '', { ...deal, pipelineId: 'nope' }, 422, 'unknown_pipeline', 'pipelineId'],
    ['an id that is taken', '', { ...deal, id: 'deal' }, 422, 'already_exists'],
    ['a move to an unknown stage', '/deal/move', { toStage: 'nowhere' }, 422, 'unknown_stage', 'toStage'],
    ['a skip without a reason', '/deal/move', { toStage: 'contract' }, 422, 'reason_required', 'reason'],
    ['a suspension without a reason', '/deal/suspend', {}, 422, 'reason_required', 'reason'],
    ['a move of a lost deal', '/lost/move', { toStage: 'bidding' }, 422, 'opportunity_is_lost'],
    [
      'shares that do not make the whole',
      '/deal/split-credit',
      { shares: [{ rep: 'ann', share: 9_999 }] },
      422,
      'shares_not_whole',
      'shares',
    ],
    ['a share that is no object', '/deal/split-credit', { shares: ['ann'] }, 400, 'validation_failed'],
    [
      'shares that are no array',
      '/deal/split-credit',
      { shares: { 0: { rep: 'ann', share: 1 } } },
      400,
      'validation_failed',
      'shares',
    ],
    ['an unknown kind of activity', '/deal/log-activity', { kind: 'nap' }, 400, 'validation_failed', 'kind'],
    ['a summary without a reason', '/lost/close', { whatHappened: 'x' }, 400, 'validation_failed', 'reason'],
    ['a deal that does not exist', '/nobody/win', {}, 404, 'not_found'],
    ['broken JSON', '', '{"title":', 400, 'malformed_json'],
    ['an empty body where JSON was promised', '', '', 400, 'malformed_json'],
    ['a JSON array', '', '[]', 400, 'validation_failed'],
    ['a JSON number', '', '5', 400, 'validation_failed'],
    ['JSON null', '', 'null', 400, 'validation_failed'],
    ['JSON null for a command that needs no field', '/deal/win', 'null', 400, 'validation_failed'],
    ['__proto__', '', '{"title":"a","owner":"b","__proto__":{"x":1}}', 400, 'malformed_json'],
    ['constructor.prototype', '', '{"title":"a","owner":"b","constructor":{"prototype":{}}}', 400, 'malformed_json'],
    ['JSON nested 50,000 deep', '', deep, 400, 'validation_failed'],
    ['a body above the limit', '', { ...deal, title: 'x'.repeat(600_000) }, 413, 'body_too_large'],
    [
      'another content type',
      '',
      'title=a',
      415,
      'unsupported_media_type',
      undefined,
      { 'content-type': 'application/x-www-form-urlencoded' },
    ],
    ['plain text', '', '{}', 415, 'unsupported_media_type', undefined, { 'content-type': 'text/plain' }],
    ['an If-Match that is no ETag', '/deal/win', {}, 400, 'validation_failed', 'If-Match', { 'if-match': '7' }],
    ['an If-Match of a version to come', '/deal/win', {}, 412, 'stale_version', undefined, { 'if-match': '"99"' }],
    [
      'an idempotency key of 300 characters',
      '/deal/win',
      {},
      400,
      'validation_failed',
      'Idempotency-Key',
      { 'idempotency-key': 'x'.repeat(300) },
    ],
  ];

  // Rows of one length each, for jest takes a parameter without a value for its callback.
  test.each(rows.map((row) => [row[0], row] as const))('%s is refused and nothing is recorded', async (_, row) => {
    const [, path, body, status, code, field, headers = {}] = row;
    const head = await server.head();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await server.send('POST', opportunities + path, { headers: { ...json, ...headers }, body: text });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expectProblem(answer);
    expect(fieldsOf(answer)).toEqual(expect.arrayContaining(field === undefined ? [] : [field]));
    expect(await server.head()).toBe(head);
  });

  test.each([
    ['an unknown parameter', '/board?colour=red', 400, 'validation_failed', 'colour'],
    ['a parameter twice', '/board?cards=1&cards=2', 400, 'validation_failed', 'cards'],
    ['an unknown dimension', '/funnel?by=weather', 400, 'validation_failed', 'by'],
    ['a moment that is none', '/funnel?asOf=yesterday', 400, 'validation_failed', 'asOf'],
    ['an unknown stage', '/funnel?fromStage=nope', 422, 'unknown_stage', 'fromStage'],
    ['a column that does not exist', '/board/nope', 404, 'not_found', undefined],
    ['a period that ends first', '/funnel?from=2026-02-01&to=2026-01-31', 400, 'validation_failed', 'to'],
    ['won deals of such a period', '/win-loss?from=2026-02-01&to=2026-01-31', 400, 'validation_failed', 'to'],
    [
      'deals of such a period',
      '/opportunities?endedFrom=2026-02-01&endedTo=2026-01-31',
      400,
      'validation_failed',
      'endedTo',
    ],
    ['an unknown pipeline', '/board?pipeline=nope', 404, 'not_found', undefined],
    ['a limit of nothing', '/opportunities?limit=0', 400, 'validation_failed', 'limit'],
    ['a limit that is none', '/opportunities?limit=many', 400, 'validation_failed', 'limit'],
    ['a foreign cursor', '/opportunities?cursor=abc', 400, 'validation_failed', 'cursor'],
    ['an unknown sort', '/opportunities?sort=colour', 400, 'validation_failed', 'sort'],
    ['an unknown status', '/opportunities?status=open,asleep', 400, 'validation_failed', 'status'],
    ['a target without its currency', '/forecast?target=5', 400, 'validation_failed', 'currency'],
    ['a position that is none', '/board?after=soon', 400, 'validation_failed', 'after'],
    ['a position beyond the log', '/board?after=9000000000000000', 400, 'validation_failed', 'after'],
    ['NUL', '/board?owner=%00', 400, 'validation_failed', 'owner'],
    ['an id with a slash', '/opportunities/a%2Fb', 400, 'validation_failed', 'id'],
    ['an id with NUL', '/opportunities/a%00b', 400, 'validation_failed', undefined],
    ['an escape that is none', '/opportunities/%zz', 400, 'malformed_request', undefined],
    ['an id of 5,000 characters', `/opportunities/${'x'.repeat(5_000)}`, 414, 'address_too_long', undefined],
    ['a deal that does not exist', '/opportunities/nobody', 404, 'not_found', undefined],
    ['a history that does not exist', '/opportunities/nobody/timeline', 404, 'not_found', undefined],
    ['an address that does not exist', '/nothing', 404, 'no_such_route', undefined],
  ])('%s in a read is refused', async (_, path, status, code, field) => {
    const answer = await server.get(`/api/v1${path}`);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expectProblem(answer);
    expect(fieldsOf(answer)).toEqual(expect.arrayContaining(field === undefined ? [] : [field]));
  });

  test.each([
    ['DELETE', '/opportunities/deal'],
    ['PUT', '/opportunities'],
    ['PATCH', '/board'],
    ['GET', '/opportunities/deal/win'],
  ])('%s of %s is answered with the methods there are', async (method, path) => {
    const answer = await server.send(method, `/api/v1${path}`);
    expect([answer.status, answer.body.code]).toEqual([405, 'method_not_allowed']);
    expect(answer.headers.get('allow')).toMatch(/GET|POST/);
  });

  test('gives every broken rule of a body at once', async () => {
    const { body } = await server.post(opportunities, { title: '', amount: { minorUnits: -1, currency: 'eur' }, x: 1 });
    expect(body.errors).toEqual(
      expect.arrayContaining([
        { field: 'x', rule: 'unknown_field', message: expect.any(String) },
        { field: 'title', rule: 'text', message: expect.any(String), parameters: { maximum: 500 } },
        { field: 'owner', rule: 'text', message: expect.any(String), parameters: { maximum: 500 } },
        { field: 'amount.minorUnits', rule: 'minor_units', message: expect.any(String) },
        { field: 'amount.currency', rule: 'currency', message: expect.any(String) },
      ]),
    );
  });

  test.each([
    ['above the limit', 'application/json', 413],
    ['of another type', 'text/plain', 415],
  ])('of 20 MB %s is answered to a client that sends all of it first', async (_, type, status) => {
    const { port } = new URL(server.url);
    const size = 20_000_000;
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(
          `POST ${opportunities} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: ${size}\r\n\r\n`,
        );
        socket.write(Buffer.alloc(size, 'x'), () => socket.once('data', (data) => resolve(data.toString())));
      });
      socket.on('error', reject);
    });
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test.each([
    ['that is not HTTP', 'NONSENSE\r\n\r\n', 400, 'malformed_request'],
    ['of an unknown method', 'STEAL /api/v1/board HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'malformed_request'],
    [
      'with headers of 20,000 characters',
      `GET /api/v1/board HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
  ])('%s is answered with a problem and the connection is closed', async (_, sent, status, code) => {
    const { port } = new URL(server.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(sent));
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    const [head, body] = answer.split('\r\n\r\n') as [string, string];
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ type: `urn:dealtrail:problem:${code}`, code, status });
  });
});

function fieldsOf({ body }: Answer): readonly string[] {
  return (body.errors ?? []).map((error: { field: string }) => error.field);
}

function expectProblem({ headers, body, status }: Answer): void {
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(body).toMatchObject({ type: `urn:dealtrail:problem:${body.code}`, title: expect.any(String), status });
}
