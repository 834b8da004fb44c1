import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOperation } from '@nestjs/swagger';
import type { Actor } from '../../eventsourcing/event.ts';
import { ProblemResponses } from '../../http/problem.dto.ts';
import { requireRight } from '../../http/rights.ts';
import { JobAcceptedDto } from './audit-jobs.dto.ts';

/** Throws `Forbidden` for everybody but auditors, managers and admins. */
export function requireAuditor(actor: Actor): void {
  requireRight(actor, 'read_audit', 'read the audit');
}

/** Describes a route that reads. */
export function AuditRead(summary: string): MethodDecorator {
  return described(summary, [400, 401, 403, 404, 503]);
}

/** Describes a route that begins a job. */
export function AuditStart(summary: string): MethodDecorator {
  return applyDecorators(
    HttpCode(202),
    ApiAcceptedResponse({ type: JobAcceptedDto, headers: { Location: { description: 'Its address.' } } }),
    described(summary, [400, 401, 403, 409, 413, 415, 503]),
  );
}

/** Describes a route that ends and forgets a job. */
export function AuditEnd(summary: string): MethodDecorator {
  return applyDecorators(HttpCode(204), ApiNoContentResponse(), described(summary, [400, 401, 403, 404]));
}

function described(summary: string, statuses: readonly number[]): MethodDecorator {
  return applyDecorators(ApiOperation({ summary }), ProblemResponses(...statuses));
}
