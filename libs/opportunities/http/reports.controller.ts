import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RuleViolation } from '../../eventsourcing/errors.ts';
import { CLOCK, type Clock } from '../../http/clock.ts';
import { etag } from '../../http/command-request.ts';
import { given } from '../../http/given.ts';
import { whyNotPast } from '../../statistics/calendar.ts';
import { identifierPipe } from '../../http/identifier.pipe.ts';
import { invalid } from '../../http/invalid-input.ts';
import { ReadDto } from '../../http/read.dto.ts';
import { ReadsFrom } from '../../http/reads-from.ts';
import {
  OpportunitiesAnswerDto,
  OpportunityAnswerDto,
  StagePeriodsAnswerDto,
  TimelineAnswerDto,
} from './deal-answers.dto.ts';
import { pastMoment } from '../past-moment.ts';
import { AskAboutOpportunities } from './opportunities.handlers.ts';
import type { AnswerOf, QuestionName, QuestionOf } from './opportunity-questions.ts';
import { filterOf, listQuestion, pastListQuestion, period } from './list-questions.ts';
import { BoardColumnDto, BoardDto, FacetsDto, OpportunitiesDto } from './lists.dto.ts';
import {
  BoardAnswerDto,
  BoardPageAnswerDto,
  FacetsAnswerDto,
  ForecastAnswerDto,
  FunnelAnswerDto,
  SearchAnswerDto,
  StalledAnswerDto,
  WinLossAnswerDto,
} from './report-answers.dto.ts';
import { cutOf, ForecastDto, FunnelDto, OpportunityDto, SearchDto, StalledDto, WinLossDto } from './reports.dto.ts';

const READ_MODELS = ['pipelines', 'opportunities'] as const;

/** What people look at: deals and the reports on them. */
@ApiTags('reports')
@Controller('api/v1')
export class ReportsController {
  readonly #queryBus: QueryBus;
  readonly #clock: Clock;

  constructor(@Inject(QueryBus) queryBus: QueryBus, @Inject(CLOCK) clock: Clock) {
    this.#queryBus = queryBus;
    this.#clock = clock;
  }

  @Get('opportunities')
  @ReadsFrom('A page of deals, of today or as of a past moment', ...READ_MODELS)
  @ApiOkResponse({ type: OpportunitiesAnswerDto })
  opportunities(@Query() query: OpportunitiesDto): Promise<AnswerOf<'opportunities'>> {
    return query.asOf === undefined
      ? this.#ask('opportunities', listQuestion(query, this.#now()))
      : this.#ask('pastOpportunities', pastListQuestion(query, this.#past(query.asOf)));
  }

  @Get('opportunities/:id')
  @ReadsFrom('A deal; its ETag goes into If-Match', ...READ_MODELS)
  @ApiOkResponse({
    type: OpportunityAnswerDto,
    description: 'With `asOf`, the deal with its stages as they were then.',
  })
  async opportunity(
    @Param('id', identifierPipe) id: string,
    @Query() { asOf }: OpportunityDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnswerOf<'opportunity'>> {
    // A past state has no ETag, for no command can be decided upon it.
    if (asOf !== undefined) return this.#ask('pastOpportunity', { id, asOf: this.#past(asOf) });
    const deal = await this.#ask('opportunity', { id, now: this.#now() });
    reply.header('ETag', etag(deal.revision));
    return deal;
  }

  @Get('opportunities/:id/timeline')
  @ReadsFrom('Every event of a deal: who, when, why, and field by field what changed')
  @ApiOkResponse({ type: TimelineAnswerDto })
  async timeline(
    @Param('id', identifierPipe) id: string,
    @Query() _: ReadDto,
  ): Promise<{ entries: AnswerOf<'timeline'> }> {
    return { entries: await this.#ask('timeline', { id }) };
  }

  @Get('opportunities/:id/stage-periods')
  @ReadsFrom('Each stay of a deal in each stage, with from and to', ...READ_MODELS)
  @ApiOkResponse({ type: StagePeriodsAnswerDto })
  async stagePeriods(
    @Param('id', identifierPipe) id: string,
    @Query() _: ReadDto,
  ): Promise<{ periods: AnswerOf<'opportunity'>['periods'] }> {
    const { periods } = await this.#ask('opportunity', { id, now: this.#now() });
    return { periods };
  }

  @Get('board')
  @ReadsFrom('The open deals of a pipeline, stage by stage', ...READ_MODELS)
  @ApiOkResponse({ type: BoardAnswerDto })
  board(@Query() query: BoardDto): Promise<AnswerOf<'board'>> {
    return this.#ask('board', { ...filterOf(query), now: this.#now(), ...given({ cards: query.cards }) });
  }

  @Get('board/:stage')
  @ReadsFrom('More cards of one stage', ...READ_MODELS)
  @ApiOkResponse({ type: BoardPageAnswerDto })
  boardColumn(
    @Param('stage', identifierPipe) stageId: string,
    @Query() query: BoardColumnDto,
  ): Promise<AnswerOf<'boardColumn'>> {
    const { cards, cursor } = query;
    return this.#ask('boardColumn', {
      ...filterOf(query),
      now: this.#now(),
      stageId,
      ...given({ cards, after: cursor }),
    });
  }

  @Get('funnel')
  @ReadsFrom('The funnel of a pipeline: now or as of a past moment, and over a period', ...READ_MODELS)
  @ApiOkResponse({ type: FunnelAnswerDto })
  funnel(@Query() query: FunnelDto): Promise<AnswerOf<'funnel'>> {
    const { by, asOf, from, to, fromStage } = query;
    return this.#ask('funnel', {
      ...cutOf(query),
      now: this.#now(),
      ...given({
        groupBy: by,
        asOf: asOf && this.#past(asOf),
        period: period(from, to),
        fromStage,
      }),
    });
  }

  @Get('forecast')
  @ReadsFrom('What the open deals of a pipeline will bring, and where the funnel starves', ...READ_MODELS)
  @ApiOkResponse({ type: ForecastAnswerDto })
  forecast(@Query() query: ForecastDto): Promise<AnswerOf<'forecast'>> {
    const { target, currency, asOf } = query;
    if ((target === undefined) !== (currency === undefined)) {
      throw invalid(target === undefined ? 'target' : 'currency', 'pair', 'target and currency come together.');
    }
    const money = target === undefined || currency === undefined ? undefined : { minorUnits: target, currency };
    return this.#ask('forecast', {
      ...cutOf(query),
      now: this.#now(),
      ...given({ target: money, asOf: asOf && this.#past(asOf) }),
    });
  }

  @Get('win-loss')
  @ReadsFrom('Won and lost deals, why deals were lost and to whom', ...READ_MODELS)
  @ApiOkResponse({ type: WinLossAnswerDto })
  winLoss(@Query() query: WinLossDto): Promise<AnswerOf<'winLoss'>> {
    const { by, from, to, asOf } = query;
    const moment = given({ asOf: asOf && this.#past(asOf) });
    return this.#ask('winLoss', {
      ...cutOf(query),
      now: this.#now(),
      ...given({ groupBy: by }),
      ...moment,
      ...period(from, to),
    });
  }

  @Get('stalled')
  @ReadsFrom('Open deals longer in their stage than its limit', ...READ_MODELS)
  @ApiOkResponse({ type: StalledAnswerDto })
  stalled(@Query() query: StalledDto): Promise<AnswerOf<'stalled'>> {
    return this.#ask('stalled', { ...cutOf(query), now: this.#now(), ...given({ limit: query.limit }) });
  }

  @Get('facets')
  @ReadsFrom('What the deals of a pipeline can be narrowed to, with their numbers', ...READ_MODELS)
  @ApiOkResponse({ type: FacetsAnswerDto })
  facets(@Query() { pipeline, status }: FacetsDto): Promise<AnswerOf<'facets'>> {
    return this.#ask('facets', given({ pipelineId: pipeline, status }));
  }

  @Get('search')
  @ReadsFrom('Deals and customers of all pipelines by parts of their names and ids', ...READ_MODELS)
  @ApiOkResponse({ type: SearchAnswerDto })
  search(@Query() { q, limit }: SearchDto): Promise<AnswerOf<'search'>> {
    return this.#ask('search', { text: q, ...given({ limit }) });
  }

  async #ask<Name extends QuestionName>(name: Name, question: QuestionOf<Name>): Promise<AnswerOf<Name>> {
    try {
      return await this.#queryBus.execute(new AskAboutOpportunities(name, question));
    } catch (error) {
      const foreign = error instanceof RuleViolation && error.code === 'invalid_cursor';
      throw foreign ? invalid('cursor', 'cursor', 'cursor must be the `next` of a page with the same sort.') : error;
    }
  }

  #past(asOf: string): string {
    const why = whyNotPast('asOf', pastMoment(asOf), this.#now());
    if (why !== undefined) throw invalid('asOf', 'past', why);
    return asOf;
  }

  #now(): string {
    return new Date(this.#clock()).toISOString();
  }
}
