import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CLOCK, type Clock } from '../http/clock.ts';
import { answerCommand, CommandRoute, CreationRoute } from '../http/command-answer.ts';
import { CommandAnswerDto, CommandDto } from '../http/command.dto.ts';
import {
  commandContext,
  etag,
  newId,
  plainBody,
  RequestOfCommand,
  type CommandRequest,
} from '../http/command-request.ts';
import { identifierPipe } from '../http/identifier.pipe.ts';
import { ReadDto } from '../http/read.dto.ts';
import { ReadsFrom } from '../http/reads-from.ts';
import type { PipelineCommand } from './pipeline.decider.ts';
import {
  DefinePipelineDto,
  PipelineAnswerDto,
  PipelinesAnswerDto,
  RenamePipelineDto,
  RevisePipelineStagesDto,
} from './pipelines.dto.ts';
import { AskForPipelines, CarryOutPipelineCommand } from './pipelines.handlers.ts';
import type { PipelineDocument } from './pipelines.projection.ts';

/** The sales processes and their stages. */
@ApiTags('pipelines')
@Controller('api/v1/pipelines')
export class PipelinesController {
  readonly #commandBus: CommandBus;
  readonly #queryBus: QueryBus;
  readonly #clock: Clock;

  constructor(
    @Inject(CommandBus) commandBus: CommandBus,
    @Inject(QueryBus) queryBus: QueryBus,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#commandBus = commandBus;
    this.#queryBus = queryBus;
    this.#clock = clock;
  }

  @Get()
  @ReadsFrom('Every pipeline', 'pipelines')
  @ApiOkResponse({ type: PipelinesAnswerDto })
  async pipelines(@Query() _: ReadDto): Promise<{ pipelines: readonly PipelineDocument[] }> {
    return { pipelines: await this.#queryBus.execute(new AskForPipelines()) };
  }

  @Get(':id')
  @ReadsFrom('A pipeline; its ETag goes into If-Match', 'pipelines')
  @ApiOkResponse({ type: PipelineAnswerDto })
  async pipeline(
    @Param('id', identifierPipe) id: string,
    @Query() _: ReadDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PipelineDocument> {
    const [document] = await this.#queryBus.execute(new AskForPipelines(id));
    reply.header('ETag', etag(document!.revision));
    return document!;
  }

  @Post()
  @CreationRoute('Set up a pipeline')
  async define(
    @Body() body: DefinePipelineDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { id: wanted, ...content } = plainBody(body);
    const id = wanted ?? newId(request, 'pipeline');
    const command = { type: 'DefinePipeline', ...content } as const;
    const answer = await this.#carryOut(id, command, body, request, reply);
    reply.header('Location', `/api/v1/pipelines/${id}`);
    return answer;
  }

  @Post(':id/rename')
  @CommandRoute('Give a pipeline another name')
  rename(
    @Param('id', identifierPipe) id: string,
    @Body() body: RenamePipelineDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'RenamePipeline', ...plainBody(body) }, body, request, reply);
  }

  @Post(':id/revise-stages')
  @CommandRoute('Change the stages of a pipeline')
  reviseStages(
    @Param('id', identifierPipe) id: string,
    @Body() body: RevisePipelineStagesDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'RevisePipelineStages', ...plainBody(body) }, body, request, reply);
  }

  async #carryOut(
    id: string,
    command: PipelineCommand,
    body: CommandDto,
    request: CommandRequest,
    reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const context = commandContext(request, body, this.#clock());
    const result = await this.#commandBus.execute(new CarryOutPipelineCommand(id, command, context));
    return answerCommand(reply, id, result);
  }
}
