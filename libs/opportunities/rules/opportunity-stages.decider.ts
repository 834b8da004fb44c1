import type { Circumstances } from '../../eventsourcing/decider.ts';
import { RuleViolation } from '../../eventsourcing/errors.ts';
import type { RequiredField, Stage } from '../../pipelines/pipeline.events.ts';
import { requireAfterLastStep, requireManager, requireReason } from './opportunity.checks.ts';
import type { MoveOpportunity, OpenOpportunity, ReopenOpportunity } from './opportunity.commands.ts';
import type { OpportunityDetails, OpportunityEvent } from '../opportunity.events.ts';
import type { LostDeal, OpenDeal, Opportunity, WonDeal } from './opportunity.state.ts';

/** What a deal's rules need of its pipeline. */
export interface DealPipeline {
  readonly id: string;
  readonly stages: readonly Stage[];
}

/** Begins a deal in the first stage or the one named. An id whose deal was withdrawn is free again. */
export function openOpportunity(
  command: OpenOpportunity,
  state: Opportunity,
  { id }: Circumstances,
  pipeline: DealPipeline,
): OpportunityEvent[] {
  if (state.status !== 'none' && state.status !== 'withdrawn') {
    throw new RuleViolation('already_exists', `There is an opportunity ${id} already.`);
  }
  const { type: _, pipelineId, stageId, ...details } = command;
  const stage = stageId === undefined ? firstStage(pipeline) : stageOf(pipeline, stageId, 'stageId');
  requireEntry(stage, details);
  return [{ type: 'OpportunityOpened', data: { opportunityId: id, pipelineId, stageId: stage.id, ...details } }];
}

/** Takes a deal to another stage. Going back, over a stage, or anew into the same one needs a reason. */
export function moveOpportunity(
  command: MoveOpportunity,
  deal: OpenDeal,
  circumstances: Circumstances,
  pipeline: DealPipeline,
): OpportunityEvent[] {
  const target = stageOf(pipeline, command.toStage, 'toStage');
  const ids = pipeline.stages.map((stage) => stage.id);
  const from = ids.indexOf(deal.stageId);
  const to = ids.indexOf(target.id);
  const direction = to > from ? 'forward' : to < from ? 'backward' : 'same';
  const skipped = ids.slice(from + 1, Math.max(to, from + 1));
  if (direction === 'backward') requireReason(circumstances, 'Moving back');
  if (direction === 'same') requireReason(circumstances, 'Beginning a stage anew');
  if (skipped.length > 0) requireReason(circumstances, `Skipping ${skipped.join(', ')}`);
  requireAfterLastStep(deal, circumstances);
  requireEntry(target, deal.details);
  return [{ type: 'OpportunityStageMoved', data: { from: deal.stageId, to: target.id, direction, skipped } }];
}

/** Puts a won or lost deal back to the stage named or the one it was last in. */
export function reopenOpportunity(
  command: ReopenOpportunity,
  deal: WonDeal | LostDeal,
  circumstances: Circumstances,
  pipeline: DealPipeline,
): OpportunityEvent[] {
  requireManager(circumstances, 'reopen an opportunity');
  requireReason(circumstances, 'Reopening');
  requireAfterLastStep(deal, circumstances);
  const stage = stageOf(pipeline, command.toStage ?? deal.stageId, 'toStage');
  requireEntry(stage, deal.details);
  return [{ type: 'OpportunityReopened', data: { stageId: stage.id } }];
}

function firstStage(pipeline: DealPipeline): Stage {
  const [first] = pipeline.stages;
  if (!first) throw new RuleViolation('unknown_stage', `Pipeline ${pipeline.id} has no stages.`, 'stageId');
  return first;
}

function stageOf(pipeline: DealPipeline, id: string, field: string): Stage {
  const stage = pipeline.stages.find((one) => one.id === id);
  if (!stage) throw new RuleViolation('unknown_stage', `Pipeline ${pipeline.id} has no stage ${id}.`, field);
  return stage;
}

/**
 * Every way into a stage passes here (opening, moving, skipping, reopening), so whatever else a stage may ask for,
 * such as a qualified customer or an approved quote, is asked here.
 */
function requireEntry(stage: Stage, details: OpportunityDetails): void {
  const missing = stage.requires.filter((field: RequiredField) => details[field] === undefined);
  if (missing.length === 0) return;
  throw new RuleViolation(
    'entry_requirement_missing',
    `Stage ${stage.id} needs ${missing.join(', ')} to be known.`,
    missing[0],
    { stage: { id: stage.id, name: stage.name, nameZh: stage.nameZh }, fields: missing },
  );
}
