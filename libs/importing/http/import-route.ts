import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { ProblemDto } from '../../http/problem.dto.ts';

/** Describes a route of importing with the ways it is refused, beside those of every route. */
export function ImportCommandRoute(summary: string, statuses: readonly number[]): MethodDecorator {
  const all = [400, 401, 403, ...statuses, 503];
  return applyDecorators(ApiOperation({ summary }), ...all.map((status) => ApiResponse({ status, type: ProblemDto })));
}
