import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configFrom } from '../../apps/server/config.ts';
import { startServer, type ServerOptions } from '../../apps/server/server.ts';
import { eventually } from '../../libs/eventsourcing/testing/eventually.ts';

/** The answer of a request; the body parsed where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line no-explicit-any
  readonly body: any;
}

export interface TestServer {
  readonly url: string;
  readonly data: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Any request at all; a string body goes out as it is. */
  send(method: string, path: string, init?: { headers?: Record<string, string>; body?: string }): Promise<Answer>;
  /** Position of the last event. */
  head(): Promise<string>;
  close(): Promise<void>;
}

/**
 * The real server in this process, ready, on a free port, with stores in a new directory that `close` removes, or in
 * that of DEALTRAIL_DATA, which stays.
 */
export async function startTestServer(
  variables: Record<string, string> = {},
  options: Pick<ServerOptions, 'page'> = {},
): Promise<TestServer> {
  const temporary = await mkdtemp(join(tmpdir(), 'dealtrail-http-'));
  const config = configFrom({ PORT: '0', DEALTRAIL_DATA: temporary, ...variables });
  const server = await startServer({ ...config, host: '127.0.0.1' }, { ...options, logger: false });
  const client = httpClient(server.url);
  await eventually(async () => {
    const { status, body } = await client.get('/health/ready');
    if (status !== 200) throw new Error(JSON.stringify(body));
  });
  return {
    ...client,
    url: server.url,
    data: config.data,
    async head() {
      const { body } = await client.get('/api/v1/projections');
      return body.projections[0].head;
    },
    async close() {
      await server.close();
      await rm(temporary, { recursive: true });
    },
  };
}

/** Requests to a server at an address. */
export function httpClient(url: string): Pick<TestServer, 'get' | 'post' | 'send'> {
  async function send(
    method: string,
    path: string,
    init: { headers?: Record<string, string>; body?: string } = {},
  ): Promise<Answer> {
    const response = await fetch(url + path, { method, ...init });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: json && text !== '' ? JSON.parse(text) : text };
  }
  return {
    send,
    // A read waits some seconds for the position it asks for; on a busy machine it asks again.
    get: (path, headers = {}) =>
      eventually(async () => {
        const answer = await send('GET', path, { headers });
        return answer.body?.code !== 'projection_behind' && answer;
      }),
    post: (path, body = {}, headers = {}) =>
      send('POST', path, { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }),
  };
}
