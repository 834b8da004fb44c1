import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestServer, type TestServer } from './testing/running-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
});

async function open(id: string): Promise<void> {
  expect((await server.post('/api/v1/opportunities', { id, title: 'Press line', owner: 'ann' })).status).toBe(201);
}

async function command(id: string, verb: string, body: object = {}): Promise<void> {
  expect((await server.post(`/api/v1/opportunities/${id}/${verb}`, body)).status).toBe(200);
}

describe('live events', () => {
  test('come as they are recorded, and from the last one seen on after a lost connection', async () => {
    const first = await listen();
    await open('heard');
    const [opened] = await first.until(1);
    expect(opened).toMatchObject({ stream: 'opportunity-heard', type: 'OpportunityOpened' });
    first.end();

    await command('heard', 'move', { toStage: 'bidding' });
    await command('heard', 'suspend', { reason: 'waiting' });
    const second = await listen({ 'last-event-id': opened!.position });
    await command('heard', 'reactivate');
    const events = await second.until(3);
    expect(events.map(({ type }) => type)).toEqual([
      'OpportunityStageMoved',
      'OpportunitySuspended',
      'OpportunityReactivated',
    ]);
    expect(events.map(({ id, position }) => id === position)).toEqual([true, true, true]);
    second.end();
  });

  test('begin now where the last id is of no place in this log', async () => {
    const listener = await listen({ 'last-event-id': '9000000000000000' });
    await open('after-restore');
    expect(await listener.until(1)).toEqual([expect.objectContaining({ stream: 'opportunity-after-restore' })]);
    listener.end();
  });

  test('are not waited for by who only asks for the headers', async () => {
    const answer = await fetch(`${server.url}/api/v1/live`, { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  interface Heard {
    readonly id: string;
    readonly stream: string;
    readonly type: string;
    readonly position: string;
  }

  async function listen(headers: Record<string, string> = {}) {
    const ending = new AbortController();
    const response = await fetch(`${server.url}/api/v1/live`, { headers, signal: ending.signal });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = (await reader.read()).value ?? '';
    return {
      async until(count: number): Promise<Heard[]> {
        for (;;) {
          const heard = [...text.matchAll(/^id: (.+)\nevent: event\ndata: (.+)\n\n/gm)];
          if (heard.length >= count) return heard.map(([, id, data]) => ({ id, ...JSON.parse(data!) }));
          const { value, done } = await reader.read();
          if (done) throw new Error(`The stream ended after: ${text}`);
          text += value;
        }
      },
      end: () => ending.abort(),
    };
  }
});
