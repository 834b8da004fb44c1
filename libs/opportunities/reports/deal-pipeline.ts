import { NotFound } from '../../eventsourcing/errors.ts';
import type { ReadModelStore } from '../../eventsourcing/read-model-store.ts';
import type { Stage } from '../../pipelines/pipeline.events.ts';
import { addDays } from '../../statistics/calendar.ts';
import { basisPoints, nothing, times, whole, type Fraction } from '../../statistics/fraction.ts';

/** A pipeline as the reports on deals read it from the collection `pipelines`. */
export interface PipelineOfDeals {
  readonly id: string;
  readonly name: string;
  readonly stages: readonly Stage[];
  readonly revisions: readonly { readonly from: string; readonly stages: readonly Stage[] }[];
}

/** Throws `NotFound` where there is no such pipeline. */
export async function readPipeline(store: ReadModelStore, id: string): Promise<PipelineOfDeals> {
  const pipeline = await store.get<PipelineOfDeals>('pipelines', id);
  if (!pipeline) throw new NotFound('pipeline', id);
  return pipeline;
}

/** The stages at a business moment: before the first revision, those of the first. */
export function stagesAt(pipeline: PipelineOfDeals, moment: string): readonly Stage[] {
  const revision = pipeline.revisions.findLast(({ from }) => from <= moment) ?? pipeline.revisions[0];
  return revision?.stages ?? pipeline.stages;
}

/** The chance to win from each stage: the product of the rates from it on. */
export function chancesOf(stages: readonly Stage[]): ReadonlyMap<string, Fraction> {
  const chances = new Map<string, Fraction>();
  let chance = whole;
  for (const stage of stages.toReversed()) {
    chance = times(basisPoints(stage.successRate), chance);
    chances.set(stage.id, chance);
  }
  return chances;
}

/** A deal's chance to win: the rep's own, else its stage's; none in a stage the pipeline does not have any more. */
export function chanceOf(
  chances: ReadonlyMap<string, Fraction>,
  stageId: string,
  probability: number | null,
): Fraction {
  return probability === null ? (chances.get(stageId) ?? nothing) : basisPoints(probability);
}

/** A stage as reports show it. One that the pipeline does not have any more stands under its id, at the end. */
export interface StageName {
  readonly id: string;
  readonly name: string;
  readonly nameZh?: string;
}

/** The stages of a pipeline and, after them, others that deals are in. */
export function stageNames(stages: readonly Stage[], seen: Iterable<string>): readonly StageName[] {
  const known = new Set(stages.map(({ id }) => id));
  const others = [...new Set(seen)].filter((id) => !known.has(id)).toSorted();
  return [
    ...stages.map(({ id, name, nameZh }) => (nameZh === undefined ? { id, name } : { id, name, nameZh })),
    ...others.map((id) => ({ id, name: id })),
  ];
}

/** Deals that entered a stage on this day or before are stalled today: they are longer in it than its limit. */
export function stalledSince(stage: Stage, today: string): string | undefined {
  return stage.rottingAfterDays === undefined ? undefined : addDays(today, -stage.rottingAfterDays - 1);
}
