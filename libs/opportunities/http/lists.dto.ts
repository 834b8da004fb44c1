import { Transform, Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn } from 'class-validator';
import {
  IsAnyOf,
  IsCurrency,
  IsDay,
  IsDayOrInstant,
  IsIdentifier,
  IsMinorUnits,
  IsMonth,
  IsText,
  IsWhole,
  Optional,
} from '../../http/field-rules.ts';
import { ReadDto } from '../../http/read.dto.ts';
import { flows, type Flow } from '../reports/flow-deals.query.ts';
import { sortFields } from '../reports/opportunities.query.ts';
import type { OpportunityStatus, Outcome } from '../read-models/opportunity.document.ts';
import { CutDto } from './reports.dto.ts';

const outcomes = ['won', 'lost', 'terminated'] as const;
const statuses = ['open', 'suspended', ...outcomes, 'closed', 'archived', 'withdrawn'] as const;
const sorts = sortFields.flatMap((field) => [field, `-${field}`] as const);

function separated({ value }: { readonly value: unknown }): unknown {
  return typeof value === 'string' ? value.split(',') : value;
}

/** Which deals a board or list shows; all of it holds. */
export class DealFilterDto extends CutDto {
  /**
   * Least amount in minor units, of whatever currency a deal is in: with several currencies in a pipeline, give
   * `currency`, too. Deals without an amount are left out.
   */
  @Optional()
  @Type(() => Number)
  @IsMinorUnits()
  amountFrom?: number;

  /** Most. */
  @Optional()
  @Type(() => Number)
  @IsMinorUnits()
  amountTo?: number;

  @Optional()
  @IsCurrency()
  currency?: string;

  @Optional()
  @IsDay()
  expectedCloseFrom?: string;

  @Optional()
  @IsDay()
  expectedCloseTo?: string;

  /** Only open deals longer in their stage than its limit. */
  @Optional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  stalled?: boolean;

  /** Words, or parts of them, all of which are in title, customer or their ids; case makes no difference. */
  @Optional()
  @IsText(200)
  q?: string;
}

export class BoardDto extends DealFilterDto {
  /** Most cards of a column; 20 where left out. */
  @Optional()
  @Type(() => Number)
  @IsWhole(1, 200)
  cards?: number;
}

export class BoardColumnDto extends BoardDto {
  /** The `next` of the cards before. */
  @Optional()
  @IsText(2_000)
  cursor?: string;
}

export class OpportunitiesDto extends DealFilterDto {
  /** With `asOf`, the stage of then; with `flow`, the stage of the figure. */
  @Optional()
  @IsIdentifier()
  stage?: string;

  /**
   * A past business moment: a day means its end. The deals that were open or suspended then, or those that `outcome` or
   * `flow` ask for, chosen and shown as they were then.
   */
  @Optional()
  @IsDayOrInstant()
  asOf?: string;

  /** How they ended, several with commas; archived ones, too. With `endedFrom` and `endedTo`, the funnel's endings. */
  @Optional()
  @Transform(separated)
  @IsArray()
  @IsIn(outcomes, { each: true })
  outcome?: Outcome[];

  /** The code of the reason a deal was lost for. As of a past moment, with `outcome`. */
  @Optional()
  @IsAnyOf(100)
  lostReason?: string[];

  /** To whom a deal was lost. As of a past moment, with `outcome`. */
  @Optional()
  @IsAnyOf(500)
  competitor?: string[];

  /** How sure the reps are of a deal; empty for deals nobody judged, which the forecast counts as `pipeline`. */
  @Optional()
  @IsAnyOf(100)
  forecastCategory?: string[];

  /** The month in which the forecast expects deals to land by their stages; open ones where `status` is left out. */
  @Optional()
  @IsMonth()
  landingMonth?: string;

  /** The same by the reps' own close dates and without the deals they omitted, as the forecast has their judgement. */
  @Optional()
  @IsMonth()
  landingMonthByReps?: string;

  /**
   * Only the deals behind this figure of the funnel between `from` and `to`, counted as there: with the cut and the
   * amount of then; archived ones, too. All but `opened` are figures of a `stage`.
   */
  @Optional()
  @IsIn(flows)
  flow?: Flow;

  /** First day of the `flow`. */
  @Optional()
  @IsDay()
  from?: string;

  /** Last day of the `flow`. */
  @Optional()
  @IsDay()
  to?: string;

  /** Several with commas; all but archived and withdrawn ones where left out. */
  @Optional()
  @Transform(separated)
  @IsArray()
  @IsIn(statuses, { each: true })
  status?: OpportunityStatus[];

  @Optional()
  @IsDay()
  openedFrom?: string;

  @Optional()
  @IsDay()
  openedTo?: string;

  @Optional()
  @IsDay()
  endedFrom?: string;

  @Optional()
  @IsDay()
  endedTo?: string;

  /** A field, descending with a minus before it; `-changedAt` where left out. */
  @Optional()
  @IsIn(sorts)
  sort?: (typeof sorts)[number];

  /** 50 where left out. */
  @Optional()
  @Type(() => Number)
  @IsWhole(1, 500)
  limit?: number;

  /** The `next` of the page before, with the same conditions and sort. */
  @Optional()
  @IsText(2_000)
  cursor?: string;
}

export class FacetsDto extends ReadDto {
  /** The pipeline's id; `default` where left out. */
  @Optional()
  @IsIdentifier()
  pipeline?: string;

  /** Of which deals, several with commas; open ones where left out. */
  @Optional()
  @Transform(separated)
  @IsArray()
  @IsIn(statuses, { each: true })
  status?: OpportunityStatus[];
}
