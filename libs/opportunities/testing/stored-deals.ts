import type { Collection, Document } from '../../eventsourcing/projections/projection.ts';
import type { ReadModelStore } from '../../eventsourcing/read-model-store.ts';
import { Type } from '../../eventsourcing/schema.ts';
import { Stage } from '../../pipelines/pipeline.events.ts';
import type { PipelineOfDeals } from '../reports/deal-pipeline.ts';
import { opportunitiesProjection } from '../read-models/opportunities.projection.ts';
import type { OpportunityDocument } from '../read-models/opportunity.document.ts';
import { periodsOf, stagePeriods } from '../read-models/stage-periods.ts';

const pipelines: Collection = {
  name: 'pipelines',
  description: 'Pipelines as the queries on deals read them.',
  schema: Type.Object({
    id: Type.String(),
    name: Type.String(),
    stages: Type.Array(Stage),
    revisions: Type.Array(Type.Object({ from: Type.String(), stages: Type.Array(Stage) })),
  }),
  indexes: [],
};

/** Puts deals and a pipeline into a store as a runner would have, replacing what was there. */
export async function storeDeals(
  store: ReadModelStore,
  pipeline: PipelineOfDeals,
  deals: Iterable<OpportunityDocument>,
): Promise<void> {
  await fill(store, 'pipelines', [pipelines], [[[pipeline]]]);
  const chunks: (readonly (readonly Document[])[])[] = [];
  let chunk: OpportunityDocument[] = [];
  const flush = () => {
    chunks.push([chunk, chunk.flatMap(periodsOf)]);
    chunk = [];
  };
  for (const deal of deals) {
    chunk.push(deal);
    if (chunk.length === 5_000) flush();
  }
  flush();
  await fill(store, 'opportunities', [opportunitiesProjection.collection, stagePeriods], chunks);
}

async function fill(
  store: ReadModelStore,
  projection: string,
  collections: readonly Collection[],
  chunks: readonly (readonly (readonly Document[])[])[],
): Promise<void> {
  const lease = await store.acquireLease(projection, 'stored-deals', 600_000);
  if ('heldBy' in lease) throw new Error(`The lease on ${projection} is held by ${lease.heldBy}.`);
  const generation = await store.beginGeneration(projection, 1, collections);
  let written = 0;
  for (const parts of chunks) {
    written += 1;
    const position = String(written).padStart(16, '0');
    const changes = collections.map(({ name }, index) => ({
      collection: name,
      upserts: (parts[index] ?? []).map((document) => ({ document, position })),
      deletes: [],
    }));
    await store.commit({ generation, lease, checkpoint: position, changes });
  }
  await store.activate(generation, lease);
  await store.releaseLease(lease);
}

/** The pipeline of the worked forecast. */
export const salesPipeline: PipelineOfDeals = pipelineOf([
  stage('potential', 5_000, 2, 90),
  stage('bidding', 8_000, 1, 60),
  stage('negotiation', 9_000, 1, 45),
  stage('contract', 10_000, 0, 30),
]);

export function pipelineOf(stages: Stage[]): PipelineOfDeals {
  return { id: 'default', name: 'Sales', stages, revisions: [{ from: '2025-01-01T00:00:00.000Z', stages }] };
}

export function stage(id: string, successRate: number, months: number, rottingAfterDays: number): Stage {
  return {
    id,
    name: id,
    successRate,
    expectedDuration: { count: months, unit: 'months' },
    requires: [],
    rottingAfterDays,
  };
}
