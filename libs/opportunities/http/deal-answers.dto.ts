import { FieldChangeDto } from '../../http/field-change.dto.ts';
import { MoneyDto } from '../../http/money.dto.ts';
import type { CurrencySum } from '../reports/amounts.ts';
import type { ActivityState, DealCard } from '../reports/deal-card.ts';
import type { StageName } from '../reports/deal-pipeline.ts';
import { CreditShareDto } from './opportunities.dto.ts';
import type { OpportunitiesPage } from '../reports/opportunities.query.ts';
import type { FormerEnding, OpportunityStatus } from '../read-models/opportunity.document.ts';
import type { OpportunityDetail, StageTime } from '../reports/opportunity.query.ts';
import type { StagePeriod } from '../read-models/stage-periods.ts';
import type { TimelineEntry } from '../read-models/timeline.ts';

type Outcome = 'won' | 'lost' | 'terminated';

export class StageNameDto implements StageName {
  id!: string;
  name!: string;
  nameZh?: string;
}

export class ActivityStateDto implements ActivityState {
  /** `never`: nobody logged work on it; `idle`: none for 14 days; `recent` otherwise. */
  state!: 'never' | 'idle' | 'recent';
  count!: number;
  lastAt!: string | null;
}

/** What a board and a list show of a deal. */
export class DealCardDto implements DealCard {
  id!: string;
  revision!: number;
  title!: string;
  stageId!: string;
  status!: OpportunityStatus;
  customerId!: string | null;
  customerName!: string | null;
  owner!: string;
  team!: string | null;
  region!: string | null;
  product!: string | null;
  channel!: string | null;
  campaign!: string | null;
  /** Minor units of the currency. */
  amount!: number | null;
  currency!: string | null;
  /** The rep's own chance to win in basis points. */
  probability!: number | null;
  forecastCategory!: string | null;
  expectedCloseDate!: string | null;
  openedAt!: string;
  endedAt!: string | null;
  changedAt!: string;
  /** Calendar days in the stage; null for a deal that has ended. */
  daysInStage!: number | null;
  /** Open, and longer in its stage than the stage's limit. */
  stalled!: boolean;
  activity!: ActivityStateDto;
}

/** In minor units of the currency. */
export class CurrencySumDto implements CurrencySum {
  currency!: string;
  /** Deals that have an amount in it. */
  count!: number;
  amount!: number;
}

export class OpportunitiesAnswerDto implements OpportunitiesPage {
  opportunities!: DealCardDto[];
  /** Deals of all pages; on the first page alone. */
  total?: number;
  /** Their amounts, one sum per currency; on the first page alone. */
  amounts?: CurrencySumDto[];
  /** The `cursor` of the next page; absent on the last one. */
  next?: string;
}

/** What a rep gets of a won deal. */
export class CreditDto {
  rep!: string;
  amount!: MoneyDto;
}

export class SummaryDto {
  whatHappened!: string;
  reason!: string;
  competitor?: string;
  lessons?: string;
}

/** How a deal had ended before it was reopened. */
export class FormerEndingDto implements FormerEnding {
  outcome!: Outcome;
  endedAt!: string;
  /** Revision of the event that ended it. */
  revision!: number;
  /** Minor units of the currency. */
  amount!: number | null;
  currency!: string | null;
  lostReason!: string | null;
  competitor!: string | null;
  lostNotes!: string | null;
  credit!: CreditDto[];
  summary!: SummaryDto | null;
}

export class StageTimeDto extends StageNameDto implements StageTime {
  /** Calendar days over all stays, the current one up to the moment of the answer. */
  days!: number;
  stays!: number;
  current!: boolean;
}

/** A span of a deal's life in which nothing it is counted by changed. */
export class StagePeriodDto implements StagePeriod {
  id!: string;
  opportunityId!: string;
  pipelineId!: string;
  stageId!: string;
  status!: string;
  fromAt!: string;
  /** 9999-12-31T23:59:59.999Z while it lasts. */
  toAt!: string;
  fromOn!: string;
  toOn!: string;
  /** The day the stay in the stage began, of which the period is a part. */
  stageEnteredOn!: string;
  /** How it began. */
  entry!: string;
  /** How it finished; null while it lasts. */
  exit!: string | null;
  /** Calendar days of the whole stay in the stage; only where the period is the last of the stay. */
  days!: number | null;
  lengthClass!: number;
  owner!: string;
  team!: string | null;
  region!: string | null;
  product!: string | null;
  productLabel!: string | null;
  channel!: string | null;
  campaign!: string | null;
  customerId!: string | null;
  /** Minor units of the currency. */
  amount!: number | null;
  currency!: string | null;
  probability!: number | null;
  expectedCloseDate!: string | null;
  forecastCategory!: string | null;
}

/** A deal as its page shows it, now or at a past business moment. */
export class OpportunityAnswerDto implements OpportunityDetail {
  id!: string;
  pipelineId!: string;
  /** The stage it is in, or was in when it ended. */
  stageId!: string;
  status!: OpportunityStatus;
  /** Whether lists show it unless asked otherwise: it is neither archived nor withdrawn. */
  listed!: boolean;
  /** How it ended; kept when it is closed and archived. */
  outcome!: Outcome | null;
  title!: string;
  customerId!: string | null;
  customerName!: string | null;
  owner!: string;
  team!: string | null;
  region!: string | null;
  product!: string | null;
  /** What the source of an import called the product, where it said otherwise. */
  productLabel!: string | null;
  channel!: string | null;
  campaign!: string | null;
  /** Minor units of the currency. Of a won deal, what it was won for. */
  amount!: number | null;
  currency!: string | null;
  /** The rep's own chance to win in basis points. */
  probability!: number | null;
  forecastCategory!: string | null;
  expectedCloseDate!: string | null;
  openedAt!: string;
  openedOn!: string;
  /** Since when it has been in its stage; a pause does not interrupt the stay. */
  stageEnteredAt!: string;
  stageEnteredOn!: string;
  endedAt!: string | null;
  endedOn!: string | null;
  /** Since when the ended deal has been counted as it is now: its end, or the last correction after it. */
  endedFrom!: string | null;
  /** Calendar days from opened to ended. */
  cycleDays!: number | null;
  lostReason!: string | null;
  competitor!: string | null;
  lostNotes!: string | null;
  wakeUpOn!: string | null;
  lastActivityAt!: string | null;
  activityCount!: number;
  movesForward!: number;
  movesBack!: number;
  /** Stages passed over. */
  movesSkipped!: number;
  /** Business time of the latest event. */
  changedAt!: string;
  revision!: number;
  /** Costs of its activities, one sum per currency. */
  costs!: MoneyDto[];
  members!: string[];
  shares!: CreditShareDto[];
  credit!: CreditDto[];
  summary!: SummaryDto | null;
  attributes!: Record<string, string>;
  formerEndings!: FormerEndingDto[];
  pipelineName!: string;
  /** Null for a deal that has ended. */
  daysInStage!: number | null;
  stalled!: boolean;
  /** Every stage of the pipeline with the time the deal spent in it. */
  stages!: StageTimeDto[];
  periods!: StagePeriodDto[];
}

export class StagePeriodsAnswerDto {
  periods!: StagePeriodDto[];
}

/** One event of a deal as people read it. */
export class TimelineEntryDto implements TimelineEntry {
  id!: string;
  revision!: number;
  position!: string;
  type!: TimelineEntry['type'];
  /** Business time. */
  occurredAt!: string;
  recordedAt!: string;
  who!: string;
  role!: string;
  onBehalfOf?: string;
  reason?: string;
  source!: TimelineEntry['source'];
  commandId!: string;
  changes!: FieldChangeDto[];
}

export class TimelineAnswerDto {
  entries!: TimelineEntryDto[];
}
