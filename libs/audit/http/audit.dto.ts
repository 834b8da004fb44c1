import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, Matches } from 'class-validator';
import { IsDayOrInstant, IsIdentifier, IsText, IsWhole, Nested, Optional } from '../../http/field-rules.ts';
import { POSITION } from '../../http/read.dto.ts';

const sources = ['page', 'api', 'import', 'cli', 'kafka', 'automation', 'sample'] as const;
const STREAM = /^[a-z][a-z_]*-[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/;

/** Which events of the log; what is left out narrows nothing. Days are whole, in UTC; both ends are included. */
export class AuditEventsDto {
  /** `opportunity-<id>`, `pipeline-<id>`, `import-<id>`. */
  @Optional()
  @Matches(STREAM, { message: 'stream must be a kind and an id, such as opportunity-42' })
  stream?: string;

  /** What the stream is about: `opportunity`, `pipeline`, `import`. */
  @Optional()
  @IsIdentifier()
  kind?: string;

  /** Types of events, several with commas. */
  @Optional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @ArrayMaxSize(100)
  @IsIdentifier({ each: true })
  type?: string[];

  /** Id of who acted, or on whose behalf. */
  @Optional()
  @IsText(200)
  actor?: string;

  @Optional()
  @IsIn(sources)
  source?: (typeof sources)[number];

  /** Events that came of the same request, import or command. */
  @Optional()
  @IsText(255)
  correlationId?: string;

  @Optional()
  @IsDayOrInstant()
  occurredFrom?: string;

  @Optional()
  @IsDayOrInstant()
  occurredTo?: string;

  @Optional()
  @IsDayOrInstant()
  recordedFrom?: string;

  @Optional()
  @IsDayOrInstant()
  recordedTo?: string;

  /** `newest` first where left out. */
  @Optional()
  @IsIn(['newest', 'oldest'])
  order?: 'newest' | 'oldest';

  /** 50 where left out. */
  @Optional()
  @Type(() => Number)
  @IsWhole(1, 500)
  limit?: number;

  /** The `next` of the page before, with the same conditions and order. */
  @Optional()
  @Matches(POSITION, { message: 'cursor must be the `next` of a page' })
  cursor?: string;
}

/** A position with the digest that an earlier verification told there. */
export class NotedDigestDto {
  @Matches(POSITION, { message: 'position must be one as a verification told it' })
  position!: string;

  /** SHA-256, hexadecimal. */
  @Matches(/^[0-9a-f]{64}$/, { message: 'digest must be 64 hexadecimal digits' })
  digest!: string;
}

export class VerificationDto {
  /** Only this stream; the whole log where left out. */
  @Optional()
  @Matches(STREAM, { message: 'stream must be a kind and an id, such as opportunity-42' })
  stream?: string;

  /** Also proves that up to there nothing is missing. */
  @Optional()
  @Nested(() => NotedDigestDto)
  expect?: NotedDigestDto;
}

export class ReplayDto {
  /** A recorded moment: a position, a time with its offset, or a day for its end in UTC. */
  @IsText(80)
  at!: string;
}

export class ComparisonDto {
  /** The earlier recorded moment: a position, a time with its offset, or a day for its end in UTC. */
  @IsText(80)
  from!: string;

  /** The later one. */
  @IsText(80)
  to!: string;

  /** Most deals of each list; all are counted. 100 where left out. */
  @Optional()
  @IsWhole(1, 1_000)
  limit?: number;
}
