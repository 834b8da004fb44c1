import { finished } from 'node:stream/promises';
import type { FastifyInstance } from 'fastify';

const LONGEST_MILLISECONDS = 5_000;
const MOST_BYTES = 128 * 1024 * 1024;

/**
 * Reads what is left of a refused request's body, and throws it away, before the refusal is sent: most clients send all
 * of it before they look for an answer, and would find a broken connection in its place. Bounded in time and size.
 */
export function readRefusedBodies(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async ({ raw }, reply, payload) => {
    if (reply.statusCode < 400 || raw.readableEnded || raw.destroyed) return payload;
    const enough = new AbortController();
    const timer = setTimeout(() => enough.abort(), LONGEST_MILLISECONDS);
    let bytes = 0;
    raw.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) enough.abort();
    });
    raw.resume();
    // However it ends, the answer is the same; whether somebody is left to hear it shows when it is sent.
    await Promise.allSettled([finished(raw, { signal: enough.signal, cleanup: true })]);
    clearTimeout(timer);
    return payload;
  });
}
