import { randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { stableId, type CommandContext } from '../eventsourcing/command-handler.ts';
import { RuleViolation } from '../eventsourcing/errors.ts';
import type { Actor, Source } from '../eventsourcing/event.ts';
import type { CommandDto } from './command.dto.ts';
import { invalid } from './invalid-input.ts';

/** What the headers of a request say about a command. */
export interface CommandRequest {
  readonly actor: Actor;
  readonly idempotencyKey?: string;
  readonly expectedRevision?: number;
  readonly correlationId?: string;
  /** Through what the actor gave the command; `api` where the request does not say. */
  readonly source: SourceOfRequest;
}

/** What a request may say it comes through; the other sources name themselves. */
export const sourcesOfRequests = ['page', 'api'] as const satisfies readonly Source[];
export type SourceOfRequest = (typeof sourcesOfRequests)[number];

const AHEAD_MILLISECONDS = 5 * 60_000;

/** The parameter that holds the `CommandRequest`; malformed headers are refused. */
export const RequestOfCommand = createParamDecorator((_: unknown, context: ExecutionContext): CommandRequest =>
  commandRequest(context.switchToHttp().getRequest<FastifyRequest & { actor: Actor }>()),
);

/** Reads Idempotency-Key, If-Match, X-Correlation-Id and X-Source. */
export function commandRequest({ actor, headers }: Pick<FastifyRequest, 'headers'> & { actor: Actor }): CommandRequest {
  const idempotencyKey = short(headers['idempotency-key'], 'Idempotency-Key');
  const correlationId = short(headers['x-correlation-id'], 'X-Correlation-Id');
  const expectedRevision = revisionOf(headers['if-match']);
  const source = sourceOf(headers['x-source']);
  return {
    actor,
    source,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(expectedRevision === undefined ? {} : { expectedRevision }),
  };
}

/**
 * The context of a command from its request's headers and body. Throws `RuleViolation` `occurred_in_future` where the
 * business time lies more than 5 minutes after `now` (milliseconds).
 */
export function commandContext(request: CommandRequest, body: CommandDto, now: number): CommandContext {
  const { actor, idempotencyKey, expectedRevision, correlationId, source } = request;
  const occurredAt = body.occurredAt === undefined ? undefined : new Date(body.occurredAt);
  if (occurredAt !== undefined && occurredAt.getTime() > now + AHEAD_MILLISECONDS) {
    throw new RuleViolation('occurred_in_future', 'What is recorded must have happened already.', 'occurredAt');
  }
  return {
    commandId: idempotencyKey === undefined ? randomUUID() : stableId(actor.id, idempotencyKey),
    actor,
    source,
    ...(body.reason === undefined ? {} : { reason: body.reason }),
    ...(occurredAt === undefined ? {} : { occurredAt: occurredAt.toISOString() }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(expectedRevision === undefined ? {} : { expectedRevision }),
  };
}

/** The id of something new whose creator named none: the same for the same idempotency key, else random. */
export function newId({ actor, idempotencyKey }: CommandRequest, kind: string): string {
  return idempotencyKey === undefined ? randomUUID() : stableId(kind, actor.id, idempotencyKey);
}

/** The plain data of a validated body without what belongs to the context. An instance has every field, most undefined. */
export function plainBody<Body extends CommandDto>(body: Body): Omit<Body, keyof CommandDto> {
  const { reason: _reason, occurredAt: _occurredAt, ...rest } = body;
  return JSON.parse(JSON.stringify(rest)) as Omit<Body, keyof CommandDto>;
}

/** The ETag of a revision. */
export function etag(revision: number): string {
  return `"${revision}"`;
}

function revisionOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const match = /^"(\d{1,9})"$/.exec(header.trim());
  if (!match) throw invalid('If-Match', 'etag', 'If-Match must be one ETag as a read answers it, such as "3".');
  return Number(match[1]);
}

function sourceOf(header: string | string[] | undefined): SourceOfRequest {
  if (header === undefined) return 'api';
  const source = sourcesOfRequests.find((known) => known === header);
  if (!source) throw invalid('X-Source', 'one_of', `X-Source must be one of ${sourcesOfRequests.join(', ')}.`);
  return source;
}

function short(header: string | string[] | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !/^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(header)) {
    throw invalid(name, 'header', `${name} must be 1 to 255 printable ASCII characters.`);
  }
  return header;
}
