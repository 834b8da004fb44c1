import { ApiProperty } from '@nestjs/swagger';
import type { JobFailure } from './background-jobs.ts';
import { refusalParameters } from './problem.dto.ts';

export class JobFailureDto implements JobFailure {
  /** Stable, as in problems. */
  code!: string;
  detail!: string;
  /** What `detail` speaks of, by name, for some codes. */
  @ApiProperty(refusalParameters)
  parameters?: Record<string, unknown>;
}
