import type { Worth } from '../reports/amounts.ts';
import type { Board, BoardColumn, BoardPage, BoardTotals } from '../reports/board.query.ts';
import type { Slice } from '../reports/cut.ts';
import { CurrencySumDto, DealCardDto, StageNameDto } from './deal-answers.dto.ts';
import type { OpportunityStatus } from '../read-models/opportunity.document.ts';
import type { Facets, FacetValue } from '../reports/facets.query.ts';
import type { Expectation, Forecast, ForecastStage, StageNeed } from '../reports/forecast.query.ts';
import type {
  FunnelPeriod,
  FunnelReport,
  FunnelStage,
  StageFlow,
  Velocity,
  WonAmount,
} from '../reports/funnel-report.ts';
import type { FunnelAnswer } from '../reports/funnel.query.ts';
import type { FoundCustomer, FoundDeal, SearchAnswer } from '../reports/search.query.ts';
import type { Stalled, StalledDeal } from '../reports/stalled.query.ts';
import type { LossShare, WinLossAnswer, WinLossReport } from '../reports/win-loss.query.ts';
import type { Distribution } from '../../statistics/quantiles.ts';

/** Money of deals in one currency, in its minor units. */
export class WorthDto implements Worth {
  currency!: string;
  /** Deals that have an amount in this currency. */
  count!: number;
  amount!: number;
  /** The amounts times their chances to win. */
  weightedAmount!: number;
}

export class BoardTotalsDto implements BoardTotals {
  /** Open deals. */
  count!: number;
  /** Suspended deals, which have no card. */
  suspended!: number;
  /** Of the open deals, one sum per currency. */
  worth!: WorthDto[];
}

export class BoardColumnAnswerDto extends BoardTotalsDto implements BoardColumn {
  stage!: StageNameDto;
  cards!: DealCardDto[];
  /** The `cursor` of the next cards; absent where there are no more. */
  next?: string;
}

export class BoardAnswerDto implements Board {
  pipelineId!: string;
  pipelineName!: string;
  columns!: BoardColumnAnswerDto[];
  /** Over all columns; sums are rounded once, so those of the columns may not add up to them. */
  totals!: BoardTotalsDto;
}

export class BoardPageAnswerDto implements BoardPage {
  cards!: DealCardDto[];
  /** The `cursor` of the next cards; absent where there are no more. */
  next?: string;
}

/** What went through a stage in the period. */
export class StageFlowDto implements StageFlow {
  /** Opened in the stage, moved into it or reopened in it. */
  entered!: number;
  /** Moved forward or back out of it, or ended in it. */
  left!: number;
  movedForward!: number;
  movedBack!: number;
  /** Passed over on the way forward; neither entered nor left. */
  skipped!: number;
  /** Began the stage anew; neither entered nor left. */
  repeated!: number;
  won!: number;
  lost!: number;
  terminated!: number;
  /** (moved forward + won) ÷ left; null where none left. */
  conversionToNext!: number | null;
  /** The rest of them: (moved back + lost + terminated) ÷ left; null where none left. */
  dropOff!: number | null;
  /** (won + moved forward × conversion to won of the next stage) ÷ left; null where it cannot be told. */
  conversionToWon!: number | null;
  /** Calendar days of the stays that finished, pauses included. */
  days!: { n: number; median: number | null; p75: number | null; p90: number | null };
}

export class FunnelStageDto extends StageNameDto implements FunnelStage {
  open!: number;
  suspended!: number;
  worth!: WorthDto[];
  /** Calendar days the open deals have been in the stage. */
  age!: { medianDays: number | null; oldestDays: number | null };
  /** Open deals longer in the stage than its limit. */
  stalled!: number;
  /** Present where a period was asked for. */
  period?: StageFlowDto;
}

/** In minor units of the currency. */
export class WonAmountDto implements WonAmount {
  currency!: string;
  count!: number;
  total!: number;
  mean!: number;
  median!: number;
}

/** Of an empty sample, everything but `n` is null. */
export class DistributionDto implements Distribution {
  n!: number;
  mean!: number | null;
  median!: number | null;
  p25!: number | null;
  p75!: number | null;
  p90!: number | null;
  min!: number | null;
  max!: number | null;
  standardDeviation!: number | null;
}

export class VelocityDto implements Velocity {
  currency!: string;
  openDeals!: number;
  /** Open deals × win rate × average won amount ÷ mean cycle days of won deals. */
  minorUnitsPerDay!: number;
}

export class FunnelPeriodDto implements FunnelPeriod {
  opened!: number;
  won!: number;
  lost!: number;
  terminated!: number;
  /** won ÷ (won + lost); null where there are none. */
  winRate!: number | null;
  wonAmounts!: WonAmountDto[];
  /** Calendar days from opened to ended. */
  cycleDaysOfWon!: DistributionDto;
  cycleDaysOfLost!: DistributionDto;
  velocity!: VelocityDto[];
}

export class FunnelReportDto implements FunnelReport {
  /** Deals that are open; suspended ones stand apart. */
  open!: number;
  suspended!: number;
  worth!: WorthDto[];
  /** Calendar days the open deals have been in their stages. */
  age!: { medianDays: number | null; oldestDays: number | null };
  /** Open deals longer in their stage than its limit. */
  stalled!: number;
  stages!: FunnelStageDto[];
  /** Present where a period was asked for. */
  period?: FunnelPeriodDto;
}

export class FunnelSliceDto implements Slice<FunnelReport> {
  /** Of the dimension; null for deals without one. */
  value!: string | null;
  report!: FunnelReportDto;
}

export class FunnelAnswerDto implements FunnelAnswer {
  pipelineId!: string;
  pipelineName!: string;
  /** The moment the answer is about. */
  at!: string;
  total!: FunnelReportDto;
  /** One for each value of the dimension asked for. */
  groups!: FunnelSliceDto[];
}

/** What open deals in one currency bring, in its minor units. */
export class ExpectationDto implements Expectation {
  currency!: string;
  /** Deals with an amount. */
  count!: number;
  amount!: number;
  /** The amounts times the stages' chances, landing after the stages' durations. */
  expectedAmount!: number;
  /** With the reps' own chances and close dates where they gave them, without the deals they omitted. */
  expectedByReps!: number;
  /** Deals with an amount that `expectedByReps` is made of. */
  countByReps!: number;
}

export class ExpectationOfMonthDto extends ExpectationDto {
  /** `2026-01`. */
  month!: string;
}

export class ExpectationOfCategoryDto extends ExpectationDto {
  category!: 'commit' | 'best_case' | 'pipeline' | 'omitted';
}

/** In minor units of the target's currency. */
export class StageNeedDto implements StageNeed {
  /** Target ÷ chance to win, rounded up; null where nothing is ever won from here. */
  needed!: number | null;
  there!: number;
  missing!: number | null;
  starving!: boolean;
}

export class ForecastStageDto extends StageNameDto implements ForecastStage {
  /** The product of the success rates from this stage on. */
  chanceToWin!: number;
  /** What remains from this stage on until the money lands. */
  landsIn!: { months: number; days: number };
  landsOn!: string;
  open!: number;
  expectations!: ExpectationDto[];
  /** Present where a target was asked for. */
  need?: StageNeedDto;
}

export class ForecastAnswerDto implements Forecast {
  pipelineId!: string;
  pipelineName!: string;
  /** The moment the answer is about. */
  at!: string;
  /** Open deals, those without an amount, too. */
  open!: number;
  totals!: ExpectationDto[];
  stages!: ForecastStageDto[];
  /** By the month the money lands, earliest first; a currency has a row of its own. */
  months!: ExpectationOfMonthDto[];
  /** Deals nobody judged count as `pipeline`. */
  categories!: ExpectationOfCategoryDto[];
}

export class LossShareDto implements LossShare {
  /** The reason's code or the competitor's name; null where none was given. */
  value!: string | null;
  count!: number;
  /** Of all lost deals. */
  share!: number;
  amounts!: CurrencySumDto[];
}

export class WinLossReportDto implements WinLossReport {
  won!: number;
  lost!: number;
  terminated!: number;
  /** won ÷ (won + lost); null where there are none. */
  winRate!: number | null;
  wonAmounts!: CurrencySumDto[];
  lostAmounts!: CurrencySumDto[];
  /** Of the lost deals, the most frequent first. */
  reasons!: LossShareDto[];
  competitors!: LossShareDto[];
}

export class WinLossSliceDto implements Slice<WinLossReport> {
  /** Of the dimension; null for deals without one. */
  value!: string | null;
  report!: WinLossReportDto;
}

export class WinLossAnswerDto implements WinLossAnswer {
  /** The moment the answer is about. */
  at!: string;
  total!: WinLossReportDto;
  groups!: WinLossSliceDto[];
}

export class StalledDealDto extends DealCardDto implements StalledDeal {
  limitDays!: number;
  /** What most likely keeps it. */
  cause!: 'never_worked_on' | 'no_recent_activity' | 'close_date_passed' | 'long_in_stage';
}

export class StalledAnswerDto implements Stalled {
  total!: number;
  /** Those longest in their stage first. */
  deals!: StalledDealDto[];
}

/** A value with the number of open deals that have it. */
export class FacetValueDto implements FacetValue {
  /** Null for deals without one. */
  value!: string | null;
  count!: number;
}

/** By what deals can be narrowed to, each in the order of the values, none last. */
export class FacetsAnswerDto implements Facets {
  owner!: FacetValueDto[];
  team!: FacetValueDto[];
  region!: FacetValueDto[];
  product!: FacetValueDto[];
  channel!: FacetValueDto[];
  campaign!: FacetValueDto[];
  currency!: FacetValueDto[];
}

export class FoundDealDto implements FoundDeal {
  id!: string;
  title!: string;
  pipelineId!: string;
  stageId!: string;
  status!: OpportunityStatus;
  customerId!: string | null;
  customerName!: string | null;
  owner!: string;
  /** Minor units of the currency. */
  amount!: number | null;
  currency!: string | null;
  changedAt!: string;
}

export class FoundCustomerDto implements FoundCustomer {
  customerId!: string;
  customerName!: string | null;
  /** Where most of its deals are that lists show. */
  pipelineId!: string;
  /** Its deals in all pipelines that lists show. */
  deals!: number;
}

/** The best match first. */
export class SearchAnswerDto implements SearchAnswer {
  deals!: FoundDealDto[];
  customers!: FoundCustomerDto[];
}
