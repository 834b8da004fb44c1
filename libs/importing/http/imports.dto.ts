import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsObject, Matches } from 'class-validator';
import { IsCurrency, IsIdentifier, IsText, IsTextRecord, IsWhole, Optional } from '../../http/field-rules.ts';
import { ReadDto } from '../../http/read.dto.ts';
import { FILE_NAME } from '../uploads.ts';

const KINDS = ['deals', 'stage-history'] as const;

export class UploadDto {
  /** What the file is called: maps name it by this, and refusals tell it. */
  @Matches(FILE_NAME, {
    message: 'name must be 1 to 80 letters, digits, spaces or . _ ( ) + -, a letter or digit first',
  })
  name!: string;
}

export class StageValuesDto {
  @IsText(1_000)
  column!: string;

  /** Whose stages the values may mean; nothing is suggested where it is left out. */
  @Optional()
  @IsIdentifier()
  pipeline?: string;
}

export class RefusedLinesDto {
  /** One of the `refusedFiles` of the report. */
  @Matches(FILE_NAME)
  file!: string;
}

export class UploadsDto {
  /** The one that the map is for first, then those it looks things up in. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsIdentifier({ each: true })
  uploads!: string[];
}

export class SuggestionDto extends UploadsDto {
  /** The pipeline the deals shall go through; `default` where left out. */
  @Optional()
  @IsIdentifier()
  pipeline?: string;

  /** The column of each field, as in a map; from the headings where left out. */
  @Optional()
  @IsTextRecord()
  columns?: Record<string, string>;

  /** Of the amounts; `USD` where left out. */
  @Optional()
  @IsCurrency()
  currency?: string;
}

export class ImportRequestDto extends UploadsDto {
  /** `deals` where left out: one row a deal. */
  @Optional()
  @IsIn(KINDS)
  kind?: (typeof KINDS)[number];

  /** How the columns are to be read. */
  @IsObject()
  @ApiProperty({
    oneOf: [{ $ref: '#/components/schemas/DealsMapDto' }, { $ref: '#/components/schemas/StageHistoryMapDto' }],
  })
  map!: object;
}

export class PreviewDto extends ImportRequestDto {
  /** Most deals shown; 20 where left out. */
  @Optional()
  @IsWhole(1, 200)
  limit?: number;
}

export class ImportsDto extends ReadDto {
  /** 50 where left out. */
  @Optional()
  @Type(() => Number)
  @IsWhole(1, 200)
  limit?: number;

  /** The `next` of the page before. */
  @Optional()
  @IsText(2_000)
  cursor?: string;
}

export class ImportActionDto {
  /** Why. */
  @Optional()
  @IsText(2_000)
  reason?: string;
}
