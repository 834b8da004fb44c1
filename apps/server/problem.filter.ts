import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { streamChanges } from '../../libs/composition/stream-changes.ts';
import type { CommandHandler } from '../../libs/eventsourcing/command-handler.ts';
import { ConcurrencyConflict } from '../../libs/eventsourcing/errors.ts';
import type { RecordedEvent } from '../../libs/eventsourcing/event.ts';
import type { FieldChange } from '../../libs/eventsourcing/field-changes.ts';
import { ChangeSinceDto } from '../../libs/http/problem.dto.ts';
import { problem, problemOf, type Problem } from './problems.ts';

const RETRY_AFTER_SECONDS = 1;

/** Sends a problem as RFC 9457 has it. */
export function sendProblem(reply: Pick<FastifyReply, 'status'>, answer: Problem): void {
  const sending = reply.status(answer.status).header('Content-Type', 'application/problem+json; charset=utf-8');
  // Serialised here, for Fastify would take the media type for another one than JSON.
  sending.send(JSON.stringify(answer));
}

/** Answers every error, of whatever layer, as problem+json. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #handler: Pick<CommandHandler, 'eventsSince'>;
  readonly #methodsAt: (path: string) => readonly string[];
  readonly #logger = new Logger('http');

  /** @param methodsAt the methods that the routes at a path take; none where there is no route */
  constructor(handler: Pick<CommandHandler, 'eventsSince'>, methodsAt: (path: string) => readonly string[]) {
    this.#handler = handler;
    this.#methodsAt = methodsAt;
  }

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    let answer = problemOf(error, request.headers['if-match'] !== undefined);
    if (answer.code === 'no_such_route') answer = this.#missing(request, reply);
    if (answer.code === 'unauthenticated') reply.header('WWW-Authenticate', 'Bearer');
    if (answer.status === 503) reply.header('Retry-After', RETRY_AFTER_SECONDS);
    if (answer.status >= 500 && answer.code !== 'projection_behind') this.#logger.error(error);
    if (error instanceof ConcurrencyConflict) answer = await this.#withChanges(answer, error);
    sendProblem(reply, answer);
  }

  #missing(request: FastifyRequest, reply: FastifyReply): Problem {
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = this.#methodsAt(path);
    if (methods.length === 0) return problem('no_such_route', `There is nothing at ${path.slice(0, 200)}.`);
    // The router passes over a route whose parameter is too long, and comes upon the page.
    if (methods.includes(request.method)) return problem('address_too_long', 'A part of the address is too long.');
    reply.header('Allow', methods.join(', '));
    return problem('method_not_allowed', `${request.method} is not among ${methods.join(', ')}.`);
  }

  /** Tells the loser of a race what the winners did since the version it saw. */
  async #withChanges(answer: Problem, { stream, expected }: ConcurrencyConflict): Promise<Problem> {
    try {
      const since = expected === 'no_stream' ? -1 : expected;
      const changes = streamChanges(await this.#handler.eventsSince(stream, -1))
        .filter(({ event }) => event.revision > since)
        .map(({ event, changes: fields }) => changeSince(event, fields));
      return { ...answer, changes };
    } catch (error) {
      // The conflict itself is the answer; what led to it is extra.
      this.#logger.error(error);
      return answer;
    }
  }
}

function changeSince(event: RecordedEvent, changes: readonly FieldChange[]): ChangeSinceDto {
  const { type, revision, occurredAt, recordedAt: when, metadata } = event;
  const { actor: who, source, reason } = metadata;
  const given = reason === undefined ? {} : { reason };
  return { type, revision, who, when, occurredAt, source, ...given, changes: [...changes] };
}
