import { sameData } from '../eventsourcing/same-data.ts';
import type { OpportunityCommand, RestoreOpportunity } from '../opportunities/rules/opportunity.commands.ts';
import type { OpportunityDetails } from '../opportunities/opportunity.events.ts';
import { opportunityFold, type Opportunity } from '../opportunities/rules/opportunity.state.ts';
import { brokenRule, type BrokenRule } from './broken-rule.ts';
import type { DealRecord, DealStep } from './deal-record.ts';
import { detailCommands, isForLivingOnly } from './detail-commands.ts';
import { toldDeal, type DealEvent, type ToldDeal, type ToldStep } from './told-deal.ts';

/** A command with what surrounds it. */
export interface PlannedCommand {
  readonly command: OpportunityCommand;
  readonly file: string;
  readonly line: number;
  readonly occurredAt?: string;
  readonly reason?: string;
}

/** What brings a deal from where earlier imports told it to be to where the source tells it is now. */
export interface DealPlan {
  /** All or none of the plan: it begins by taking something back. */
  readonly whole: boolean;
  readonly commands: readonly PlannedCommand[];
}

export const REASON = 'recorded so in the imported source';
export const CORRECTION = 'corrected by the imported source';

/** The plan for a deal with the events it has so far, or the rule that forbids one. Nothing to do: no commands. */
export function dealPlan(record: DealRecord, events: readonly DealEvent[], importId: string): DealPlan | BrokenRule {
  const state = stateOf(events);
  if (state.status === 'none' || state.status === 'withdrawn') return openingPlan(record);
  const told = toldDeal(events);
  if (!told) {
    const rule = `there is an opportunity ${record.id} that no import opened`;
    return brokenRule('deal_not_imported', rule, { value: record.id });
  }

  const course = courseOf(record, told);
  const details = detailCommands(told.details, record);
  let kept = course.opening ? 0 : commonSteps(told.steps, course.steps);
  const ending = told.steps.findIndex(({ kind }) => kind !== 'move');
  if (ending >= 0 && ending < kept && details.some(({ command }) => isForLivingOnly(command))) kept = ending;

  const missing = course.steps.slice(kept);
  const takesBack = course.opening !== undefined || kept < told.steps.length;
  const lastKept = told.steps[kept - 1] ?? told.opening;
  const byPeople = events.filter((event) => event.metadata.source !== 'import' && changesCourse(event)).at(-1);
  if (takesBack && byPeople && byPeople.revision > lastKept.revision) {
    const { type: event, metadata, recordedAt: at } = byPeople;
    const by = metadata.actor.id;
    const rule = `the source tells another course than before, but ${event} by ${by} at ${at} came since`;
    return brokenRule('course_changed_since', rule, { event, by, at });
  }
  const firstAt = missing.find(({ at }) => at !== undefined)?.at;
  const settled = byPeople !== undefined && byPeople.revision > (told.steps.at(-1) ?? told.opening).revision;
  return {
    whole: takesBack,
    commands: [
      ...(takesBack ? [{ ...placeOf(record), ...takingBack(events, state.details, lastKept, course, importId) }] : []),
      ...details.map((detail) => ({ ...placeOf(record), ...detail, ...(firstAt ? { occurredAt: firstAt } : {}) })),
      ...stepCommands(missing, ended(told.steps[kept - 1]), settled ? state : undefined),
    ],
  };
}

function openingPlan({ opening, pipelineId, details, steps, ...place }: DealRecord): DealPlan {
  const command = { type: 'OpenOpportunity', pipelineId, stageId: opening.stageId, ...details } as const;
  const open = { command, ...placeOf(place), ...(opening.at ? { occurredAt: opening.at } : {}) };
  return { whole: false, commands: [open, ...stepCommands(steps, false, undefined)] };
}

interface Course {
  /** How the deal began, where that is to be corrected. */
  readonly opening?: { readonly stageId: string; readonly at: string };
  readonly steps: readonly DealStep[];
}

/** The course a source tells, seen from what is known of the deal here. */
function courseOf(record: DealRecord, told: ToldDeal): Course {
  const { opening, standing, steps } = record;
  const sameMoment = opening.at === undefined || (opening.at === told.opening.at && !told.opening.undated);
  if (!standing) {
    if (sameMoment && opening.stageId === told.opening.stageId) return { steps };
    return { opening: { stageId: opening.stageId, at: opening.at ?? told.opening.at }, steps };
  }
  // Brought in before the source knew a date: it then was in the stage it stands in from that date on.
  if (told.opening.undated && opening.at !== undefined && opening.at < told.opening.at) {
    return { opening: { stageId: opening.stageId, at: opening.at }, steps };
  }
  const place = placeOf(record);
  const moves: DealStep[] = told.steps
    .filter((step) => step.kind === 'move')
    .map(({ toStage, ...move }, index) => {
      // The first date that the source knew was not that of the opening, but of the first move.
      const isFirst = index === 0 && told.opening.undated && !move.undated;
      const at = isFirst && opening.at !== undefined ? opening.at : latest(move, steps[0]?.at);
      return { ...place, kind: 'move', toStage, at };
    });
  const stageId = told.steps.findLast((step) => step.kind === 'move')?.toStage ?? told.opening.stageId;
  const dated = told.opening.undated && moves.length === 0 && opening.at !== undefined;
  const stands = dated ? opening.stageId : standing.stageId;
  if (stands !== undefined && stands !== stageId) {
    moves.push({ ...place, kind: 'move', toStage: stands, ...(dated ? { at: opening.at } : {}) });
  }
  return {
    ...(sameMoment || told.opening.undated ? {} : { opening: { stageId: told.opening.stageId, at: opening.at } }),
    steps: [...moves, ...steps],
  };
}

/** A move that was only seen between two imports was made before what the source dates earlier. */
function latest({ at, undated }: Pick<ToldStep, 'at' | 'undated'>, next: string | undefined): string {
  return undated && next !== undefined && next < at ? next : at;
}

function commonSteps(told: readonly ToldStep[], steps: readonly DealStep[]): number {
  const differing = steps.findIndex((step, index) => !told[index] || !sameStep(told[index], step));
  return differing < 0 ? steps.length : differing;
}

function sameStep({ revision: _revision, undated: _undated, ...told }: ToldStep, step: DealStep): boolean {
  const { file: _file, line: _line, ...content } = step;
  return sameData(told, { ...content, at: content.at ?? told.at });
}

function takingBack(
  events: readonly DealEvent[],
  details: OpportunityDetails,
  lastKept: { readonly revision: number },
  { opening }: Course,
  importId: string,
): Pick<PlannedCommand, 'command' | 'reason'> {
  const then = stateOf(events.slice(0, lastKept.revision + 1));
  if (then.status === 'none') throw new Error(`Revision ${lastKept.revision} of a deal is before its opening.`);
  const { amount: _amount, ...others } = details;
  // A win sets the amount, so it goes with the win.
  const won = events.find(({ type, revision }) => type === 'OpportunityWon' && revision > lastKept.revision);
  const before = won ? stateOf(events.slice(0, won.revision)) : undefined;
  const amount = before && before.status !== 'none' ? before.details.amount : details.amount;
  const command: RestoreOpportunity = {
    type: 'RestoreOpportunity',
    importId,
    toRevision: lastKept.revision,
    stageId: opening?.stageId ?? then.stageId,
    status: then.status === 'won' || then.status === 'lost' ? then.status : 'open',
    since: opening?.at ?? then.since,
    ...(opening ? { openedAt: opening.at } : {}),
    ...others,
    ...(amount ? { amount } : {}),
  };
  return { command, reason: CORRECTION };
}

/** @param settled the deal as people left it, where they have been the last to change its course */
function stepCommands(
  steps: readonly DealStep[],
  hasEnded: boolean,
  settled: Opportunity | undefined,
): readonly PlannedCommand[] {
  const missing = settled && steps[0] && isAt(settled, steps[0]) ? steps.slice(1) : steps;
  let before = hasEnded;
  return missing.map((step) => {
    const again = before;
    before = ended(step);
    const { file, line, at } = step;
    const command = commandOf(step, again);
    return { command, file, line, reason: REASON, ...(at === undefined ? {} : { occurredAt: at }) };
  });
}

function commandOf(step: DealStep, again: boolean): OpportunityCommand {
  if (step.kind === 'move') return { type: again ? 'ReopenOpportunity' : 'MoveOpportunity', toStage: step.toStage };
  if (step.kind === 'win') return { type: 'WinOpportunity', amount: step.amount };
  const { reasonCode, competitor } = step;
  return { type: 'LoseOpportunity', reasonCode, ...(competitor === undefined ? {} : { competitor }) };
}

function ended(step: { readonly kind: DealStep['kind'] } | undefined): boolean {
  return step?.kind === 'win' || step?.kind === 'lose';
}

/** Whether somebody brought the deal already to where a step leads. */
function isAt(deal: Opportunity, step: DealStep): boolean {
  if (deal.status === 'none') return false;
  if (step.kind === 'move') return deal.status === 'open' && deal.stageId === step.toStage;
  if (step.kind === 'lose') return deal.status === 'lost';
  return deal.status === 'won' && sameData(deal.details.amount, step.amount);
}

const NO_COURSE = new Set<DealEvent['type']>([
  'OpportunityOpened',
  'OpportunityTransferred',
  'OpportunityTeamFormed',
  'OpportunityCreditSplit',
  'OpportunityActivityLogged',
  'OpportunityAmountChanged',
  'OpportunityCloseDateChanged',
  'OpportunityProductChanged',
  'OpportunityForecastJudged',
  'OpportunityDetailsCorrected',
  'OpportunityWithdrawn',
  'OpportunityRestored',
]);

function changesCourse({ type }: DealEvent): boolean {
  return !NO_COURSE.has(type);
}

function placeOf({ file, line }: { readonly file: string; readonly line: number }) {
  return { file, line };
}

function stateOf(events: readonly DealEvent[]): Opportunity {
  return events.reduce(opportunityFold.evolve, opportunityFold.initial);
}
