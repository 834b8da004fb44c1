import { NotFound } from '../../eventsourcing/errors.ts';
import type { ReadModelStore } from '../../eventsourcing/read-model-store.ts';
import type { Stage } from '../../pipelines/pipeline.events.ts';
import { calendarDays, dayOf } from '../../statistics/calendar.ts';
import { isStalled } from './deal-card.ts';
import { readPipeline, stageNames, stagesAt, type PipelineOfDeals, type StageName } from './deal-pipeline.ts';
import { pastMoment } from '../past-moment.ts';
import { documentAsOf, type ReadEvents } from '../read-models/opportunity-history.ts';
import {
  shownOpportunity,
  type OpportunityDocument,
  type ShownOpportunity,
} from '../read-models/opportunity.document.ts';
import { STILL_LASTS, periodsOf, type StagePeriod } from '../read-models/stage-periods.ts';

/** A deal as its page shows it. */
export interface OpportunityDetail extends ShownOpportunity {
  readonly pipelineName: string;
  /** Null for a deal that has ended. */
  readonly daysInStage: number | null;
  readonly stalled: boolean;
  /** Every stage of the pipeline with the time the deal spent in it. */
  readonly stages: readonly StageTime[];
  readonly periods: readonly StagePeriod[];
}

export interface StageTime extends StageName {
  /** Calendar days over all stays, the current one up to the moment of the answer. */
  readonly days: number;
  readonly stays: number;
  readonly current: boolean;
}

/** Throws `NotFound` for an unknown deal. A withdrawn one is still found, with its status. */
export async function opportunity(store: ReadModelStore, id: string, now: string): Promise<OpportunityDetail> {
  const document = await store.get<OpportunityDocument>('opportunities', id);
  if (!document) throw new NotFound('opportunity', id);
  const pipeline = await readPipeline(store, document.pipelineId);
  return detailOf(document, pipeline, pipeline.stages, now);
}

/**
 * A deal as it was at a business moment (see `pastMoment`), with the stages of then and the time it had spent in them,
 * by everything recorded since. Throws `NotFound` where it was not there yet.
 */
export async function pastOpportunity(
  { store, readEvents }: { readonly store: ReadModelStore; readonly readEvents: ReadEvents },
  { id, asOf }: { readonly id: string; readonly asOf: string },
): Promise<OpportunityDetail> {
  const moment = pastMoment(asOf);
  const document = await documentAsOf(readEvents, id, moment);
  const pipeline = await readPipeline(store, document.pipelineId);
  return detailOf(document, pipeline, stagesAt(pipeline, moment), moment);
}

function detailOf(
  document: OpportunityDocument,
  pipeline: PipelineOfDeals,
  stages: readonly Stage[],
  now: string,
): OpportunityDetail {
  const periods = periodsOf(document);
  const living = document.status === 'open' || document.status === 'suspended';
  return {
    ...shownOpportunity(document),
    pipelineName: pipeline.name,
    daysInStage: living ? calendarDays(document.stageEnteredOn, now) : null,
    stalled: isStalled(document, stages, now),
    stages: stageNames(
      stages,
      periods.map(({ stageId }) => stageId),
    ).map((stage) => stageTime(stage, document, periods, now)),
    periods,
  };
}

function stageTime(
  stage: StageName,
  document: OpportunityDocument,
  periods: readonly StagePeriod[],
  now: string,
): StageTime {
  const here = periods.filter(({ stageId }) => stageId === stage.id);
  const finished = here.filter(({ days }) => days !== null);
  const current = here.some(({ toAt }) => toAt === STILL_LASTS);
  const passed = finished.reduce((total, { days }) => total + days!, 0);
  return {
    ...stage,
    days: passed + (current ? Math.max(0, calendarDays(document.stageEnteredOn, dayOf(now))) : 0),
    stays: finished.length + (current ? 1 : 0),
    current,
  };
}
