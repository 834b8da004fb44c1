import { ApiProperty } from '@nestjs/swagger';
import { FieldChangeDto } from '../../http/field-change.dto.ts';
import type { Job } from '../../http/background-jobs.ts';
import { JobFailureDto } from '../../http/job-failure.dto.ts';
import type {
  ChangedDeal,
  DealDifference,
  DealList,
  EndedDeal,
  MovedDeal,
  PipelineDifference,
  StageDifference,
} from '../audit-diff.ts';
import type { AuditJobKind, AuditProgress, ComparedStates, ReplayedState } from '../audit-jobs.ts';
import type { StageTotal } from '../audit-replay.ts';
import type { LogFault, LogFaultCode, LogProof } from '../audit-verify.ts';
import { ComparisonDto, NotedDigestDto, ReplayDto } from './audit.dto.ts';

export class JobAcceptedDto {
  id!: string;
  /** Where to see how it goes. */
  status!: string;
}

export class AuditProgressDto implements AuditProgress {
  done!: number;
  total!: number;
  unit!: 'events' | 'bytes';
  perSecond!: number;
  /** Null until it can be told. */
  secondsLeft!: number | null;
}

/** Something under way, or over and not yet forgotten. */
export class AuditJobDto implements Omit<Job<AuditJobKind>, 'question' | 'result'> {
  id!: string;
  kind!: 'verification' | 'replay' | 'comparison';
  state!: 'running' | 'finished' | 'failed' | 'cancelled';
  /** Id of the actor. */
  startedBy!: string;
  startedAt!: string;
  endedAt?: string;
  /** Absent until there is something to tell. */
  progress?: AuditProgressDto;
  /** Present where it failed. */
  failure?: JobFailureDto;
}

/** What a job was asked, each kind its own part. */
export class AuditQuestionDto {
  kind!: 'verification' | 'replay' | 'comparison';
  stream?: string;
  expect?: NotedDigestDto;
  at?: string;
  from?: string;
  to?: string;
}

export class ListedAuditJobDto extends AuditJobDto {
  question!: AuditQuestionDto;
}

export class AuditJobsAnswerDto {
  /** Newest first, without their results. */
  jobs!: ListedAuditJobDto[];
}

export class LogFaultDto implements LogFault {
  code!: LogFaultCode;
  /** In English, with what `code` and `parameters` say. */
  fault!: string;
  /** What `fault` speaks of, by name, for some codes. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  parameters?: Record<string, string>;
  /** Absent, with stream and revision, for a fault of the files as a whole. */
  position?: string;
  stream?: string;
  revision?: number;
}

export class LogProofDto implements LogProof {
  /** No fault, and the noted digest, where there was one, found again. */
  intact!: boolean;
  events!: number;
  streams!: number;
  /** Of the last event. */
  position!: string;
  /** SHA-256 over the hashes of all events in order. Noted elsewhere with the position, it proves the log later. */
  digest!: string;
  /** The first hundred. */
  faults!: LogFaultDto[];
  faultCount!: number;
  /** False where a place could not be read, so that what lies behind it was not looked at. */
  complete!: boolean;
}

export class VerificationQuestionDto {
  kind!: 'verification';
  stream?: string;
  expect?: NotedDigestDto;
}

export class VerificationJobDto extends AuditJobDto {
  question!: VerificationQuestionDto;
  /** Present where it finished. */
  result?: LogProofDto;
}

/** Deals of one stage, status and currency. */
export class StageTotalDto implements StageTotal {
  pipelineId!: string;
  stageId!: string;
  status!: string;
  /** Null for deals without an amount. */
  currency!: string | null;
  count!: number;
  /** Minor units of the currency. */
  amount!: number;
}

export class MomentDto {
  /** Of the last event recorded by then; empty where there was none. */
  position!: string;
  /** The time asked for, or when the event at the position asked for was recorded. */
  at!: string;
  /** How many events there were. */
  events!: number;
}

export class ReplayedStateDto extends MomentDto implements ReplayedState {
  /** How many documents each read model had. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  documents!: Record<string, number>;
  stages!: StageTotalDto[];
  /** The funnel of each pipeline as `GET /api/v1/funnel` would have answered it then. */
  @ApiProperty({ type: 'array', items: { $ref: '#/components/schemas/FunnelAnswerDto' } })
  funnels!: object[];
}

export class ReplayQuestionDto extends ReplayDto {
  kind!: 'replay';
}

export class ReplayJobDto extends AuditJobDto {
  question!: ReplayQuestionDto;
  /** Present where it finished. */
  result?: ReplayedStateDto;
}

export class DealDifferenceDto implements DealDifference {
  id!: string;
  title!: string;
  owner!: string;
  pipelineId!: string;
  /** Of the amount at the later moment; null without one. */
  currency!: string | null;
}

export class MovedDealDto extends DealDifferenceDto implements MovedDeal {
  from!: string;
  to!: string;
}

export class EndedDealDto extends DealDifferenceDto implements EndedDeal {
  outcome!: string;
  /** Minor units of the currency. */
  amount!: number | null;
}

export class ChangedDealDto extends DealDifferenceDto implements ChangedDeal {
  changes!: FieldChangeDto[];
}

/** The first deals in the order of their ids, and how many there are in all. */
export class DealDifferencesDto implements DealList<DealDifference> {
  count!: number;
  deals!: DealDifferenceDto[];
}

export class MovedDealsDto implements DealList<MovedDeal> {
  count!: number;
  deals!: MovedDealDto[];
}

export class EndedDealsDto implements DealList<EndedDeal> {
  count!: number;
  deals!: EndedDealDto[];
}

export class ChangedDealsDto implements DealList<ChangedDeal> {
  count!: number;
  deals!: ChangedDealDto[];
}

export class CountAndAmountDto {
  count!: number;
  /** Minor units of the currency. */
  amount!: number;
}

export class StageDifferenceDto implements StageDifference {
  pipelineId!: string;
  stageId!: string;
  status!: string;
  currency!: string | null;
  before!: CountAndAmountDto;
  after!: CountAndAmountDto;
}

/** What became of the deals between two moments. A deal may stand in several lists. */
export class ComparedStatesDto implements ComparedStates, PipelineDifference {
  before!: MomentDto;
  after!: MomentDto;
  /** Not there before. */
  opened!: DealDifferencesDto;
  /** There at both moments, in different stages. */
  moved!: MovedDealsDto;
  /** Won, lost or terminated at the later moment and not, or otherwise, at the earlier. */
  ended!: EndedDealsDto;
  /** Ended at the earlier moment and not at the later. */
  reopened!: DealDifferencesDto;
  /** Withdrawn at the later moment only. */
  withdrawn!: DealDifferencesDto;
  /** There at both moments, with every field that differs. */
  changed!: ChangedDealsDto;
  stages!: StageDifferenceDto[];
}

export class ComparisonQuestionDto extends ComparisonDto {
  kind!: 'comparison';
}

export class ComparisonJobDto extends AuditJobDto {
  question!: ComparisonQuestionDto;
  /** Present where it finished. */
  result?: ComparedStatesDto;
}
