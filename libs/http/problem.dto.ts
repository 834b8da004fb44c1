import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { Actor, Source } from '../eventsourcing/event.ts';
import { FieldChangeDto } from './field-change.dto.ts';

/** How what a refusal speaks of is described. */
export const refusalParameters = { type: 'object', additionalProperties: true } as const;

/** What is wrong with one field. */
export class FieldErrorDto {
  field!: string;
  rule!: string;
  message!: string;
  /** What `message` speaks of, by name: which there are for which rule is on the page of problems. */
  @ApiProperty(refusalParameters)
  parameters?: Record<string, unknown>;
}

/** Who acted, in which role and, where it was for somebody else, for whom. */
export class ActorDto implements Actor {
  id!: string;
  role!: string;
  onBehalfOf?: string;
}

/** An event that came in between, with what it changed. */
export class ChangeSinceDto {
  type!: string;
  revision!: number;
  who!: ActorDto;
  /** When it was recorded. */
  when!: string;
  /** Business time. */
  occurredAt!: string;
  reason?: string;
  source!: Source;
  changes!: FieldChangeDto[];
}

const revision = { oneOf: [{ type: 'integer' }, { type: 'string', enum: ['no_stream'] }] };

/** A problem of RFC 9457; `code` is stable. */
export class ProblemDto {
  type!: string;
  title!: string;
  status!: number;
  code!: string;
  detail?: string;
  /** What `detail` speaks of, by name, for some codes. */
  @ApiProperty(refusalParameters)
  parameters?: Record<string, unknown>;
  errors?: FieldErrorDto[];
  /** Of `job_under_way`: the address of the one that is. */
  job?: string;
  /** Of a conflict: the revision that was expected; `no_stream` where there was to be nothing yet. */
  @ApiProperty({ ...revision, required: false })
  expected?: number | 'no_stream';
  /** Of a conflict: the revision it is at. */
  @ApiProperty({ ...revision, required: false })
  actual?: number | 'no_stream';
  /** Of a conflict: what happened since the revision expected, in order. */
  changes?: ChangeSinceDto[];
}

/** Describes the problems that a route may answer with. */
export function ProblemResponses(...statuses: readonly number[]): MethodDecorator {
  const content = { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } };
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...statuses.map((status) => ApiResponse({ status, description: '', content })),
  );
}
