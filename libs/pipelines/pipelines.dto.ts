import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, ValidateNested } from 'class-validator';
import { CommandDto } from '../http/command.dto.ts';
import { IsIdentifier, IsText, IsWhole, Nested, Optional } from '../http/field-rules.ts';
import type { DefinePipeline, RenamePipeline, RevisePipelineStages } from './pipeline.decider.ts';
import type { Stage } from './pipeline.events.ts';
import type { PipelineDocument } from './pipelines.projection.ts';

const fields = ['customer', 'amount', 'expectedCloseDate', 'product', 'channel', 'region'] as const;
const units = ['days', 'months'] as const;

export class DurationDto {
  @IsWhole(0, 3_660)
  count!: number;

  @IsIn(units)
  unit!: (typeof units)[number];
}

export class StageDto implements Stage {
  @IsIdentifier()
  id!: string;

  @IsText()
  name!: string;

  /** The name in Chinese. */
  @Optional()
  @IsText()
  nameZh?: string;

  /** Chance to reach the next stage, or to be won from the last one, in basis points. */
  @IsWhole(0, 10_000)
  successRate!: number;

  /** Time until the next stage, or from the last one until the money lands. */
  @Nested(() => DurationDto)
  expectedDuration!: DurationDto;

  /** What a deal must have before it may enter the stage. */
  @IsArray()
  @ArrayUnique()
  @IsIn(fields, { each: true })
  requires!: (typeof fields)[number][];

  /** A deal that is longer in the stage than this is stalled. */
  @Optional()
  @IsWhole(1, 3_660)
  rottingAfterDays?: number;
}

export class DefinePipelineDto extends CommandDto implements Omit<DefinePipeline, 'type'> {
  /** Where left out, it follows from the Idempotency-Key, else it is random. */
  @Optional()
  @IsIdentifier()
  id?: string;

  @IsText()
  name!: string;

  /** In the order a deal passes through them. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => StageDto)
  stages!: StageDto[];
}

export class RenamePipelineDto extends CommandDto implements Omit<RenamePipeline, 'type'> {
  @IsText()
  name!: string;
}

export class RevisePipelineStagesDto extends CommandDto implements Omit<RevisePipelineStages, 'type'> {
  /** The whole list as it shall be from now on; no stage may be missing. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => StageDto)
  stages!: StageDto[];
}

export class StagesRevisionDto {
  /** The business time from which these were the stages. */
  from!: string;
  stages!: StageDto[];
}

/** A pipeline as it is now, with what its stages were before. */
export class PipelineAnswerDto implements PipelineDocument {
  id!: string;
  name!: string;
  /** In the order a deal passes through them. */
  stages!: StageDto[];
  /** Every set of stages there was, in the order it was recorded. */
  revisions!: StagesRevisionDto[];
  revision!: number;
}

export class PipelinesAnswerDto {
  pipelines!: PipelineAnswerDto[];
}
