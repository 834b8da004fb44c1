import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { CommandResult } from '../eventsourcing/command-handler.ts';
import type { DomainEvent } from '../eventsourcing/event.ts';
import { CommandAnswerDto } from './command.dto.ts';
import { etag, sourcesOfRequests } from './command-request.ts';
import { ProblemResponses } from './problem.dto.ts';

/** Answers a command with what it did, and with the ETag of what it concerned. */
export function answerCommand(reply: FastifyReply, id: string, result: CommandResult<DomainEvent>): CommandAnswerDto {
  const { revision, position, repeated, events } = result;
  reply.header('ETag', etag(revision));
  return { id, revision, position, repeated, events: events.map(({ type }) => type) };
}

/** Describes a route that carries out a command on something that exists. */
export function CommandRoute(summary: string): MethodDecorator {
  return applyDecorators(
    HttpCode(200),
    described(summary),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The ETag of a read: refused with 412 where it changed.',
    }),
    ApiOkResponse({ type: CommandAnswerDto }),
    refusals([404, 409, 412]),
  );
}

/** Describes a route that creates something. */
export function CreationRoute(summary: string): MethodDecorator {
  return applyDecorators(
    HttpCode(201),
    described(summary),
    ApiCreatedResponse({ type: CommandAnswerDto, headers: { Location: { description: 'Its address.' } } }),
    refusals([409]),
  );
}

/** Describes the header that says through what a command was given. */
export function SourceHeader(): MethodDecorator {
  return ApiHeader({
    name: 'X-Source',
    required: false,
    enum: [...sourcesOfRequests],
    description: 'Through what it was done, kept with every event that follows; `api` where left out.',
  });
}

function described(summary: string): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'The same key with the same content answers as the first time and records nothing.',
    }),
    ApiHeader({ name: 'X-Correlation-Id', required: false, description: 'Kept with every event that follows.' }),
    SourceHeader(),
  );
}

function refusals(statuses: readonly number[]): MethodDecorator {
  return ProblemResponses(400, 401, 403, ...statuses, 413, 415, 422, 503);
}
