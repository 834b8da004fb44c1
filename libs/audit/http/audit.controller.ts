import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../eventsourcing/event.ts';
import { RequestActor } from '../../http/actor.ts';
import { given } from '../../http/given.ts';
import { invalid } from '../../http/invalid-input.ts';
import { knownPosition } from '../../http/known-position.ts';
import { instantOf, startOfDay } from '../../statistics/calendar.ts';
import { auditEvent, type AuditEvent } from '../audit-event.ts';
import { eventsPage, type EventsPage } from '../audit-events.ts';
import type { AuditSources } from '../audit-log.ts';
import { AuditEventAnswerDto, AuditEventsAnswerDto, AuditLinksDto } from './audit-answers.dto.ts';
import { AuditRead, requireAuditor } from './audit-route.ts';
import { AuditEventsDto } from './audit.dto.ts';

/** Token of what the log is read from. */
export const AUDIT_SOURCES = Symbol('audit sources');

const ROOT = '/api/v1/audit/events';
const FEWEST = 50;

/** What was recorded. */
@ApiTags('audit')
@Controller('api/v1/audit/events')
export class AuditController {
  readonly #sources: AuditSources;

  constructor(@Inject(AUDIT_SOURCES) sources: AuditSources) {
    this.#sources = sources;
  }

  @Get()
  @AuditRead('A page of the events of one stream or of all')
  @ApiOkResponse({ type: AuditEventsAnswerDto })
  events(@Query() query: AuditEventsDto, @RequestActor() actor: Actor): Promise<EventsPage> {
    requireAuditor(actor);
    const { type: types, order = 'newest', limit = FEWEST, cursor } = query;
    const { stream, kind, actor: who, source, correlationId } = query;
    const occurred = times(query.occurredFrom, query.occurredTo, 'occurred');
    const recorded = times(query.recordedFrom, query.recordedTo, 'recorded');
    return eventsPage(this.#sources, {
      order,
      limit,
      ...given({ stream, kind, types, actor: who, source, correlationId, ...occurred, ...recorded }),
      ...(cursor === undefined ? {} : { cursor: knownPosition(this.#sources.eventStore, 'cursor', cursor) }),
    });
  }

  @Get(':position')
  @AuditRead('One event with everything that is known of it, and how it stands in the chain')
  @ApiOkResponse({ type: AuditEventAnswerDto })
  async event(
    @Param('position') text: string,
    @RequestActor() actor: Actor,
  ): Promise<AuditEvent & { readonly links: AuditLinksDto }> {
    requireAuditor(actor);
    const event = await auditEvent(this.#sources, knownPosition(this.#sources.eventStore, 'position', text));
    return { ...event, links: linksOf(event) };
  }
}

function linksOf({ stream, correlationId, previous, next }: AuditEvent): AuditLinksDto {
  return {
    stream: `${ROOT}?stream=${encodeURIComponent(stream)}`,
    ...given({
      correlation: correlationId && `${ROOT}?correlationId=${encodeURIComponent(correlationId)}`,
      previous: previous && `${ROOT}/${encodeURIComponent(previous)}`,
      next: next && `${ROOT}/${encodeURIComponent(next)}`,
    }),
  };
}

/** A period of days or times as one of times, by the names of its ends. */
function times<Name extends 'occurred' | 'recorded'>(from: string | undefined, to: string | undefined, name: Name) {
  const first = from === undefined ? undefined : instantOf(/^\d{4}-\d{2}-\d{2}$/.test(from) ? startOfDay(from) : from);
  const last = to === undefined ? undefined : instantOf(to);
  if (first !== undefined && last !== undefined && last < first) {
    throw invalid(`${name}To`, 'period', `${name}To must not lie before ${name}From.`);
  }
  return { [`${name}From`]: first, [`${name}To`]: last } as {
    [Key in `${Name}From` | `${Name}To`]: string | undefined;
  };
}
