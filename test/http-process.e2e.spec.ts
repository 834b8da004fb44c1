import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { httpClient } from './testing/running-server.ts';

const program = 'dist/apps/server/main.js';

describe('the built server, in a process of its own', () => {
  let data: string;

  beforeAll(async () => {
    // `npm test` builds first; a single spec run by hand may not have.
    if (!existsSync(program)) throw new Error(`${program} is missing: run npm run build.`);
    data = await mkdtemp(join(tmpdir(), 'dealtrail-process-'));
  });
  afterAll(async () => {
    await rm(data, { recursive: true });
  });

  async function start(variables: Record<string, string> = {}) {
    const env = { PATH: process.env['PATH'], PORT: '0', DEALTRAIL_DATA: data, ...variables };
    const child = spawn(process.execPath, [program], { env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    const url = await eventually(async () => {
      const match = /Listening at (\S+?),/.exec(output);
      if (!match && child.exitCode === null) throw new Error(`not listening yet: ${output}`);
      return match?.[1] ?? '';
    });
    return { child, url, client: httpClient(url), output: () => output };
  }

  async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
    const exit = once(child, 'exit');
    child.kill(signal);
    const [code] = (await exit) as [number | null];
    return code;
  }

  test('describes its bodies in OpenAPI, field by field', async () => {
    const { child, client } = await start();
    const { body } = await client.get('/api/openapi.json');
    expect(body.components.schemas.OpenOpportunityDto).toMatchObject({
      required: ['title', 'owner'],
      properties: {
        title: { type: 'string', minLength: 1, maxLength: 500 },
        amount: expect.anything(),
        expectedCloseDate: { type: 'string', format: 'date' },
        forecastCategory: { enum: ['commit', 'best_case', 'pipeline', 'omitted'] },
        reason: { description: "Why, in the actor's words." },
      },
    });
    expect(body.components.schemas.MoneyDto.properties.minorUnits).toMatchObject({ type: 'integer', minimum: 0 });
    const operation = body.paths['/api/v1/opportunities/{id}/move'].post;
    expect(operation.parameters.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['id', 'If-Match', 'Idempotency-Key', 'X-Correlation-Id']),
    );
    expect(Object.keys(operation.responses)).toEqual(
      expect.arrayContaining(['200', '400', '404', '409', '412', '422']),
    );
    expect(await end(child, 'SIGTERM')).toBe(0);
  });

  test('finishes what is under way when asked to end, keeps it, and ends with 0', async () => {
    const first = await start();
    const live = await fetch(`${first.url}/api/v1/live`);
    const requests = Array.from({ length: 50 }, (_, number) =>
      first.client.post('/api/v1/opportunities', { id: `deal-${number}`, title: 'x', owner: 'ann' }),
    );
    await requests[0];
    const code = end(first.child, 'SIGINT');
    const answers = await Promise.allSettled(requests);
    expect(await code).toBe(0);
    await live.text();

    const acknowledged = answers.flatMap((answer) =>
      answer.status === 'fulfilled' && answer.value.status === 201 ? [answer.value.body.id as string] : [],
    );
    expect(acknowledged.length).toBeGreaterThan(0);
    const second = await start();
    for (const id of acknowledged) {
      expect((await second.client.get(`/api/v1/opportunities/${id}/timeline`)).status).toBe(200);
    }
    expect(await end(second.child, 'SIGTERM')).toBe(0);
  });

  test('ends with 0 also where it is asked to while it starts', async () => {
    const fresh = join(data, 'fresh');
    const env = { PATH: process.env['PATH'], PORT: '0', DEALTRAIL_DATA: fresh };
    const child = spawn(process.execPath, [program], { env });
    await eventually(() => existsSync(join(fresh, 'events.db')));
    expect(await end(child, 'SIGTERM')).toBe(0);
  });

  test('says that the relay is no part of this version where Kafka is configured', async () => {
    const { child, output } = await start({ KAFKA_BROKERS: 'localhost:9092' });
    await eventually(async () => expect(output()).toContain('no relay'));
    expect(await end(child, 'SIGTERM')).toBe(0);
  });

  test('answers only probes and scrapers where the API is not among its roles', async () => {
    const { child, client } = await start({ ROLES: 'projector' });
    expect((await client.get('/health/live')).status).toBe(200);
    expect((await client.get('/api/v1/board')).status).toBe(404);
    expect(await end(child, 'SIGTERM')).toBe(0);
  });

  test('refuses a configuration that cannot be meant, by name and with 1', async () => {
    const { child, output } = await start({ PORT: 'eighty' });
    await eventually(async () => expect(output()).toContain('PORT must be 0 to 65535'));
    await eventually(async () => expect(child.exitCode).toBe(1));
  });
});
