import { applyDecorators } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { ProblemResponses } from '../../http/problem.dto.ts';

/** Describes a route of importing with the ways it is refused, beside those of every route. */
export function ImportCommandRoute(summary: string, statuses: readonly number[]): MethodDecorator {
  return applyDecorators(ApiOperation({ summary }), ProblemResponses(400, 401, 403, ...statuses, 503));
}
