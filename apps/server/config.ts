import { createHash } from 'node:crypto';
import type { Actor } from '../../libs/eventsourcing/event.ts';

/** What this process does: answer HTTP, keep read models, pass events on to Kafka. */
export const ROLES = ['api', 'projector', 'relay'] as const;
export type Role = (typeof ROLES)[number];

/** What a bearer token's holder may do; `docs/operations.md` says what each may. */
export const ACTOR_ROLES = ['admin', 'manager', 'rep', 'auditor', 'reader'] as const;

/** Everything the environment says, parsed once. Frozen. */
export interface Config {
  /** EventStoreDB; unset: a SQLite file in `data`. */
  readonly eventStoreUrl?: string;
  /** MongoDB; unset: a SQLite file in `data`. */
  readonly mongodbUrl?: string;
  readonly kafkaBrokers: readonly string[];
  /** The directory of the embedded stores; relative to where the process was started. */
  readonly data: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly roles: readonly Role[];
  /** Actors by the SHA-256 of their bearer token, hexadecimal. None: everybody is `local`, on the loopback interface only. */
  readonly actors: ReadonlyMap<string, Actor>;
}

/** An environment variable says something that cannot be meant. */
export class ConfigInvalid extends Error {
  constructor(variable: string, message: string) {
    super(`${variable} ${message}`);
    this.name = 'ConfigInvalid';
  }
}

/** The environment of this process. */
export function environment(): NodeJS.ProcessEnv {
  return process.env;
}

/** Parses the environment; throws `ConfigInvalid` where a variable cannot be meant so. Empty counts as unset. */
export function configFrom(variables: NodeJS.ProcessEnv): Config {
  const read = (name: string): string | undefined => variables[name]?.trim() || undefined;
  const actors = tokens(read('DEALTRAIL_TOKENS'));
  const eventStoreUrl = url('EVENTSTORE_URL', read('EVENTSTORE_URL'), ['esdb:', 'esdb+discover:', 'kurrentdb:']);
  const mongodbUrl = url('MONGODB_URL', read('MONGODB_URL'), ['mongodb:', 'mongodb+srv:']);
  const host = read('HOST');
  if (actors.size === 0 && host !== undefined && !isLoopback(host)) {
    throw new ConfigInvalid(
      'HOST',
      `may be ${host} only with DEALTRAIL_TOKENS set; without, anybody could do anything`,
    );
  }
  return Object.freeze({
    ...(eventStoreUrl === undefined ? {} : { eventStoreUrl }),
    ...(mongodbUrl === undefined ? {} : { mongodbUrl }),
    kafkaBrokers: Object.freeze(list(read('KAFKA_BROKERS') ?? '')),
    data: read('DEALTRAIL_DATA') ?? './data',
    port: port(read('PORT') ?? '3000'),
    host: host ?? (actors.size === 0 ? '127.0.0.1' : '0.0.0.0'),
    roles: Object.freeze(roles(read('ROLES') ?? ROLES.join(','))),
    actors,
  });
}

/** How a token is looked up, so that no token stays in memory and comparing takes the same time for all. */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number > 65_535) throw new ConfigInvalid('PORT', `must be 0 to 65535, not ${text}`);
  return number;
}

function roles(text: string): Role[] {
  const named = list(text);
  const unknown = named.find((role) => !ROLES.includes(role as Role));
  if (unknown !== undefined || named.length === 0) {
    throw new ConfigInvalid('ROLES', `must list some of ${ROLES.join(', ')}, not ${unknown ?? 'nothing'}`);
  }
  return named as Role[];
}

function url(variable: string, text: string | undefined, protocols: readonly string[]): string | undefined {
  if (text === undefined) return undefined;
  // Credentials may stand in the URL, so a message never repeats it. Clusters list several hosts, which `URL` refuses.
  if (!protocols.some((protocol) => text.startsWith(`${protocol}//`))) {
    throw new ConfigInvalid(variable, `must begin with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);
  }
  return text;
}

function tokens(text: string | undefined): ReadonlyMap<string, Actor> {
  const actors = new Map<string, Actor>();
  for (const [index, entry] of list(text ?? '').entries()) {
    const match = /^(?<token>[^\s:,]{16,200})=(?<id>[^\s=:,]{1,100}):(?<role>[a-z]+)$/.exec(entry);
    // The entry holds a secret, so the message names it by its place.
    const refuse = (why: string): ConfigInvalid => new ConfigInvalid('DEALTRAIL_TOKENS', `entry ${index + 1} ${why}`);
    if (!match?.groups) throw refuse('must read token=id:role, with a token of at least 16 characters');
    const { token, id, role } = match.groups as { token: string; id: string; role: string };
    if (!ACTOR_ROLES.some((known) => known === role))
      throw refuse(`must have one of the roles ${ACTOR_ROLES.join(', ')}`);
    if (actors.has(tokenDigest(token))) throw refuse('repeats a token');
    actors.set(tokenDigest(token), Object.freeze({ id, role }));
  }
  return actors;
}
