import type { Condition, ReadModelStore } from '../../eventsourcing/read-model-store.ts';
import { pipelineOf, whereOf, type Cut } from './cut.ts';
import { dealCard, type DealCard } from './deal-card.ts';
import { readPipeline } from './deal-pipeline.ts';
import type { OpportunityDocument, OpportunityStatus } from '../read-models/opportunity.document.ts';

/** What a list can be sorted by. */
export const sortFields = [
  'changedAt',
  'openedAt',
  'endedAt',
  'expectedCloseDate',
  'stageEnteredOn',
  'amount',
  'title',
  'customerName',
  'owner',
] as const;
export type SortField = (typeof sortFields)[number];

export interface OpportunitiesQuestion extends Cut {
  readonly now: string;
  readonly stageId?: string;
  /** All but withdrawn and archived ones where left out. */
  readonly status?: readonly OpportunityStatus[];
  /** Days, both included. */
  readonly openedOn?: { readonly from?: string; readonly to?: string };
  readonly endedOn?: { readonly from?: string; readonly to?: string };
  readonly expectedCloseDate?: { readonly from?: string; readonly to?: string };
  /** The latest change first where left out. */
  readonly sort?: readonly [field: SortField, direction: 'ascending' | 'descending'];
  /** 50 where left out. */
  readonly limit?: number;
  readonly after?: string;
}

export interface OpportunitiesPage {
  readonly opportunities: readonly DealCard[];
  /** Asks for the next page; absent on the last one. */
  readonly next?: string;
}

/** A page of the deals of a pipeline. Throws `NotFound` for an unknown pipeline. */
export async function opportunities(
  store: ReadModelStore,
  question: OpportunitiesQuestion,
): Promise<OpportunitiesPage> {
  const { now, stageId, status, limit = 50, after, sort = ['changedAt', 'descending'] } = question;
  const pipeline = await readPipeline(store, pipelineOf(question));
  const { documents, next } = await store.find<OpportunityDocument>('opportunities', {
    where: {
      ...whereOf(question),
      ...(status === undefined ? { listed: true } : { status: { in: status } }),
      ...(stageId === undefined ? {} : { stageId }),
      ...within('openedOn', question.openedOn),
      ...within('endedOn', question.endedOn),
      ...within('expectedCloseDate', question.expectedCloseDate),
    },
    sort: [sort],
    limit,
    ...(after === undefined ? {} : { after }),
  });
  const page = documents.map((deal) => dealCard(deal, pipeline.stages, now));
  return next === undefined ? { opportunities: page } : { opportunities: page, next };
}

function within(
  field: string,
  days: { readonly from?: string; readonly to?: string } | undefined,
): Readonly<Record<string, Condition>> {
  if (days?.from === undefined && days?.to === undefined) return {};
  const { from, to } = days;
  return { [field]: { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lte: to }) } };
}
