import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { ProblemResponses } from './problem.dto.ts';

/** Metadata of a route: the projections it reads. */
export const READS_FROM = 'reads from';

/** Describes a route that reads what projections keep; with `after=<position>` it waits for them. */
export function ReadsFrom(summary: string, ...projections: readonly string[]): MethodDecorator {
  return applyDecorators(
    SetMetadata(READS_FROM, projections),
    ApiOperation({ summary }),
    ProblemResponses(400, 401, 404, 503),
  );
}
