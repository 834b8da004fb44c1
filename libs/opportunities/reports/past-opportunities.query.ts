import pMap from 'p-map';
import type { ReadModelStore, Where } from '../../eventsourcing/read-model-store.ts';
import { endingsSinceUndone } from '../read-models/former-endings.ts';
import { documentAsOf, type ReadEvents } from '../read-models/opportunity-history.ts';
import type { OpportunityDocument, Outcome } from '../read-models/opportunity.document.ts';
import { dayOf } from '../../statistics/calendar.ts';
import { pastMoment } from '../past-moment.ts';
import { currencySumsOf } from './amounts.ts';
import { pipelineOf, whereOf, type Cut } from './cut.ts';
import { dealCard } from './deal-card.ts';
import { anyOf, bothOf, countedBy, stalledAt, type DealFilter } from './deal-filter.ts';
import { readPipeline, stagesAt, type PipelineOfDeals } from './deal-pipeline.ts';
import { countedDeal, dealsOfFlow, distinct, type CountedDeal, type Flow } from './flow-deals.query.ts';
import { landingByReps, stagesLandingIn } from './landings.ts';
import { stageCondition, type OpportunitiesPage } from './opportunities.query.ts';
import { classesAt, endedWithin, type Days } from './periods-at.ts';

/** What a list as of a past moment can be sorted by: what a deal's later life does not change, as a rule. */
export const pastSortFields = ['openedAt', 'title', 'customerName'] as const;
export type PastSortField = (typeof pastSortFields)[number];

export interface PastOpportunitiesQuestion
  extends Cut, Pick<DealFilter, 'amount' | 'currency' | 'forecastCategory' | 'stalled'> {
  /** See `pastMoment`. */
  readonly asOf: string;
  readonly stageId?: string;
  /** Open and suspended deals where left out. */
  readonly status?: readonly ('open' | 'suspended')[];
  /** Deals that had ended so instead of those that lived. */
  readonly outcome?: readonly Outcome[];
  readonly endedOn?: Days;
  /** Codes of reasons for which deals had been lost, and against whom; null for deals without one. Only with `outcome`. */
  readonly lostReason?: readonly (string | null)[];
  readonly competitor?: readonly (string | null)[];
  /** Deals in stages that the forecast of then expected to land in this month; open ones where `status` is left out. */
  readonly landingMonth?: string;
  /** The same by the reps' own close dates of then, without the deals they omitted. */
  readonly landingMonthByReps?: string;
  /** Deals behind a figure of the funnel over a period instead of those that lived. */
  readonly flow?: { readonly name: Flow; readonly days: Days };
  /** Those opened last first where left out. */
  readonly sort?: readonly [field: PastSortField, direction: 'ascending' | 'descending'];
  /** 50 where left out. */
  readonly limit?: number;
  readonly after?: string;
}

const READ_AT_ONCE = 16;

/**
 * A page of the deals as they were at a past business moment, chosen by what they were then: the deals behind the
 * funnel as of that moment. Throws `NotFound` for an unknown pipeline.
 */
export async function pastOpportunities(
  { store, readEvents }: { readonly store: ReadModelStore; readonly readEvents: ReadEvents },
  question: PastOpportunitiesQuestion,
): Promise<OpportunitiesPage> {
  const { limit = 50, after, sort = ['openedAt', 'descending'] } = question;
  const moment = pastMoment(question.asOf);
  const pipeline = await readPipeline(store, pipelineOf(question));
  const counted = await countedAt(store, question, pipeline, moment);
  const { documents, next } = await store.find<OpportunityDocument>('opportunities', {
    where: { id: { in: counted.map(({ id }) => id) } },
    sort: [sort],
    limit,
    ...(after === undefined ? {} : { after }),
  });
  const stages = stagesAt(pipeline, moment);
  const deals = await pMap(documents, ({ id }) => documentAsOf(readEvents, id, moment), { concurrency: READ_AT_ONCE });
  return {
    opportunities: deals.map((deal) => dealCard(deal, stages, moment)),
    ...(after === undefined ? { total: counted.length, amounts: currencySumsOf(counted) } : {}),
    ...(next === undefined ? {} : { next }),
  };
}

async function countedAt(
  store: ReadModelStore,
  question: PastOpportunitiesQuestion,
  pipeline: PipelineOfDeals,
  moment: string,
): Promise<readonly CountedDeal[]> {
  const { stageId, landingMonth, landingMonthByReps, outcome, flow } = question;
  const where: Where = { ...whereOf(question), ...countedBy(question) };
  const inStage = stageId === undefined ? {} : { stageId };
  if (flow) return dealsOfFlow(store, where, { ...inStage, flow: flow.name, days: flow.days, moment });
  if (outcome) return endedAt(store, { ...where, ...inStage }, { ...question, outcome }, moment);
  const stages = stagesAt(pipeline, moment);
  const landingIn = (month: string) => stagesLandingIn(month, pipeline, stages, dayOf(moment));
  const landing = landingMonth === undefined ? undefined : landingIn(landingMonth);
  const landsByReps =
    landingMonthByReps === undefined ? undefined : landingByReps(landingMonthByReps, landingIn(landingMonthByReps));
  const { status = landing || landsByReps ? (['open'] as const) : (['open', 'suspended'] as const) } = question;
  const living: Where = { ...where, ...stageCondition(stageId, landing), status: { in: status } };
  const alternatives = bothOf(question.stalled ? stalledAt(stages, moment) : undefined, landsByReps);
  const rows = await Promise.all(
    classesAt(living, moment).map((of) =>
      store.sum('stage_periods', { ...alternatives, where: of, by: ['opportunityId', 'currency', 'amount'] }),
    ),
  );
  return distinct(rows.flat().map(({ group }) => countedDeal(group)));
}

type Ended = Required<Pick<PastOpportunitiesQuestion, 'outcome'>> &
  Pick<PastOpportunitiesQuestion, 'endedOn' | 'lostReason' | 'competitor'>;

async function endedAt(
  store: ReadModelStore,
  where: Where,
  { outcome, endedOn = {}, lostReason, competitor }: Ended,
  moment: string,
): Promise<readonly CountedDeal[]> {
  const [still, undone] = await Promise.all([
    store.sum('opportunities', {
      where: {
        ...where,
        outcome: { in: outcome },
        ...endedWithin(endedOn, moment),
        ...anyOf('lostReason', lostReason),
        ...anyOf('competitor', competitor),
      },
      by: ['id', 'currency', 'amount'],
    }),
    endingsSinceUndone(store, classesAt(where, moment), endedOn),
  ]);
  const former = undone
    .filter(({ period }) => outcome.some((one) => one === period.status))
    .filter((ending) => lostReason?.includes(ending.lostReason) ?? true)
    .filter((ending) => competitor?.includes(ending.competitor) ?? true)
    .map(({ period }) => countedDeal({ ...period }));
  return distinct([...still.map(({ group }) => countedDeal(group, 'id')), ...former]);
}
