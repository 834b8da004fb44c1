import type { ReadModelStore } from '../../eventsourcing/read-model-store.ts';
import { board, boardColumn } from '../reports/board.query.ts';
import { facets } from '../reports/facets.query.ts';
import { forecast } from '../reports/forecast.query.ts';
import { funnel } from '../reports/funnel.query.ts';
import { opportunities } from '../reports/opportunities.query.ts';
import { pastOpportunities } from '../reports/past-opportunities.query.ts';
import { search } from '../reports/search.query.ts';
import { opportunityTimeline, type ReadEvents } from '../read-models/opportunity-history.ts';
import { opportunity, pastOpportunity } from '../reports/opportunity.query.ts';
import { stalled } from '../reports/stalled.query.ts';
import { winLoss } from '../reports/win-loss.query.ts';

/** What questions are answered from. */
export interface Sources {
  readonly store: ReadModelStore;
  readonly readEvents: ReadEvents;
}

type Answering = (sources: Sources, question: never) => Promise<unknown>;

/** Every question about opportunities by its name, with the function that answers it. */
export const opportunityQuestions = {
  board: ({ store }: Sources, question: Parameters<typeof board>[1]) => board(store, question),
  boardColumn: ({ store }: Sources, question: Parameters<typeof boardColumn>[1]) => boardColumn(store, question),
  opportunities: ({ store }: Sources, question: Parameters<typeof opportunities>[1]) => opportunities(store, question),
  pastOpportunities: (sources: Sources, question: Parameters<typeof pastOpportunities>[1]) =>
    pastOpportunities(sources, question),
  opportunity: ({ store }: Sources, { id, now }: { id: string; now: string }) => opportunity(store, id, now),
  pastOpportunity: (sources: Sources, question: Parameters<typeof pastOpportunity>[1]) =>
    pastOpportunity(sources, question),
  timeline: ({ readEvents }: Sources, { id }: { id: string }) => opportunityTimeline(readEvents, id),
  funnel: ({ store }: Sources, question: Parameters<typeof funnel>[1]) => funnel(store, question),
  forecast: ({ store }: Sources, question: Parameters<typeof forecast>[1]) => forecast(store, question),
  winLoss: ({ store }: Sources, question: Parameters<typeof winLoss>[1]) => winLoss(store, question),
  facets: ({ store }: Sources, question: Parameters<typeof facets>[1]) => facets(store, question),
  search: ({ store }: Sources, question: Parameters<typeof search>[1]) => search(store, question),
  stalled: ({ store }: Sources, question: Parameters<typeof stalled>[1]) => stalled(store, question),
} satisfies Record<string, Answering>;

export type OpportunityQuestions = typeof opportunityQuestions;
export type QuestionName = keyof OpportunityQuestions;
export type QuestionOf<Name extends QuestionName> = Parameters<OpportunityQuestions[Name]>[1];
export type AnswerOf<Name extends QuestionName> = Awaited<ReturnType<OpportunityQuestions[Name]>>;
