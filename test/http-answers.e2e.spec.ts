import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestServer, type TestServer } from './testing/running-server.ts';

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
}
interface OpenApi {
  readonly paths: Readonly<
    Record<string, { readonly get: { readonly responses: Readonly<Record<string, Described>> } }>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Described {
  readonly content?: { readonly [type: string]: { readonly schema: Schema } | undefined };
}

const { paths, components } = JSON.parse(await readFile('docs/reference/openapi.json', 'utf8')) as OpenApi;

/** What of a value its schema does not foresee, by path. A field the schema does not name is a fault, too. */
function faults(value: unknown, schema: Schema, path = ''): readonly string[] {
  if (schema.$ref !== undefined) return faults(value, components.schemas[schema.$ref.split('/').at(-1)!]!, path);
  if (value === null) return schema.nullable ? [] : [`${path} is null`];
  const any = schema.anyOf ?? schema.oneOf;
  if (any) return any.some((one) => faults(value, one, path).length === 0) ? [] : [`${path} fits none`];
  if (schema.allOf) return schema.allOf.flatMap((one) => faults(value, one, path));
  if (schema.enum) return schema.enum.includes(value) ? [] : [`${path} is ${JSON.stringify(value)}`];
  if (Array.isArray(value)) {
    if (!schema.items) return [`${path} is a list`];
    return value.flatMap((item, index) => faults(item, schema.items!, `${path}.${index}`));
  }
  if (schema.type === undefined) return [];
  if (typeof value !== 'object') {
    const right = schema.type === 'integer' ? Number.isInteger(value) : typeof value === schema.type;
    return right ? [] : [`${path} is a ${typeof value}`];
  }
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.filter((name) => !(name in value)).map((name) => `${path}.${name} is missing`);
  const present = Object.entries(value).flatMap(([name, child]) => {
    const described = properties[name] ?? additionalProperties;
    return described ? faults(child, described, `${path}.${name}`) : [`${path}.${name} is not described`];
  });
  return [...missing, ...present];
}

const amount = { minorUnits: 500_00, currency: 'EUR' };
const reason = 'As agreed';

describe('the answer to a read is what the description of the API says', () => {
  let server: TestServer;
  let last = '';

  async function command(path: string, body: object): Promise<void> {
    const answer = await server.post(`/api/v1/opportunities${path}`, body);
    expect([path, answer.status]).toEqual([path, path === '' ? 201 : 200]);
    last = answer.body.position;
  }
  async function open(id: string, occurredAt: string): Promise<void> {
    const customer = { id: 'acme', name: 'Acme' };
    const more = { customer, region: 'north', expectedCloseDate: '2026-03-31', attributes: { fair: 'Hannover' } };
    await command('', { id, title: id, owner: 'Ada', amount, occurredAt, ...more });
  }

  beforeAll(async () => {
    server = await startTestServer();
    await open('reopened', '2026-01-05T10:00:00Z');
    await command('/reopened/move', { toStage: 'negotiation', reason });
    await command('/reopened/log-activity', { kind: 'visit', cost: amount });
    await command('/reopened/lose', { reasonCode: 'price', competitor: 'Other' });
    await command('/reopened/close', { whatHappened: 'Lost', reason, lessons: 'Be early' });
    await open('won', '2026-01-05T10:00:00Z');
    await command('/won/win', {});
    await command('/won/reopen', { reason });
    await command('/won/win', {});
    await open('stalled', '2025-01-05T10:00:00Z');
    await open('paused', '2026-01-05T10:00:00Z');
    await command('/paused/suspend', { reason, wakeUpOn: '2027-01-01' });
  });
  afterAll(async () => {
    await server.close();
  });

  test.each([
    ['/api/v1/opportunities', '?limit=2'],
    ['/api/v1/opportunities', '?asOf=2026-02-01'],
    ['/api/v1/opportunities', '?flow=lost&stage=negotiation'],
    ['/api/v1/opportunities/{id}', '', 'won'],
    ['/api/v1/opportunities/{id}', '', 'reopened'],
    ['/api/v1/opportunities/{id}', '?asOf=2026-02-01', 'paused'],
    ['/api/v1/opportunities/{id}/timeline', '', 'reopened'],
    ['/api/v1/opportunities/{id}/timeline', '', 'won'],
    ['/api/v1/opportunities/{id}/stage-periods', '', 'won'],
    ['/api/v1/board', '?cards=1'],
    ['/api/v1/board/{stage}', '', 'potential'],
    ['/api/v1/funnel', ''],
    ['/api/v1/funnel', '?by=owner&from=2026-01-01&asOf=2026-02-01'],
    ['/api/v1/funnel', '?by=region&from=2025-01-01'],
    ['/api/v1/forecast', '?target=100000&currency=EUR'],
    ['/api/v1/forecast', '?asOf=2026-02-01'],
    ['/api/v1/win-loss', '?by=owner'],
    ['/api/v1/win-loss', '?asOf=2026-02-01'],
    ['/api/v1/facets', ''],
    ['/api/v1/search', '?q=acme'],
    ['/api/v1/stalled', ''],
    ['/api/v1/pipelines', ''],
    ['/api/v1/pipelines/{id}', '', 'default'],
  ])('%s%s', async (path, query, id = '') => {
    const address = path.replace(/\{\w+\}/, id) + query;
    const { status, body } = await server.get(`${address}${query === '' ? '?' : '&'}after=${last}`);
    const schema = paths[path]?.get.responses['200']?.content?.['application/json']?.schema;
    expect([status, schema && faults(body, schema)]).toEqual([200, []]);
  });

  test('and every read of JSON has one', () => {
    const reads = Object.entries(paths).filter(([path, { get }]) => get && path !== '/api/v1/live');
    const vague = reads.filter(([, { get }]) => {
      const content = get.responses['200']?.content;
      const schema = content?.['application/json']?.schema;
      return content?.['text/csv'] === undefined && schema?.$ref === undefined && schema?.anyOf === undefined;
    });
    expect(reads.length).toBeGreaterThan(10);
    expect(vague.map(([path]) => path)).toEqual([]);
  });
});
