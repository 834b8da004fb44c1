import { Transform, Type } from 'class-transformer';
import { IsArray, IsIn, MaxLength } from 'class-validator';
import {
  IsCurrency,
  IsDay,
  IsDayOrInstant,
  IsIdentifier,
  IsMinorUnits,
  IsText,
  IsWhole,
  Optional,
} from '../../http/field-rules.ts';
import { ReadDto } from '../../http/read.dto.ts';
import { dimensions, type Cut, type Dimension } from '../reports/cut.ts';
import { sortFields } from '../reports/opportunities.query.ts';
import type { OpportunityStatus } from '../read-models/opportunity.document.ts';

const LONGEST = 500;
const statuses = ['open', 'suspended', 'won', 'lost', 'terminated', 'closed', 'archived', 'withdrawn'] as const;
const sorts = sortFields.flatMap((field) => [field, `-${field}`] as const);

/** Which deals a report is about. An empty value means deals without one. */
export class CutDto extends ReadDto {
  /** The pipeline's id; `default` where left out. */
  @Optional()
  @IsIdentifier()
  pipeline?: string;

  @Optional()
  @MaxLength(LONGEST)
  owner?: string;

  @Optional()
  @MaxLength(LONGEST)
  team?: string;

  @Optional()
  @MaxLength(LONGEST)
  region?: string;

  @Optional()
  @MaxLength(LONGEST)
  product?: string;

  /** What the source of an import called the product. */
  @Optional()
  @MaxLength(LONGEST)
  productLabel?: string;

  @Optional()
  @MaxLength(LONGEST)
  channel?: string;

  @Optional()
  @MaxLength(LONGEST)
  campaign?: string;

  @Optional()
  @MaxLength(LONGEST)
  customerId?: string;
}

/** The conditions of a request as reports take them. */
export function cutOf(query: CutDto): Cut {
  const narrowed = dimensions.flatMap((dimension) => {
    const value = query[dimension];
    return value === undefined ? [] : [[dimension, value === '' ? null : value] as const];
  });
  return { ...(query.pipeline === undefined ? {} : { pipelineId: query.pipeline }), ...Object.fromEntries(narrowed) };
}

export class BoardDto extends CutDto {
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

export class OpportunitiesDto extends CutDto {
  @Optional()
  @IsIdentifier()
  stage?: string;

  /** Several with commas; all but archived and withdrawn ones where left out. */
  @Optional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
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

  @Optional()
  @IsDay()
  expectedCloseFrom?: string;

  @Optional()
  @IsDay()
  expectedCloseTo?: string;

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

export class OpportunityDto extends ReadDto {
  /** A past business moment: a day means its end. The deal is then as it was, by everything known now. */
  @Optional()
  @IsDayOrInstant()
  asOf?: string;
}

export class FunnelDto extends CutDto {
  /** Split by a dimension. */
  @Optional()
  @IsIn(dimensions)
  by?: Dimension;

  /** A past business moment: a day means its end. Now where left out. */
  @Optional()
  @IsDayOrInstant()
  asOf?: string;

  /** First day of the period; with `to`, both included. Without both, there are no figures of a period. */
  @Optional()
  @IsDay()
  from?: string;

  @Optional()
  @IsDay()
  to?: string;

  /** For velocity, count only deals in this stage or a later one. */
  @Optional()
  @IsIdentifier()
  fromStage?: string;
}

export class WinLossDto extends CutDto {
  @Optional()
  @IsIn(dimensions)
  by?: Dimension;

  /** First day of ending. */
  @Optional()
  @IsDay()
  from?: string;

  /** Last day of ending. */
  @Optional()
  @IsDay()
  to?: string;
}

export class StalledDto extends CutDto {
  /** Most deals; 100 where left out. */
  @Optional()
  @Type(() => Number)
  @IsWhole(1, 1_000)
  limit?: number;
}

export class ForecastDto extends CutDto {
  /** What is to be won, in minor units; tells which stages starve. With `currency`. */
  @Optional()
  @Type(() => Number)
  @IsMinorUnits()
  target?: number;

  @Optional()
  @IsCurrency()
  currency?: string;
}
