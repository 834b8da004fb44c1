import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ReadModelStore } from '../../eventsourcing/read-model-store.ts';
import { commandsOnBus } from '../../http/bus.handlers.ts';
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

/** Token of the function that carries out commands on opportunities. */
export const OPPORTUNITY_COMMANDS = Symbol('opportunity commands');

/** Commands on opportunities on their way through the bus, and who takes them to that function. */
export const [CarryOutOpportunityCommand, CarryOutOpportunityCommandHandler] = commandsOnBus<
  OpportunityCommand,
  OpportunityEvent
>(OPPORTUNITY_COMMANDS);

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
