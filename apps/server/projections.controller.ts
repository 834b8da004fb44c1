import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../libs/eventsourcing/event.ts';
import { EventStore } from '../../libs/eventsourcing/event-store.ts';
import type { ProjectionStatus } from '../../libs/eventsourcing/projections/projection-status.ts';
import type { ParkedEvent } from '../../libs/eventsourcing/read-model-store.ts';
import { RequestActor } from '../../libs/http/actor.ts';
import { knownPosition } from '../../libs/http/known-position.ts';
import { ProjectionOperations } from './projection-operations.ts';
import {
  AcceptedDto,
  ParkedDecisionDto,
  ParkedEventsDto,
  ProjectionOperationDto,
  ProjectionStatusDto,
  ProjectionStatusesDto,
} from './projections.dto.ts';

const root = '/api/v1/projections';

@ApiTags('projections')
@Controller('api/v1/projections')
export class ProjectionsController {
  readonly #operations: ProjectionOperations;
  readonly #eventStore: EventStore;

  constructor(
    @Inject(ProjectionOperations) operations: ProjectionOperations,
    @Inject(EventStore) eventStore: EventStore,
  ) {
    this.#operations = operations;
    this.#eventStore = eventStore;
  }

  @Get()
  @ApiOperation({ summary: 'How every projection is doing' })
  @ApiOkResponse({ type: ProjectionStatusesDto })
  async all(): Promise<{ projections: readonly ProjectionStatus[] }> {
    return { projections: await this.#operations.statuses() };
  }

  @Get(':name')
  @ApiOperation({ summary: 'How one projection is doing' })
  @ApiOkResponse({ type: ProjectionStatusDto })
  one(@Param('name') name: string): Promise<ProjectionStatus> {
    return this.#operations.status(name);
  }

  @Post(':name/rebuild')
  @HttpCode(202)
  @ApiOperation({ summary: 'Build a projection anew beside the build that serves, then swap' })
  @ApiAcceptedResponse({ type: AcceptedDto })
  async rebuild(
    @Param('name') name: string,
    @Body() { reason }: ProjectionOperationDto,
    @RequestActor() actor: Actor,
  ): Promise<AcceptedDto> {
    await this.#operations.rebuild(name, actor, reason);
    return { status: `${root}/${name}` };
  }

  @Post(':name/rollback')
  @HttpCode(200)
  @ApiOperation({ summary: 'Serve the build before again' })
  @ApiOkResponse({ type: ProjectionStatusDto })
  async rollback(
    @Param('name') name: string,
    @Body() { reason }: ProjectionOperationDto,
    @RequestActor() actor: Actor,
  ): Promise<ProjectionStatus> {
    await this.#operations.rollback(name, actor, reason);
    return this.#operations.status(name);
  }

  @Get(':name/parked')
  @ApiOperation({ summary: 'Events that could not be applied, and those that stand behind them' })
  @ApiOkResponse({ type: ParkedEventsDto })
  async parked(@Param('name') name: string): Promise<{ events: readonly ParkedEvent[] }> {
    return { events: await this.#operations.parked(name) };
  }

  @Post(':name/parked/:position/retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Try a parked event and those behind it again' })
  @ApiAcceptedResponse({ type: AcceptedDto })
  retry(
    @Param('name') name: string,
    @Param('position') position: string,
    @Body() body: ParkedDecisionDto,
    @RequestActor() actor: Actor,
  ): Promise<AcceptedDto> {
    return this.#decide(name, position, 'retry', body, actor);
  }

  @Post(':name/parked/:position/discard')
  @HttpCode(202)
  @ApiOperation({ summary: 'Leave a parked event out of the read model for good' })
  @ApiAcceptedResponse({ type: AcceptedDto })
  discard(
    @Param('name') name: string,
    @Param('position') position: string,
    @Body() body: ParkedDecisionDto,
    @RequestActor() actor: Actor,
  ): Promise<AcceptedDto> {
    return this.#decide(name, position, 'discard', body, actor);
  }

  async #decide(
    name: string,
    text: string,
    action: 'retry' | 'discard',
    { reason }: ParkedDecisionDto,
    actor: Actor,
  ): Promise<AcceptedDto> {
    const position = knownPosition(this.#eventStore, 'position', text);
    await this.#operations.decideParked(name, position, action, reason, actor);
    return { status: `${root}/${name}/parked` };
  }
}
