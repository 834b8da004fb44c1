import { IsIn } from 'class-validator';
import { IsText, Optional } from '../../libs/http/field-rules.ts';

/** Why a parked event is tried again or left out. */
export class ParkedDecisionDto {
  /** Kept with the event for good. */
  @IsText(2_000)
  reason!: string;
}

/** Why a projection is rebuilt or rolled back, for the log. */
export class ProjectionOperationDto {
  @Optional()
  @IsText(2_000)
  reason?: string;
}

export class RebuildProgressDto {
  /** Events, or bytes of the log where the store counts those. */
  done!: number;
  total!: number;
  eventsPerSecond!: number;
  startedAt!: string;
  secondsLeft!: number;
}

/** Who asked for a rebuild, and why. */
export class AskedDto {
  actor!: string;
  reason?: string;
}

/** The last rebuild that was finished. */
export class LastRebuildDto {
  startedAt!: string;
  endedAt!: string;
  /** Absent where nobody asked: after an update, at the first start, or by the command line. */
  asked?: AskedDto;
  /** Documents that both builds had; absent where it was made by an earlier release. */
  compared?: number;
  /** Documents that differ, or were in one build only. */
  differences?: number;
}

/** How one projection is doing. */
export class ProjectionStatusDto {
  name!: string;
  version!: number;
  /** The build that serves. */
  generation?: string;
  /** The build a rollback would serve again. */
  previousGeneration?: string;
  @IsIn(['running', 'rebuilding', 'stopped', 'missing'])
  state!: 'running' | 'rebuilding' | 'stopped' | 'missing';
  /** Who leads it. */
  owner?: string;
  standby!: string[];
  position!: string;
  head!: string;
  lag!: number;
  lagUnit!: string;
  lagSeconds!: number;
  eventsPerSecond!: number;
  /** Events that wait for a person. */
  parked!: number;
  /** Events a person had left out. */
  discarded!: number;
  lastError?: string;
  rebuild?: RebuildProgressDto;
  lastRebuild?: LastRebuildDto;
  /** The log moves and the projection does not. */
  alarm!: boolean;
}

export class ProjectionStatusesDto {
  projections!: ProjectionStatusDto[];
}

export class AcceptedDto {
  /** Where to see how it goes. */
  status!: string;
}

/** What a person asked for. */
export class ParkedRequestDto {
  @IsIn(['retry', 'discard'])
  action!: 'retry' | 'discard';
  reason!: string;
  actor!: string;
}

export class ParkedDiscardDto {
  at!: string;
  reason!: string;
  actor!: string;
}

/** A decision that did not settle the event, and when it was acted on. */
export class UnsettledDecisionDto extends ParkedRequestDto {
  at!: string;
}

export class ParkedEventDto {
  key!: string;
  position!: string;
  stream!: string;
  revision!: number;
  type!: string;
  /** Why it could not be applied; of a successor, that it stands behind the first. */
  error!: string;
  parkedAt!: string;
  /** What a person asked for; the projector acts on it within a second. */
  request?: ParkedRequestDto;
  /** When, by whom and why it was left out for good. */
  discarded?: ParkedDiscardDto;
  /** The last decision that did not settle it: a retry that failed again, or a discard in an earlier build. */
  decided?: UnsettledDecisionDto;
}

export class ParkedEventsDto {
  events!: ParkedEventDto[];
}
