import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { CommandDto } from '../../http/command.dto.ts';
import {
  Clearable,
  IsDay,
  IsIdentifier,
  IsInstant,
  IsText,
  IsTextRecord,
  IsWhole,
  Nested,
  Optional,
} from '../../http/field-rules.ts';
import { MoneyDto } from '../../http/money.dto.ts';
import type {
  ChangeOpportunityAmount,
  ChangeOpportunityCloseDate,
  ChangeOpportunityProduct,
  CloseOpportunity,
  FormOpportunityTeam,
  JudgeOpportunityForecast,
  LogOpportunityActivity,
  LoseOpportunity,
  MoveOpportunity,
  OpenOpportunity,
  ReopenOpportunity,
  SplitOpportunityCredit,
  SuspendOpportunity,
  TransferOpportunity,
  WinOpportunity,
} from '../rules/opportunity.commands.ts';
import type { CreditShare, CustomerReference, DetailChanges } from '../opportunity.events.ts';

/** What a command says beside its type. */
type Content<Command> = Omit<Command, 'type'>;

const categories = ['commit', 'best_case', 'pipeline', 'omitted'] as const;
const activities = ['call', 'email', 'visit', 'meeting', 'message', 'demo', 'task', 'note'] as const;
const LONG = 20_000;

export class CustomerDto implements CustomerReference {
  @IsIdentifier()
  id!: string;

  @IsText()
  name!: string;
}

export class OpenOpportunityDto extends CommandDto implements Omit<Content<OpenOpportunity>, 'pipelineId'> {
  /** Where left out, it follows from the Idempotency-Key, else it is random. */
  @Optional()
  @IsIdentifier()
  id?: string;

  /** `default` where left out. */
  @Optional()
  @IsIdentifier()
  pipelineId?: string;

  /** The first stage where left out. */
  @Optional()
  @IsIdentifier()
  stageId?: string;

  @IsText()
  title!: string;

  @Optional()
  @Nested(() => CustomerDto)
  customer?: CustomerDto;

  /** The rep who works on it. */
  @IsText()
  owner!: string;

  @Optional()
  @IsText()
  team?: string;

  @Optional()
  @IsText()
  region?: string;

  @Optional()
  @IsText()
  product?: string;

  @Optional()
  @IsText()
  channel?: string;

  @Optional()
  @IsText()
  campaign?: string;

  @Optional()
  @Nested(() => MoneyDto)
  amount?: MoneyDto;

  @Optional()
  @IsDay()
  expectedCloseDate?: string;

  /** The rep's own chance to win in basis points; overrides the stage's. */
  @Optional()
  @IsWhole(0, 10_000)
  probability?: number;

  @Optional()
  @IsIn(categories)
  forecastCategory?: (typeof categories)[number];

  /** Whatever else is known, as text. */
  @Optional()
  @IsTextRecord()
  attributes?: Record<string, string>;
}

export class MoveOpportunityDto extends CommandDto implements Content<MoveOpportunity> {
  @IsIdentifier()
  toStage!: string;
}

export class SuspendOpportunityDto extends CommandDto implements Content<SuspendOpportunity> {
  @Optional()
  @IsDay()
  wakeUpOn?: string;
}

export class TransferOpportunityDto extends CommandDto implements Content<TransferOpportunity> {
  /** The new owner. */
  @IsText()
  to!: string;

  @Optional()
  @IsText()
  team?: string;

  @Optional()
  @IsText()
  region?: string;
}

export class FormOpportunityTeamDto extends CommandDto implements Content<FormOpportunityTeam> {
  /** All who share the deal; the owner is one of them. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsText(500, { each: true })
  members!: string[];
}

export class CreditShareDto implements CreditShare {
  @IsText()
  rep!: string;

  /** In basis points; together 10,000. */
  @IsWhole(0, 10_000)
  share!: number;
}

export class SplitOpportunityCreditDto extends CommandDto implements Content<SplitOpportunityCredit> {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => CreditShareDto)
  shares!: CreditShareDto[];
}

export class LogOpportunityActivityDto
  extends CommandDto
  implements Omit<Content<LogOpportunityActivity>, 'activityId'>
{
  /** New within the deal. Where left out, it follows from the Idempotency-Key, else it is random. */
  @Optional()
  @IsIdentifier()
  activityId?: string;

  @IsIn(activities)
  kind!: (typeof activities)[number];

  @Optional()
  @IsText(LONG)
  notes?: string;

  @Optional()
  @IsText()
  outcome?: string;

  @Optional()
  @Nested(() => MoneyDto)
  cost?: MoneyDto;
}

export class ChangeOpportunityAmountDto extends CommandDto implements Content<ChangeOpportunityAmount> {
  /** Unknown from now on where left out. */
  @Optional()
  @Nested(() => MoneyDto)
  amount?: MoneyDto;
}

export class ChangeOpportunityCloseDateDto extends CommandDto implements Content<ChangeOpportunityCloseDate> {
  /** Unknown from now on where left out. */
  @Optional()
  @IsDay()
  expectedCloseDate?: string;
}

export class ChangeOpportunityProductDto extends CommandDto implements Content<ChangeOpportunityProduct> {
  /** Unknown from now on where left out. */
  @Optional()
  @IsText()
  product?: string;
}

export class JudgeOpportunityForecastDto extends CommandDto implements Content<JudgeOpportunityForecast> {
  /** The rep's own chance to win in basis points; withdrawn where left out. */
  @Optional()
  @IsWhole(0, 10_000)
  probability?: number;

  /** Withdrawn where left out. */
  @Optional()
  @IsIn(categories)
  forecastCategory?: (typeof categories)[number];
}

/** What is left out stays as it is; null clears. */
export class CorrectOpportunityDetailsDto extends CommandDto implements DetailChanges {
  @Optional()
  @IsText()
  title?: string;

  @Clearable()
  @Nested(() => CustomerDto)
  customer?: CustomerDto | null;

  @Clearable()
  @IsText()
  team?: string | null;

  @Clearable()
  @IsText()
  region?: string | null;

  @Clearable()
  @IsText()
  channel?: string | null;

  @Clearable()
  @IsText()
  campaign?: string | null;

  /** Replaces all of them. */
  @Optional()
  @IsTextRecord()
  attributes?: Record<string, string>;
}

export class WinOpportunityDto extends CommandDto implements Content<WinOpportunity> {
  /** The final amount; the deal's own where left out. */
  @Optional()
  @Nested(() => MoneyDto)
  amount?: MoneyDto;
}

export class LoseOpportunityDto extends CommandDto implements Content<LoseOpportunity> {
  @IsIdentifier()
  reasonCode!: string;

  /** Who won. */
  @Optional()
  @IsText()
  competitor?: string;

  @Optional()
  @IsText(LONG)
  notes?: string;
}

export class ReopenOpportunityDto extends CommandDto implements Content<ReopenOpportunity> {
  /** The stage the deal was last in where left out. */
  @Optional()
  @IsIdentifier()
  toStage?: string;
}

/** Not a `CommandDto`, for here the reason is a must: it is part of the summary as well. */
export class CloseOpportunityDto implements Content<CloseOpportunity> {
  @IsText(LONG)
  whatHappened!: string;

  /** Why it ended so. */
  @IsText(LONG)
  reason!: string;

  @Optional()
  @IsText()
  competitor?: string;

  @Optional()
  @IsText(LONG)
  lessons?: string;

  /** When it became true; now where left out. At most 5 minutes ahead of the server's clock. */
  @Optional()
  @IsInstant()
  occurredAt?: string;
}
