import { HttpException } from '@nestjs/common';
import {
  CommandReused,
  ConcurrencyConflict,
  EventTooLarge,
  Forbidden,
  NotFound,
  ProjectionBehind,
  RuleViolation,
  StoreUnavailable,
  type RefusalParameters,
} from '../../libs/eventsourcing/errors.ts';
import { JobUnderWay } from '../../libs/http/background-jobs.ts';
import { given } from '../../libs/http/given.ts';
import { InvalidInput, type FieldError } from '../../libs/http/invalid-input.ts';
import { UploadTooLarge } from '../../libs/importing/uploads.ts';

/**
 * Every problem the server answers with, by its stable code. A rule of the domain that refuses a command answers with
 * its own code and the status and title of `rule_violation`.
 */
export const problems = {
  malformed_request: { status: 400, title: 'The request cannot be understood' },
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  validation_failed: { status: 400, title: 'Some fields are not valid' },
  unauthenticated: { status: 401, title: 'A valid bearer token is needed' },
  forbidden: { status: 403, title: 'The role of the actor does not allow this' },
  not_found: { status: 404, title: 'What the request concerns does not exist' },
  no_such_route: { status: 404, title: 'There is no such address' },
  method_not_allowed: { status: 405, title: 'This address does not take that method' },
  not_acceptable: { status: 406, title: 'No representation of the kind asked for' },
  request_timeout: { status: 408, title: 'The request took too long to arrive' },
  conflict: { status: 409, title: 'Somebody else changed it meanwhile' },
  rebuild_under_way: { status: 409, title: 'The projection is being rebuilt already' },
  job_under_way: { status: 409, title: 'Another such job is under way' },
  nothing_to_roll_back_to: { status: 409, title: 'There is no earlier build' },
  stale_version: { status: 412, title: 'It changed since the version named by If-Match' },
  body_too_large: { status: 413, title: 'The body is too large' },
  event_too_large: { status: 413, title: 'The change is larger than the event store takes' },
  address_too_long: { status: 414, title: 'The address is too long' },
  unsupported_media_type: { status: 415, title: 'The address does not take bodies of this media type' },
  rule_violation: { status: 422, title: 'A rule of the domain refuses the command' },
  idempotency_key_reused: { status: 422, title: 'The idempotency key was used before with another content' },
  headers_too_large: { status: 431, title: 'The headers are too large' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  store_unavailable: { status: 503, title: 'A store cannot be reached now' },
  projection_behind: { status: 503, title: 'The read model has not come that far yet' },
  shutting_down: { status: 503, title: 'The server is shutting down' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** A problem of RFC 9457, as it is sent. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly parameters?: RefusalParameters;
  readonly errors?: readonly FieldError[];
  readonly [extension: string]: unknown;
}

/** A problem that has no class of its own below the edge. */
export class RequestProblem extends Error {
  readonly code: ProblemCode;
  readonly extensions: Readonly<Record<string, unknown>>;
  constructor(code: ProblemCode, detail: string, extensions: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.name = 'RequestProblem';
    this.code = code;
    this.extensions = extensions;
  }
}

/** The problem a code stands for. */
export function problem(
  code: ProblemCode,
  detail?: string,
  extensions: Readonly<Record<string, unknown>> = {},
): Problem {
  const { status, title } = problems[code];
  return { type: typeOf(code), title, status, code, ...(detail ? { detail } : {}), ...extensions };
}

/**
 * The problem an error is to the client. What nobody foresaw is `internal_error` and tells nothing of itself.
 * @param versionNamed whether the request named a version by If-Match
 */
export function problemOf(error: unknown, versionNamed: boolean): Problem {
  if (error instanceof RequestProblem) return problem(error.code, error.message, error.extensions);
  if (error instanceof InvalidInput) return problem('validation_failed', error.message, { errors: error.errors });
  if (error instanceof RuleViolation) return ruleProblem(error);
  if (error instanceof NotFound) {
    // A read model that is not there is being built for the first time.
    return error.kind === 'read model'
      ? problem('projection_behind', error.message)
      : problem('not_found', error.message);
  }
  if (error instanceof Forbidden) return problem('forbidden', error.message);
  if (error instanceof UploadTooLarge) return problem('body_too_large', error.message);
  if (error instanceof JobUnderWay) {
    const { job, startedBy, startedAt } = error;
    return problem('job_under_way', error.message, { job, parameters: { startedBy, startedAt } });
  }
  if (error instanceof CommandReused) return problem('idempotency_key_reused', error.message);
  if (error instanceof EventTooLarge) return problem('event_too_large', error.message);
  if (error instanceof ProjectionBehind) return problem('projection_behind', error.message);
  if (error instanceof StoreUnavailable) return problem('store_unavailable');
  if (error instanceof ConcurrencyConflict) {
    const { expected, actual } = error;
    return problem(versionNamed ? 'stale_version' : 'conflict', error.message, { expected, actual });
  }
  if (error instanceof HttpException) return frameworkProblem(error);
  return problem('internal_error');
}

function ruleProblem({ code, message, field, parameters }: RuleViolation): Problem {
  const { status, title } = problems.rule_violation;
  const told = given({ parameters });
  const errors = field === undefined ? {} : { errors: [{ field, rule: code, message, ...told }] };
  return { type: typeOf(code), title, status, code, detail: message, ...told, ...errors };
}

function frameworkProblem(error: HttpException): Problem {
  const status = error.getStatus();
  const json = isJsonFault(error.cause) && status === 400;
  if (json) return problem('malformed_json', error.message);
  const code = codes.find((known) => problems[known].status === status);
  return code ? problem(code, error.message) : problem(status < 500 ? 'malformed_request' : 'internal_error');
}

/** What the framework's own errors are called, by their status. */
const codes: readonly ProblemCode[] = [
  'malformed_request',
  'unauthenticated',
  'forbidden',
  'no_such_route',
  'method_not_allowed',
  'not_acceptable',
  'request_timeout',
  'body_too_large',
  'address_too_long',
  'unsupported_media_type',
  'headers_too_large',
  'shutting_down',
];

function isJsonFault(cause: unknown): boolean {
  if (cause instanceof SyntaxError) return true;
  return (
    cause instanceof Error && 'code' in cause && /^FST_ERR_CTP_(INVALID|EMPTY)_JSON_BODY$/.test(String(cause.code))
  );
}

function typeOf(code: string): string {
  return `urn:dealtrail:problem:${code}`;
}
