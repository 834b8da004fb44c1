import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { StageDto } from '../../pipelines/pipelines.dto.ts';
import type { DealsMap, StageHistoryMap } from '../import-map.ts';

const texts = { type: 'object', additionalProperties: { type: 'string' } } as const;
const meanings = { type: 'object', additionalProperties: { $ref: '#/components/schemas/StageMeaningDto' } } as const;

/** What a value of the stage column means: a stage, or an outcome reached from a stage. */
export class StageMeaningDto {
  stage?: string;
  outcome?: 'won' | 'lost';
}

/** With stages, it is set up where it does not exist. */
export class MapPipelineDto {
  id!: string;
  name?: string;
  stages?: StageDto[];
}

/** The column of each field. */
export class DealColumnsDto {
  id!: string;
  title?: string;
  customer?: string;
  owner?: string;
  team?: string;
  region?: string;
  product?: string;
  channel?: string;
  campaign?: string;
  amount?: string;
  /** What a won deal brought, where that is another column than the amount. */
  wonAmount?: string;
  stage?: string;
  openedAt?: string;
  endedAt?: string;
  expectedCloseDate?: string;
  lossReason?: string;
  competitor?: string;
}

/** Columns added to each row from another of the uploads, where its `key` equals `by` of the row. */
export class LookupDto {
  file!: string;
  key!: string;
  by!: string;
  /** New column by column there. */
  @ApiProperty(texts)
  take!: Record<string, string>;
}

/** Used where a row has no value. */
export class MapDefaultsDto {
  owner?: string;
  team?: string;
  region?: string;
  channel?: string;
  campaign?: string;
  lossReason?: string;
}

export class SharedMapDto {
  pipeline!: MapPipelineDto;
  /** Luxon's tokens, tried in order. */
  dateFormats!: string[];
  /** IANA zone in which dates without an offset are meant. */
  timeZone!: string;
  /** A comma where left out. */
  delimiter?: string;
  /** What each value of the stage column means; a value that is not listed is refused. */
  @ApiProperty(meanings)
  stages!: Record<string, StageMeaningDto>;
}

/** How the columns of a file of deals are to be read: one row a deal. */
export class DealsMapDto extends SharedMapDto implements DealsMap {
  /** ISO 4217; amounts are decimal numbers in whole units of it. */
  currency!: string;
  /** What stands before the decimals; thousands may then be set apart. Left out: a point, and they may not. */
  decimalMark?: '.' | ',';
  columns!: DealColumnsDto;
  /** Further columns to keep as text, by attribute name. */
  @ApiPropertyOptional(texts)
  attributes?: Record<string, string>;
  /** Values to read as others, by column. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: texts })
  values?: Record<string, Record<string, string>>;
  lookups?: LookupDto[];
  defaults?: MapDefaultsDto;
}

export class HistoryColumnsDto {
  id!: string;
  stage!: string;
  at!: string;
}

/** The deals of a stage history, from another of the uploads. */
export class HistoryDealsDto {
  file!: string;
  currency!: string;
  decimalMark?: '.' | ',';
  columns!: DealColumnsDto;
  @ApiPropertyOptional(texts)
  attributes?: Record<string, string>;
  @ApiPropertyOptional({ type: 'object', additionalProperties: texts })
  values?: Record<string, Record<string, string>>;
  lookups?: LookupDto[];
  defaults?: MapDefaultsDto;
}

/** How a file of stage changes is to be read: one row each time a deal entered a stage. */
export class StageHistoryMapDto extends SharedMapDto implements StageHistoryMap {
  columns!: HistoryColumnsDto;
  deals!: HistoryDealsDto;
}
