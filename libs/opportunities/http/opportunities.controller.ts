import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { answerCommand, CommandRoute, CreationRoute } from '../../http/command-answer.ts';
import { CommandAnswerDto, CommandDto } from '../../http/command.dto.ts';
import { commandContext, newId, plainBody, RequestOfCommand, type CommandRequest } from '../../http/command-request.ts';
import { CLOCK, type Clock } from '../../http/clock.ts';
import { identifierPipe } from '../../http/identifier.pipe.ts';
import { CarryOutOpportunityCommand } from './opportunities.handlers.ts';
import type { OpportunityCommand } from '../rules/opportunity.commands.ts';
import {
  ChangeOpportunityAmountDto,
  ChangeOpportunityCloseDateDto,
  ChangeOpportunityProductDto,
  CloseOpportunityDto,
  CorrectOpportunityDetailsDto,
  FormOpportunityTeamDto,
  JudgeOpportunityForecastDto,
  LogOpportunityActivityDto,
  LoseOpportunityDto,
  MoveOpportunityDto,
  OpenOpportunityDto,
  ReopenOpportunityDto,
  SplitOpportunityCreditDto,
  SuspendOpportunityDto,
  TransferOpportunityDto,
  WinOpportunityDto,
} from './opportunities.dto.ts';

/** What opportunities can be told to do. */
@ApiTags('opportunities')
@Controller('api/v1/opportunities')
export class OpportunitiesController {
  readonly #commandBus: CommandBus;
  readonly #clock: Clock;

  constructor(@Inject(CommandBus) commandBus: CommandBus, @Inject(CLOCK) clock: Clock) {
    this.#commandBus = commandBus;
    this.#clock = clock;
  }

  @Post()
  @CreationRoute('Open a deal')
  async open(
    @Body() body: OpenOpportunityDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { id: wanted, pipelineId = 'default', ...details } = plainBody(body);
    const id = wanted ?? newId(request, 'opportunity');
    const command = { type: 'OpenOpportunity', pipelineId, ...details } as const;
    const answer = await this.#carryOut(id, command, body, request, reply);
    reply.header('Location', `/api/v1/opportunities/${id}`);
    return answer;
  }

  @Post(':id/move')
  @CommandRoute('Move a deal to another stage; back or over a stage with a reason')
  move(
    @Param('id', identifierPipe) id: string,
    @Body() body: MoveOpportunityDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'MoveOpportunity', ...plainBody(body) }, body, request, reply);
  }

  @Post(':id/suspend')
  @CommandRoute('Pause work on a deal, with a reason')
  suspend(
    @Param('id', identifierPipe) id: string,
    @Body() body: SuspendOpportunityDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'SuspendOpportunity', ...plainBody(body) }, body, request, reply);
  }

  @Post(':id/reactivate')
  @CommandRoute('Take a suspended deal up again')
  reactivate(
    @Param('id', identifierPipe) id: string,
    @Body() body: CommandDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'ReactivateOpportunity' }, body, request, reply);
  }

  @Post(':id/terminate')
  @CommandRoute('Give a deal up for good, with a reason')
  terminate(
    @Param('id', identifierPipe) id: string,
    @Body() body: CommandDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'TerminateOpportunity' }, body, request, reply);
  }

  @Post(':id/transfer')
  @CommandRoute('Hand a deal over to another owner, with a reason')
  transfer(
    @Param('id', identifierPipe) id: string,
    @Body() body: TransferOpportunityDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'TransferOpportunity', ...plainBody(body) }, body, request, reply);
  }

  @Post(':id/form-team')
  @CommandRoute('Name the reps who share a deal')
  formTeam(
    @Param('id', identifierPipe) id: string,
    @Body() body: FormOpportunityTeamDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'FormOpportunityTeam', ...plainBody(body) }, body, request, reply);
  }

  @Post(':id/split-credit')
  @CommandRoute('Settle which rep gets which part of the credit')
  splitCredit(
    @Param('id', identifierPipe) id: string,
    @Body() body: SplitOpportunityCreditDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'SplitOpportunityCredit', ...plainBody(body) }, body, request, reply);
  }

  @Post(':id/log-activity')
  @CommandRoute('Log work on a deal')
  logActivity(
    @Param('id', identifierPipe) id: string,
    @Body() body: LogOpportunityActivityDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(
      id,
      { type: 'LogOpportunityActivity', activityId: newId(request, 'activity'), ...plainBody(body) },
      body,
      request,
      reply,
    );
  }

  @Post(':id/win')
  @CommandRoute('Win a deal')
  win(
    @Param('id', identifierPipe) id: string,
    @Body() body: WinOpportunityDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'WinOpportunity', ...plainBody(body) }, body, request, reply);
  }

  @Post(':id/lose')
  @CommandRoute('Lose a deal')
  lose(
    @Param('id', identifierPipe) id: string,
    @Body() body: LoseOpportunityDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'LoseOpportunity', ...plainBody(body) }, body, request, reply);
  }

  @Post(':id/reopen')
  @CommandRoute('Put a won or lost deal back to a stage; for managers, with a reason')
  reopen(
    @Param('id', identifierPipe) id: string,
    @Body() body: ReopenOpportunityDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'ReopenOpportunity', ...plainBody(body) }, body, request, reply);
  }

  @Post(':id/close')
  @CommandRoute('Sum up an ended deal')
  close(
    @Param('id', identifierPipe) id: string,
    @Body() body: CloseOpportunityDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(
      id,
      { type: 'CloseOpportunity', ...plainBody(body), reason: body.reason },
      body,
      request,
      reply,
    );
  }

  @Post(':id/archive')
  @CommandRoute('Take a closed deal off boards and lists')
  archive(
    @Param('id', identifierPipe) id: string,
    @Body() body: CommandDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'ArchiveOpportunity' }, body, request, reply);
  }

  @Post(':id/change-amount')
  @CommandRoute('Change what a deal may bring')
  changeAmount(
    @Param('id', identifierPipe) id: string,
    @Body() body: ChangeOpportunityAmountDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'ChangeOpportunityAmount', ...plainBody(body) }, body, request, reply);
  }

  @Post(':id/change-close-date')
  @CommandRoute('Change the day a deal is expected to close')
  changeCloseDate(
    @Param('id', identifierPipe) id: string,
    @Body() body: ChangeOpportunityCloseDateDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'ChangeOpportunityCloseDate', ...plainBody(body) }, body, request, reply);
  }

  @Post(':id/change-product')
  @CommandRoute('Change what a deal is about')
  changeProduct(
    @Param('id', identifierPipe) id: string,
    @Body() body: ChangeOpportunityProductDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'ChangeOpportunityProduct', ...plainBody(body) }, body, request, reply);
  }

  @Post(':id/judge-forecast')
  @CommandRoute("Set the rep's own chance to win and forecast category")
  judgeForecast(
    @Param('id', identifierPipe) id: string,
    @Body() body: JudgeOpportunityForecastDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'JudgeOpportunityForecast', ...plainBody(body) }, body, request, reply);
  }

  @Post(':id/correct-details')
  @CommandRoute('Correct other details of a deal')
  correctDetails(
    @Param('id', identifierPipe) id: string,
    @Body() body: CorrectOpportunityDetailsDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'CorrectOpportunityDetails', changes: plainBody(body) }, body, request, reply);
  }

  @Post(':id/withdraw')
  @CommandRoute('Take back a deal that was entered by mistake, with a reason; an ended one for managers')
  withdraw(
    @Param('id', identifierPipe) id: string,
    @Body() body: CommandDto,
    @RequestOfCommand() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#carryOut(id, { type: 'WithdrawOpportunity' }, body, request, reply);
  }

  async #carryOut(
    id: string,
    command: OpportunityCommand,
    body: CommandDto,
    request: CommandRequest,
    reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const context = commandContext(request, body, this.#clock());
    const result = await this.#commandBus.execute(new CarryOutOpportunityCommand(id, command, context));
    return answerCommand(reply, id, result);
  }
}
