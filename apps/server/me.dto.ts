import { ApiProperty } from '@nestjs/swagger';
import { rights, type Right } from '../../libs/http/rights.ts';
import type { ACTOR_ROLES } from './config.ts';

/** Whoever holds the token of a request. */
export class MeDto {
  id!: string;
  role!: (typeof ACTOR_ROLES)[number];
  /**
   * What the role may do beyond reading deals and reports: `undo_endings` is reopening won and lost deals and
   * withdrawing ended ones, `operate` concerns projections.
   */
  @ApiProperty({ enum: rights, isArray: true })
  may!: Right[];
}
