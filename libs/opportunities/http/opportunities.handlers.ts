import { Inject } from '@nestjs/common';
import { Command, CommandHandler, Query, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { CommandContext, CommandResult } from '../../eventsourcing/command-handler.ts';
import { ReadModelStore } from '../../eventsourcing/read-model-store.ts';
import { STREAM_EVENTS, type StreamEvents } from '../../http/stream-events.ts';
import {
  opportunityQuestions,
  type AnswerOf,
  type QuestionName,
  type QuestionOf,
  type Sources,
} from './opportunity-questions.ts';
import type { OpportunityCommand } from '../rules/opportunity.commands.ts';
import type { OpportunityEvent } from '../opportunity.events.ts';
import type { OpportunityCommands } from '../rules/opportunity.handlers.ts';

/** Token of the function that carries out commands on opportunities. */
export const OPPORTUNITY_COMMANDS = Symbol('opportunity commands');

/** Any command on an opportunity, on its way through the bus. */
export class CarryOutOpportunityCommand extends Command<CommandResult<OpportunityEvent>> {
  readonly id: string;
  readonly command: OpportunityCommand;
  readonly context: CommandContext;

  constructor(id: string, command: OpportunityCommand, context: CommandContext) {
    super();
    this.id = id;
    this.command = command;
    this.context = context;
  }
}

/** Takes commands from the bus to the function that carries them out. */
@CommandHandler(CarryOutOpportunityCommand)
export class CarryOutOpportunityCommandHandler implements ICommandHandler<CarryOutOpportunityCommand> {
  readonly #carryOut: OpportunityCommands;

  constructor(@Inject(OPPORTUNITY_COMMANDS) carryOut: OpportunityCommands) {
    this.#carryOut = carryOut;
  }

  execute({ id, command, context }: CarryOutOpportunityCommand): Promise<CommandResult<OpportunityEvent>> {
    return this.#carryOut(id, command, context);
  }
}

/** Any question about opportunities, on its way through the bus. */
export class AskAboutOpportunities<Name extends QuestionName = QuestionName> extends Query<AnswerOf<Name>> {
  readonly name: Name;
  readonly question: QuestionOf<Name>;

  constructor(name: Name, question: QuestionOf<Name>) {
    super();
    this.name = name;
    this.question = question;
  }
}

/** Takes questions from the bus to the functions that answer them. */
@QueryHandler(AskAboutOpportunities)
export class AskAboutOpportunitiesHandler implements IQueryHandler<AskAboutOpportunities> {
  readonly #sources: Sources;

  constructor(@Inject(ReadModelStore) store: ReadModelStore, @Inject(STREAM_EVENTS) readEvents: StreamEvents) {
    this.#sources = { store, readEvents };
  }

  execute<Name extends QuestionName>({ name, question }: AskAboutOpportunities<Name>): Promise<AnswerOf<Name>> {
    const answer = opportunityQuestions[name] as (
      sources: Sources,
      question: QuestionOf<Name>,
    ) => Promise<AnswerOf<Name>>;
    return answer(this.#sources, question);
  }
}
