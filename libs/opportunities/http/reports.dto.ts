import { Type } from 'class-transformer';
import { IsIn } from 'class-validator';
import {
  IsAnyOf,
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

const LONGEST = 500;

/**
 * Which deals a report is about. A parameter that comes several times means any of its values, an empty value deals
 * without one.
 */
export class CutDto extends ReadDto {
  /** The pipeline's id; `default` where left out. */
  @Optional()
  @IsIdentifier()
  pipeline?: string;

  @Optional()
  @IsAnyOf(LONGEST)
  owner?: string[];

  @Optional()
  @IsAnyOf(LONGEST)
  team?: string[];

  @Optional()
  @IsAnyOf(LONGEST)
  region?: string[];

  @Optional()
  @IsAnyOf(LONGEST)
  product?: string[];

  /** What the source of an import called the product. */
  @Optional()
  @IsAnyOf(LONGEST)
  productLabel?: string[];

  @Optional()
  @IsAnyOf(LONGEST)
  channel?: string[];

  @Optional()
  @IsAnyOf(LONGEST)
  campaign?: string[];

  @Optional()
  @IsAnyOf(LONGEST)
  customerId?: string[];
}

/** The conditions of a request as reports take them. */
export function cutOf(query: CutDto): Cut {
  const narrowed = dimensions.flatMap((dimension) => {
    const value = query[dimension];
    if (value === undefined) return [];
    const values = value.map((each) => (each === '' ? null : each));
    return [[dimension, values.length === 1 ? values[0] : values] as const];
  });
  return { ...(query.pipeline === undefined ? {} : { pipelineId: query.pipeline }), ...Object.fromEntries(narrowed) };
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
  /** A past business moment: a day means its end. Now where left out. */
  @Optional()
  @IsDayOrInstant()
  asOf?: string;

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
  /** A past business moment: a day means its end. Now where left out. */
  @Optional()
  @IsDayOrInstant()
  asOf?: string;

  /** What is to be won, in minor units; tells which stages starve. With `currency`. */
  @Optional()
  @Type(() => Number)
  @IsMinorUnits()
  target?: number;

  @Optional()
  @IsCurrency()
  currency?: string;
}

export class SearchDto extends ReadDto {
  /** Words, or parts of them; all of them are to be found. */
  @IsText(200)
  q!: string;

  /** Most deals, and most customers; 10 where left out. */
  @Optional()
  @Type(() => Number)
  @IsWhole(1, 50)
  limit?: number;
}
