import { Body, Controller, Delete, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Forbidden, NotFound, RuleViolation } from '../../eventsourcing/errors.ts';
import type { Actor } from '../../eventsourcing/event.ts';
import { RequestActor } from '../../http/actor.ts';
import type { Job } from '../../http/background-jobs.ts';
import { CLOCK, type Clock } from '../../http/clock.ts';
import { identifierPipe } from '../../http/identifier.pipe.ts';
import { invalid } from '../../http/invalid-input.ts';
import { instantOf } from '../../statistics/calendar.ts';
import { AuditJobs, auditJobAddress, type AuditJobKind, type AuditTask } from '../audit-jobs.ts';
import type { AuditSources } from '../audit-log.ts';
import { givenPosition, requirePastMoment } from '../moment.ts';
import {
  AuditJobsAnswerDto,
  ComparisonJobDto,
  JobAcceptedDto,
  ReplayJobDto,
  VerificationJobDto,
} from './audit-jobs.dto.ts';
import { AuditEnd, AuditRead, AuditStart, requireAuditor } from './audit-route.ts';
import { AUDIT_SOURCES } from './audit.controller.ts';
import { ComparisonDto, ReplayDto, VerificationDto } from './audit.dto.ts';

const MOST_DEALS = 100;

/** Proofs, and the past as it stood: what takes longer than a request may. */
@ApiTags('audit')
@Controller('api/v1/audit')
export class AuditJobsController {
  readonly #jobs: AuditJobs;
  readonly #sources: AuditSources;

  readonly #clock: Clock;

  constructor(
    @Inject(AuditJobs) jobs: AuditJobs,
    @Inject(AUDIT_SOURCES) sources: AuditSources,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#jobs = jobs;
    this.#sources = sources;
    this.#clock = clock;
  }

  @Get('jobs')
  @AuditRead('What auditors have under way on this server, and the last that ended')
  @ApiOkResponse({ type: AuditJobsAnswerDto })
  jobs(@RequestActor() actor: Actor): { readonly jobs: readonly Omit<Job<AuditJobKind>, 'result'>[] } {
    requireAuditor(actor);
    return { jobs: this.#jobs.list().map(({ result: _result, ...job }) => job) };
  }

  @Post('verifications')
  @AuditStart('Prove that nothing was altered, dropped or inserted since it was recorded')
  verify(
    @Body() { stream, expect }: VerificationDto,
    @RequestActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): JobAcceptedDto {
    requireAuditor(actor);
    if (expect) this.#requirePosition('expect.position', expect.position);
    const noted = expect && { position: expect.position, digest: expect.digest };
    const question = { ...(stream === undefined ? {} : { stream }), ...(noted ? { expect: noted } : {}) };
    return this.#start({ kind: 'verification', ...question }, actor, reply);
  }

  @Get('verifications/:id')
  @AuditRead('How a verification goes, and what it showed')
  @ApiOkResponse({ type: VerificationJobDto })
  verification(@Param('id', identifierPipe) id: string, @RequestActor() actor: Actor): Job<AuditJobKind> {
    return this.#job('verification', id, actor);
  }

  @Delete('verifications/:id')
  @AuditEnd('Cancel a verification, or forget it')
  endVerification(@Param('id', identifierPipe) id: string, @RequestActor() actor: Actor): Promise<void> {
    return this.#end('verification', id, actor);
  }

  @Post('replays')
  @AuditStart('Build every read model as it stood at a recorded moment')
  async replay(
    @Body() { at }: ReplayDto,
    @RequestActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobAcceptedDto> {
    requireAuditor(actor);
    return this.#start({ kind: 'replay', at: await this.#requireMoment('at', at) }, actor, reply);
  }

  @Get('replays/:id')
  @AuditRead('How a replay goes, and how things stood at its moment')
  @ApiOkResponse({ type: ReplayJobDto })
  replayed(@Param('id', identifierPipe) id: string, @RequestActor() actor: Actor): Job<AuditJobKind> {
    return this.#job('replay', id, actor);
  }

  @Delete('replays/:id')
  @AuditEnd('Cancel a replay, or forget it')
  endReplay(@Param('id', identifierPipe) id: string, @RequestActor() actor: Actor): Promise<void> {
    return this.#end('replay', id, actor);
  }

  @Post('comparisons')
  @AuditStart('Tell what became of the deals between two recorded moments')
  async compare(
    @Body() { from, to, limit = MOST_DEALS }: ComparisonDto,
    @RequestActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobAcceptedDto> {
    requireAuditor(actor);
    const [first, last] = [await this.#requireMoment('from', from), await this.#requireMoment('to', to)];
    const instants = [instantOf(first), instantOf(last)] as const;
    if (instants[0] !== undefined && instants[1] !== undefined && instants[1] < instants[0]) {
      throw invalid('to', 'period', 'to must not lie before from.');
    }
    return this.#start({ kind: 'comparison', from: first, to: last, limit }, actor, reply);
  }

  @Get('comparisons/:id')
  @AuditRead('How a comparison goes, and what differs')
  @ApiOkResponse({ type: ComparisonJobDto })
  comparison(@Param('id', identifierPipe) id: string, @RequestActor() actor: Actor): Job<AuditJobKind> {
    return this.#job('comparison', id, actor);
  }

  @Delete('comparisons/:id')
  @AuditEnd('Cancel a comparison, or forget it')
  endComparison(@Param('id', identifierPipe) id: string, @RequestActor() actor: Actor): Promise<void> {
    return this.#end('comparison', id, actor);
  }

  #start(task: AuditTask, actor: Actor, reply: FastifyReply): JobAcceptedDto {
    const job = this.#jobs.start(task, actor);
    const status = auditJobAddress(job);
    reply.header('Location', status);
    return { id: job.id, status };
  }

  #job(kind: AuditTask['kind'], id: string, actor: Actor): Job<AuditJobKind> {
    requireAuditor(actor);
    const job = this.#jobs.find(kind, id);
    if (!job) throw new NotFound(kind, id);
    return job;
  }

  async #end(kind: AuditTask['kind'], id: string, actor: Actor): Promise<void> {
    const { startedBy } = this.#job(kind, id, actor);
    if (startedBy !== actor.id && actor.role !== 'admin') {
      throw new Forbidden(`Only ${startedBy}, who began it, and admins may end it.`);
    }
    await this.#jobs.remove(id);
  }

  /** The moment a text names: as it is, but now for the day that is not over. Refuses what lies ahead. */
  async #requireMoment(field: string, text: string): Promise<string> {
    const now = new Date(this.#clock()).toISOString();
    try {
      await requirePastMoment(this.#sources.eventStore, text, now);
    } catch (error) {
      throw asInvalid(field, error);
    }
    // The day that is not over would otherwise count for the age of deals.
    return (instantOf(text) ?? '') > now ? now : text;
  }

  #requirePosition(field: string, text: string): void {
    try {
      givenPosition(this.#sources.eventStore, text);
    } catch (error) {
      throw asInvalid(field, error);
    }
  }
}

/** What is wrong with a moment, as that of the field it stands in. */
function asInvalid(field: string, error: unknown): unknown {
  if (!(error instanceof RuleViolation)) return error;
  const { code, message, parameters } = error;
  if (code === 'moment_ahead') return invalid(field, 'past', message);
  if (code === 'position_beyond_end') return invalid(field, 'position_beyond_end', message, parameters);
  return invalid(field, 'recorded_moment', message);
}
