import createClient, { type Middleware } from 'openapi-fetch';
import { forgetPosition, knownPosition, rememberPosition } from './known-position.ts';
import { Problem } from './problem.ts';
import { queryClient } from './query-client.ts';
import type { paths } from './schema.d.ts';
import { readToken, tellRefused } from './token.ts';

/** Reads whose answer can be asked to contain an event; the others know no `after`. */
const READS_AFTER =
  /^\/api\/v1\/((opportunities|board|funnel|forecast|win-loss|stalled|pipelines|search|facets)(\/|$)|imports$)/;

const manners: Middleware = {
  onRequest({ request, schemaPath }) {
    const token = readToken();
    if (token !== undefined) request.headers.set('Authorization', `Bearer ${token}`);
    request.headers.set('X-Source', 'page');
    const after = knownPosition();
    if (request.method !== 'GET' || after === undefined || !READS_AFTER.test(schemaPath)) return request;
    const url = new URL(request.url);
    url.searchParams.set('after', after);
    return new Request(url, request);
  },
  async onResponse({ request, response }) {
    if (!response.ok) {
      const problem = await problemIn(response);
      if (problem.status === 401) tellRefused();
      if (problem.document.errors?.some(({ field }) => field === 'after')) startAnew();
      throw problem;
    }
    if (request.method !== 'GET') await rememberAnswer(response.clone());
    return response;
  },
};

/**
 * The API with its types. What the server refuses is thrown as a `Problem`; a network failure as a TypeError. Reads
 * contain whatever this page has heard of.
 */
export const api = createClient<paths>({ baseUrl: globalThis.location.origin });
api.use(manners);

/** The data of an answer that was not refused. */
export async function dataOf<Data>(answer: Promise<{ data?: Data }>): Promise<Data> {
  const { data } = await answer;
  if (data === undefined) throw new Problem(0, { code: 'unexpected', detail: 'The server answered nothing.' });
  return data;
}

/** The server's log is another one than that of which the page has heard, such as a restored one. */
function startAnew(): void {
  if (knownPosition() === undefined) return;
  forgetPosition();
  // The code of the page's parts is no data.
  void queryClient.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'code' });
}

async function problemIn(response: Response): Promise<Problem> {
  // A proxy says so in its own words where the server behind it is not there.
  if (response.status === 502 || response.status === 504) return new Problem(0, {});
  const text = await response.text();
  try {
    return new Problem(response.status, JSON.parse(text) as Problem['document']);
  } catch {
    return new Problem(response.status, { detail: `${response.status} ${response.statusText}`.trim() });
  }
}

async function rememberAnswer(response: Response): Promise<void> {
  if (!response.headers.get('content-type')?.includes('json')) return;
  const { position } = (await response.json()) as { position?: unknown };
  if (typeof position === 'string') rememberPosition(position);
}
