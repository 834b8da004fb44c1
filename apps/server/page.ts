import { existsSync, globSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** The route of everything that no other route takes. */
export const PAGE_ROUTE = '/*';

const policy = [
  "default-src 'self'",
  "script-src 'self'",
  // Positions of what is dragged, and of rows that are drawn as they come into view, are styles of elements.
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Where the built page lies, from the compiled server or from its source; undefined where it is not built. */
export function builtPage(): string | undefined {
  const compiled = extname(import.meta.url) === '.js';
  const directory = fileURLToPath(new URL(compiled ? '../../web' : '../../dist/web', import.meta.url));
  return existsSync(`${directory}/index.html`) ? directory : undefined;
}

/** Whether an address is not the page's: unknown ones there stay unknown. */
export function isReserved(url: string): boolean {
  return /^\/+(api|health|metrics)(?![^/?#])/i.test(decoded(url));
}

/**
 * Serves the page from a directory: its files, compressed where there is a compressed one beside it, and its entry at
 * every other address, which the page itself reads.
 */
export function servePage(fastify: FastifyInstance, directory: string): void {
  const files = new Set(globSync('**/*.*', { cwd: directory }).map((file) => file.replaceAll('\\', '/')));
  // Waiting for it would settle how errors are answered before that is known.
  void fastify.register(fastifyStatic, { root: directory, serve: false, preCompressed: true });
  fastify.get(PAGE_ROUTE, (request, reply) => {
    const path = decoded(request.url.split(/[?#]/, 1)[0]!).replace(/^\/+/, '');
    if (files.has(path)) return sendFile(reply, path);
    // The id of a deal may look like the name of a file.
    const isMissingFile = extname(path) !== '' && !path.startsWith('deals/');
    if (isReserved(request.url) || isMissingFile) return reply.callNotFound();
    return sendFile(reply, 'index.html');
  });
}

/**
 * The address to ask for instead of one of the page whose percent signs encode nothing, for which no route is ever
 * looked up: with these signs taken as they stand. Undefined where the address is not the page's.
 */
export function mendedAddress({ method, url }: Pick<FastifyRequest, 'method' | 'url'>): string | undefined {
  if (method !== 'GET' || isReserved(url)) return undefined;
  const [path = '', ...rest] = url.split(/(?=[?#])/);
  // One slash only: two begin the address of another host.
  return ['/', path.replace(/^[/\\]+/, '').replaceAll('%', '%25'), ...rest].join('');
}

function sendFile(reply: FastifyReply, file: string): FastifyReply {
  reply.headers({
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    // Names of assets contain a hash of their content; the entry and what it names itself do not.
    'Cache-Control': file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  return reply.sendFile(file, { cacheControl: false });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Not decodable, so no name of a file.
    return path;
  }
}
