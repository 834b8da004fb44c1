import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Forbidden } from '../../libs/eventsourcing/errors.ts';
import type { Actor } from '../../libs/eventsourcing/event.ts';
import { invalid } from '../../libs/http/invalid-input.ts';
import { may } from '../../libs/http/rights.ts';
import { isReserved, PAGE_ROUTE } from './page.ts';
import { tokenDigest, type Config } from './config.ts';
import { RequestProblem } from './problems.ts';

/** The actor of every request where no tokens are configured; the server then listens on loopback only. */
export const LOCAL: Actor = { id: 'local', role: 'admin' };

const READING = ['GET', 'HEAD', 'OPTIONS'];
/** For probes and scrapers, which hold no token. */
const OPEN_ROUTES = ['/health/live', '/health/ready', '/metrics'];
/** What readers may begin here changes nothing but what this server keeps of it. */
const READERS_WORK = '/api/v1/audit/';
const DEEPEST = 32;

/** Adds what every request passes before its route sees it: who it is from, and whether its text can be read and kept. */
export function addRequestChecks(fastify: FastifyInstance, { actors }: Pick<Config, 'actors'>): void {
  fastify.decorateRequest('actor', null);
  fastify.addHook('onRequest', async (request) => {
    // By the route that was found, for a path can be written in many ways.
    const route = request.routeOptions.url ?? '';
    // A browser holds no token before the page has asked for one.
    if (OPEN_ROUTES.includes(route) || (route === PAGE_ROUTE && !isReserved(request.url))) return;
    const actor = actors.size === 0 ? LOCAL : actorOf(request, actors);
    const reads = READING.includes(request.method) || route.startsWith(READERS_WORK);
    if (!reads && !may(actor, 'change')) {
      throw new Forbidden(`The role ${actor.role} reads only.`);
    }
    if (request.headers['content-encoding'] !== undefined) {
      throw new RequestProblem('unsupported_media_type', 'Send the body as it is, without Content-Encoding.');
    }
    Object.assign(request, { actor });
  });
  fastify.addHook('preValidation', async (request) => {
    const { body } = request;
    if (body !== undefined && (typeof body !== 'object' || body === null || Array.isArray(body))) {
      throw invalid('', 'object', 'The body must be a JSON object.');
    }
    for (const part of [request.params, request.query, request.body]) refuseMalformed(part);
  });
}

/** Refuses, by its path, what no store could keep or no code walk: control characters, half surrogates, deep nesting. */
export function refuseMalformed(input: unknown): void {
  const pending: { path: string; value: unknown; depth: number }[] = [{ path: '', value: input, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { path, value, depth } = next;
    if (typeof value === 'string') refuseText(path, value);
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= DEEPEST) throw invalid(path.slice(0, 100), 'depth', `Nothing may be nested deeper than ${DEEPEST}.`);
    for (const [name, child] of Object.entries(value)) {
      const field = path === '' ? name : `${path}.${name}`;
      refuseText(field, name);
      if (name === '__proto__' || name === 'constructor' || name === 'prototype') {
        throw invalid(field, 'unknown_field', `${field} is not a field of this request.`);
      }
      pending.push({ path: field, value: child, depth: depth + 1 });
    }
  }
}

function refuseText(field: string, text: string): void {
  // Tab, line feed and carriage return are what people type; no other control character is.
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) {
    throw invalid(printable(field), 'control_character', 'Text must not contain control characters.');
  }
  if (!text.isWellFormed()) throw invalid(printable(field), 'unicode', 'Text must be well-formed Unicode.');
}

function printable(field: string): string {
  return field
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, '\ufffd')
    .slice(0, 100);
}

function actorOf({ headers }: FastifyRequest, actors: ReadonlyMap<string, Actor>): Actor {
  const token = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  const actor = token === undefined ? undefined : actors.get(tokenDigest(token));
  if (!actor) throw new RequestProblem('unauthenticated', 'Send a configured token as Authorization: Bearer <token>.');
  return actor;
}
