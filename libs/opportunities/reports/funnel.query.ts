import { RuleViolation } from '../../eventsourcing/errors.ts';
import type { ReadModelStore, Sum, SumRow, Where } from '../../eventsourcing/read-model-store.ts';
import { dayOf } from '../../statistics/calendar.ts';
import { by, pipelineOf, sliced, whereOf, type Cut, type Dimension, type Slice } from './cut.ts';
import { readPipeline, stagesAt } from './deal-pipeline.ts';
import { endingsSinceUndone, type EndingSinceUndone } from '../read-models/former-endings.ts';
import { funnelReport, type FunnelReport } from './funnel-report.ts';
import { pastMoment } from '../past-moment.ts';
import { begunWith, classesAt, endedWithin, finishedWith, type Days } from './periods-at.ts';

export interface FunnelQuestion extends Cut {
  readonly now: string;
  /** A past business moment: see `pastMoment`. Left out: now. */
  readonly asOf?: string;
  /** Also what happened in a period of days, both included; without a bound, from the beginning or up to the moment. */
  readonly period?: Days;
  readonly groupBy?: Dimension;
  /** For velocity, count only deals in this stage or a later one. */
  readonly fromStage?: string;
}

export interface FunnelAnswer {
  readonly pipelineId: string;
  readonly pipelineName: string;
  /** The moment the answer is about. */
  readonly at: string;
  readonly total: FunnelReport;
  /** One for each value of the dimension asked for. */
  readonly groups: readonly Slice<FunnelReport>[];
}

/**
 * The funnel of a pipeline now or at a past business moment, with what happened in a period where one is asked for.
 * Throws `NotFound` for an unknown pipeline and `RuleViolation` for an unknown `fromStage`.
 */
export async function funnel(store: ReadModelStore, question: FunnelQuestion): Promise<FunnelAnswer> {
  const { now, period, groupBy, fromStage } = question;
  const moment = question.asOf === undefined ? undefined : pastMoment(question.asOf);
  const at = moment ?? now;
  const pipeline = await readPipeline(store, pipelineOf(question));
  const stages = moment === undefined ? pipeline.stages : stagesAt(pipeline, moment);
  if (fromStage !== undefined && !stages.some(({ id }) => id === fromStage))
    throw new RuleViolation('unknown_stage', `The pipeline has no stage ${fromStage}.`, 'fromStage');

  const where = whereOf(question);
  const [present, ages, flow] = await Promise.all([
    moment === undefined ? presentNow(store, where, groupBy) : presentAt(store, where, groupBy, moment),
    moment === undefined ? agesNow(store, where, groupBy) : agesAt(store, where, groupBy, moment),
    period ? happened(store, where, groupBy, period, moment) : nothingHappened,
  ]);
  // At a past moment, endings since undone or corrected are among the periods; their deals tell the rest.
  const undone = period && moment !== undefined && present.some(({ group }) => isEnding(group['status']));
  const former = undone
    ? rowsOf(await endingsSinceUndone(store, classesAt(where, moment), period), groupBy)
    : { ended: [], won: [] };
  const rows = {
    present,
    ages,
    entered: flow.entered,
    left: flow.left,
    ended: [...flow.ended, ...former.ended],
    won: [...flow.won, ...former.won],
  };
  const settings = {
    stages,
    withPeriod: period !== undefined,
    today: dayOf(at),
    ...(fromStage === undefined ? {} : { fromStage }),
  };
  const answer = sliced(rows, groupBy, (part) => funnelReport(part, settings));
  return { pipelineId: pipeline.id, pipelineName: pipeline.name, at, ...answer };
}

/** Endings as rows like those of deals that are still ended. */
function rowsOf(endings: readonly EndingSinceUndone[], groupBy: Dimension | undefined) {
  const ended: SumRow[] = [];
  const won: SumRow[] = [];
  for (const { period, cycleDays } of endings) {
    const slice = groupBy ? { [groupBy]: period[groupBy] } : {};
    const { status: outcome, currency, amount } = period;
    ended.push({ group: { ...slice, outcome, cycleDays }, count: 1, sums: {} });
    if (outcome === 'won') won.push({ group: { ...slice, currency, amount }, count: 1, sums: {} });
  }
  return { ended, won };
}

function isEnding(status: unknown): boolean {
  return status !== 'open' && status !== 'suspended';
}

function presentNow(store: ReadModelStore, where: Where, groupBy: Dimension | undefined) {
  return store.sum('opportunities', {
    where: { ...where, status: { in: ['open', 'suspended'] } },
    by: by(groupBy, 'stageId', 'status', 'currency', 'probability'),
    of: ['amount'],
  });
}

function agesNow(store: ReadModelStore, where: Where, groupBy: Dimension | undefined) {
  return store.sum('opportunities', {
    where: { ...where, status: 'open' },
    by: by(groupBy, 'stageId', 'stageEnteredOn'),
  });
}

function presentAt(store: ReadModelStore, where: Where, groupBy: Dimension | undefined, moment: string) {
  const fields = by(groupBy, 'stageId', 'status', 'currency', 'probability');
  return sumAt(store, where, moment, { by: fields, of: ['amount'] });
}

function agesAt(store: ReadModelStore, where: Where, groupBy: Dimension | undefined, moment: string) {
  return sumAt(store, { ...where, status: 'open' }, moment, { by: by(groupBy, 'stageId', 'stageEnteredOn') });
}

async function sumAt(
  store: ReadModelStore,
  where: Where,
  moment: string,
  sum: Omit<Sum, 'where'>,
): Promise<readonly SumRow[]> {
  const sums = classesAt(where, moment).map((ofClass) => store.sum('stage_periods', { ...sum, where: ofClass }));
  return (await Promise.all(sums)).flat();
}

interface Happenings {
  readonly entered: readonly SumRow[];
  readonly left: readonly SumRow[];
  readonly ended: readonly SumRow[];
  readonly won: readonly SumRow[];
}

const nothingHappened: Happenings = { entered: [], left: [], ended: [], won: [] };
const entries = ['opened', 'forward', 'backward', 'same', 'reopened', 'skipped', 'unstaged'];
const exits = ['forward', 'backward', 'same', 'won', 'lost', 'terminated'];

async function happened(
  store: ReadModelStore,
  where: Where,
  groupBy: Dimension | undefined,
  days: Days,
  moment: string | undefined,
): Promise<Happenings> {
  const endings: Where = { ...where, ...endedWithin(days, moment) };
  const [entered, left, ended, won] = await Promise.all([
    store.sum('stage_periods', {
      where: { ...where, ...begunWith(entries, days, moment) },
      by: by(groupBy, 'stageId', 'entry'),
    }),
    store.sum('stage_periods', {
      where: { ...where, ...finishedWith(exits, days, moment) },
      by: by(groupBy, 'stageId', 'exit', 'days'),
    }),
    store.sum('opportunities', {
      where: { ...endings, outcome: { in: ['won', 'lost', 'terminated'] } },
      by: by(groupBy, 'outcome', 'cycleDays'),
    }),
    store.sum('opportunities', { where: { ...endings, outcome: 'won' }, by: by(groupBy, 'currency', 'amount') }),
  ]);
  return { entered, left, ended, won };
}
