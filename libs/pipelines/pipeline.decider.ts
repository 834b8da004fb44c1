import type { Circumstances, Decider } from '../eventsourcing/decider.ts';
import { NotFound, RuleViolation } from '../eventsourcing/errors.ts';
import type { Happened } from '../eventsourcing/event.ts';
import { sameData } from '../eventsourcing/same-data.ts';
import type { PipelineEvent, Stage } from './pipeline.events.ts';

export type PipelineCommand = DefinePipeline | RenamePipeline | RevisePipelineStages;

export interface DefinePipeline {
  readonly type: 'DefinePipeline';
  readonly name: string;
  readonly stages: readonly Stage[];
}

export interface RenamePipeline {
  readonly type: 'RenamePipeline';
  readonly name: string;
}

/** The whole list of stages as it shall be from now on. */
export interface RevisePipelineStages {
  readonly type: 'RevisePipelineStages';
  readonly stages: readonly Stage[];
}

export type Pipeline = { readonly status: 'none' } | DefinedPipeline;

export interface DefinedPipeline {
  readonly status: 'defined';
  readonly id: string;
  readonly name: string;
  readonly stages: readonly Stage[];
}

/** The rules of pipelines. */
export const pipelineDecider: Decider<Pipeline, PipelineCommand, PipelineEvent> = {
  kind: 'pipeline',
  initial: { status: 'none' },
  decide(command, state, circumstances) {
    if (command.type === 'DefinePipeline') return definePipeline(command, state, circumstances);
    if (state.status === 'none') throw new NotFound('pipeline', circumstances.id);
    switch (command.type) {
      case 'RenamePipeline':
        return renamePipeline(command, state);
      case 'RevisePipelineStages':
        return revisePipelineStages(command, state);
    }
  },
  evolve(state: Pipeline, event: Happened<PipelineEvent>): Pipeline {
    switch (event.type) {
      case 'PipelineDefined':
        return { status: 'defined', id: event.data.pipelineId, name: event.data.name, stages: event.data.stages };
      case 'PipelineRenamed':
        return state.status === 'none' ? state : { ...state, name: event.data.name };
      case 'PipelineStagesRevised':
        return state.status === 'none' ? state : { ...state, stages: event.data.stages };
    }
  },
};

/** Sets up a pipeline; refused where the id is taken. */
export function definePipeline(command: DefinePipeline, state: Pipeline, { id }: Circumstances): PipelineEvent[] {
  if (state.status !== 'none') throw new RuleViolation('already_exists', `There is a pipeline ${id} already.`);
  const { name, stages } = command;
  checkStages(stages);
  return [{ type: 'PipelineDefined', data: { pipelineId: id, name, stages: [...stages] } }];
}

/** Gives a pipeline another display name. */
export function renamePipeline(command: RenamePipeline, pipeline: DefinedPipeline): PipelineEvent[] {
  if (command.name === pipeline.name) return [];
  return [{ type: 'PipelineRenamed', data: { name: command.name } }];
}

/**
 * Adds, reorders or changes stages. A stage cannot be removed: deals may stand in it, and a pipeline does not see its
 * deals. A stage no longer wanted is moved to the end or renamed, and its deals moved out.
 */
export function revisePipelineStages(command: RevisePipelineStages, pipeline: DefinedPipeline): PipelineEvent[] {
  checkStages(command.stages);
  const kept = new Set(command.stages.map((stage) => stage.id));
  const removed = pipeline.stages.find((stage) => !kept.has(stage.id));
  if (removed) {
    throw new RuleViolation('stage_removed', `Stage ${removed.id} cannot be removed: deals may be in it.`, 'stages');
  }
  if (sameData(command.stages, pipeline.stages)) return [];
  return [{ type: 'PipelineStagesRevised', data: { stages: [...command.stages] } }];
}

function checkStages(stages: readonly Stage[]): void {
  if (stages.length === 0) throw new RuleViolation('stages_missing', 'A pipeline needs at least one stage.', 'stages');
  const ids = stages.map((stage) => stage.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new RuleViolation('duplicate_stage', `Stage ${twice} stands there twice.`, 'stages');
}
