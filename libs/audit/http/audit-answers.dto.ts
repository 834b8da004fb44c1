import { ApiPropertyOptional } from '@nestjs/swagger';
import { FieldChangeDto } from '../../http/field-change.dto.ts';
import type { AuditEvent, ChainState } from '../audit-event.ts';
import type { EventsPage } from '../audit-events.ts';
import type { AuditRow } from '../audit-row.ts';

export class AuditActorDto {
  id!: string;
  role!: string;
  onBehalfOf?: string;
}

/** One event of the log. What the command said is absent where the event cannot be opened. */
export class AuditRowDto implements AuditRow {
  position!: string;
  stream!: string;
  revision!: number;
  id!: string;
  /** The stored name with its version where the event cannot be opened. */
  type!: string;
  recordedAt!: string;
  /** Business time. */
  occurredAt!: string;
  actor?: AuditActorDto;
  source?: string;
  reason?: string;
  commandId?: string;
  correlationId?: string;
  causationId?: string;
  /** SHA-256, hexadecimal. */
  hash!: string;
  /** Why the event cannot be opened. */
  unreadable?: string;
}

export class ScannedToDto {
  position!: string;
  recordedAt!: string;
}

/** Events that fit, perhaps none; with `next` the search goes on where it ended. */
export class AuditEventsAnswerDto implements EventsPage {
  events!: AuditRowDto[];
  /** The `cursor` to go on with; absent where nothing is left to look at. */
  next?: string;
  /** The last event looked at; absent where there was none. */
  scannedTo?: ScannedToDto;
  /** How many events were looked at: 20,000 for one page at most. */
  scanned!: number;
}

/** The event in the chain of its stream, computed anew. */
export class ChainStateDto implements ChainState {
  hash!: string;
  recomputedHash!: string;
  /** False where the event was altered. */
  hashMatches!: boolean;
  previousHash!: string;
  /** Hash of the event before in the stream; empty for the first, absent where that event is missing. */
  hashBefore?: string;
  /** False where the event before is missing or another. */
  previousHashMatches!: boolean;
  /** Position of the event before it in the whole log, empty for the beginning, where some between are missing. */
  missingSince?: string;
}

export class StoredTextsDto {
  /** With its version. */
  type!: string;
  data!: string;
  metadata!: string;
}

export class AuditMetadataDto {
  actor!: AuditActorDto;
  source!: 'page' | 'api' | 'import' | 'cli' | 'kafka' | 'automation' | 'sample';
  reason?: string;
  commandId!: string;
  commandFingerprint!: string;
  $correlationId!: string;
  $causationId!: string;
}

/** Addresses of what belongs to the event. */
export class AuditLinksDto {
  stream!: string;
  /** Events of all streams with the same correlation. */
  correlation?: string;
  previous?: string;
  next?: string;
}

export class AuditEventAnswerDto extends AuditRowDto implements AuditEvent {
  /** Everything that is wrong with it in the chain of its stream; empty where it is as it was recorded. */
  faults!: string[];
  /** What it changed, field by field; absent where that cannot be told. */
  changes?: FieldChangeDto[];
  /** What it says, in the current version of its type. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  data?: object;
  metadata?: AuditMetadataDto;
  /** The texts that the hash covers, as they are stored. */
  stored!: StoredTextsDto;
  chain!: ChainStateDto;
  /** Positions of its neighbours in the stream. */
  previous?: string;
  next?: string;
  /** Other events of its stream with the same correlation. */
  correlated!: AuditRowDto[];
  links!: AuditLinksDto;
}
