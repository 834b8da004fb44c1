import type { ReadModelStore, Where } from '../../eventsourcing/read-model-store.ts';
import { dayOf } from '../../statistics/calendar.ts';
import { countOf, currencySums, type CurrencySum } from './amounts.ts';
import { pipelineOf, whereOf } from './cut.ts';
import { dealCard, type DealCard } from './deal-card.ts';
import { anyOf, bothOf, countedBy, narrowingOf, within, type DealFilter, type Narrowing } from './deal-filter.ts';
import { readPipeline, type PipelineOfDeals } from './deal-pipeline.ts';
import { dealsOfFlow, type Flow } from './flow-deals.query.ts';
import { landingByReps, stagesLandingIn } from './landings.ts';
import type { OpportunityDocument, OpportunityStatus, Outcome } from '../read-models/opportunity.document.ts';
import type { Days } from './periods-at.ts';

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

export interface OpportunitiesQuestion extends DealFilter {
  readonly now: string;
  readonly stageId?: string;
  /** All but withdrawn and archived ones where left out. */
  readonly status?: readonly OpportunityStatus[];
  /** How they ended, whatever was done with them since. */
  readonly outcome?: readonly Outcome[];
  /**
   * Only the deals behind a figure of the funnel over a period, with the cut and the amount as they counted then. The
   * stage is then that of the figure, and archived deals are shown, too.
   */
  readonly flow?: { readonly name: Flow; readonly days: Days };
  /** Codes of reasons for which deals were lost, and against whom; null for deals without one. */
  readonly lostReason?: readonly (string | null)[];
  readonly competitor?: readonly (string | null)[];
  /** Deals in stages that the forecast expects to land in this month, `2026-11`; open ones where `status` is left out. */
  readonly landingMonth?: string;
  /** The same by the reps' own close dates, without the deals they omitted. */
  readonly landingMonthByReps?: string;
  readonly openedOn?: Days;
  readonly endedOn?: Days;
  /** The latest change first where left out. */
  readonly sort?: readonly [field: SortField, direction: 'ascending' | 'descending'];
  /** 50 where left out. */
  readonly limit?: number;
  readonly after?: string;
}

export interface OpportunitiesPage {
  readonly opportunities: readonly DealCard[];
  /** Deals of all pages; on the first page alone. */
  readonly total?: number;
  /** Their amounts; on the first page alone. */
  readonly amounts?: readonly CurrencySum[];
  /** Asks for the next page; absent on the last one. */
  readonly next?: string;
}

/** A page of the deals of a pipeline. Throws `NotFound` for an unknown pipeline. */
export async function opportunities(
  store: ReadModelStore,
  question: OpportunitiesQuestion,
): Promise<OpportunitiesPage> {
  const { now, limit = 50, after, sort = ['changedAt', 'descending'] } = question;
  const pipeline = await readPipeline(store, pipelineOf(question));
  const narrowing = await narrowed(store, question, pipeline);
  const [{ documents, next }, totals] = await Promise.all([
    store.find<OpportunityDocument>('opportunities', {
      ...narrowing,
      sort: [sort],
      limit,
      ...(after === undefined ? {} : { after }),
    }),
    after === undefined ? totalsOf(store, question, narrowing) : undefined,
  ]);
  return {
    opportunities: documents.map((deal) => dealCard(deal, pipeline.stages, now)),
    ...(totals ? { total: countOf(totals), amounts: currencySums(totals) } : {}),
    ...(next === undefined ? {} : { next }),
  };
}

const listedStatuses: readonly OpportunityStatus[] = ['open', 'suspended', 'won', 'lost', 'terminated', 'closed'];

function totalsOf(store: ReadModelStore, question: OpportunitiesQuestion, { where, ...alternatives }: Narrowing) {
  const { listed, ...others } = where;
  // The same deals, by the index that has amounts and cuts in it; the one of lists has texts.
  const byStatus = listed === true && question.text === undefined && others['status'] === undefined;
  const same = byStatus ? { ...others, status: { in: listedStatuses } } : where;
  return store.sum('opportunities', { ...alternatives, where: same, by: ['currency'], of: ['amount'] });
}

async function narrowed(
  store: ReadModelStore,
  question: OpportunitiesQuestion,
  pipeline: PipelineOfDeals,
): Promise<Narrowing> {
  const { now, stageId, outcome, flow, lostReason, competitor, landingMonth, landingMonthByReps, ...filter } = question;
  const { stages } = pipeline;
  const landingIn = (month: string) => stagesLandingIn(month, pipeline, stages, dayOf(now));
  const landsByReps =
    landingMonthByReps === undefined ? undefined : landingByReps(landingMonthByReps, landingIn(landingMonthByReps));
  const landing = landingMonth === undefined ? undefined : landingIn(landingMonth);
  const { status = landing || landsByReps ? (['open'] as const) : undefined } = question;
  const inStage = stageCondition(stageId, landing);
  const further: Where = {
    ...(outcome === undefined ? {} : { outcome: { in: outcome } }),
    ...anyOf('lostReason', lostReason),
    ...anyOf('competitor', competitor),
    ...within('openedOn', question.openedOn),
    ...within('endedOn', question.endedOn),
  };
  if (!flow) {
    const { where, anyOf: stalled } = narrowingOf(filter, stages, now);
    // How a deal ended stays true when it is archived.
    const listed = outcome === undefined ? { listed: true } : {};
    const shown: Where = status === undefined ? listed : { status: { in: status } };
    return { ...bothOf(stalled, landsByReps), where: { ...where, ...further, ...inStage, ...shown } };
  }
  const then = { ...whereOf(filter), ...countedBy(filter) };
  const deals = await dealsOfFlow(store, then, {
    ...(stageId === undefined ? {} : { stageId }),
    flow: flow.name,
    days: flow.days,
  });
  const { expectedCloseDate, stalled, text } = filter;
  const present = { expectedCloseDate, stalled, text };
  const given = Object.fromEntries(Object.entries(present).filter(([, value]) => value !== undefined));
  const { where, ...alternatives } = narrowingOf(given, stages, now);
  // The ids are of this pipeline alone; its index would lead through all of its deals.
  const { pipelineId: _pipelineId, ...narrowing } = where;
  const shown: Where = status === undefined ? {} : { status: { in: status } };
  return { ...alternatives, where: { ...narrowing, ...further, ...shown, id: { in: deals.map(({ id }) => id) } } };
}

/** The condition for a stage, for one of several, or for what both have in common. */
export function stageCondition(stageId: string | undefined, among: readonly string[] | undefined): Where {
  if (among === undefined) return stageId === undefined ? {} : { stageId };
  return { stageId: { in: stageId === undefined ? among : among.filter((id) => id === stageId) } };
}
