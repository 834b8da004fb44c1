import { NotFound } from '../eventsourcing/errors.ts';
import type { ReadModelStore } from '../eventsourcing/read-model-store.ts';
import type { PipelineDocument } from './pipelines.projection.ts';

/** Every pipeline, by name. */
export async function pipelines(store: ReadModelStore): Promise<readonly PipelineDocument[]> {
  const { documents } = await store.find<PipelineDocument>('pipelines', {
    sort: [['name', 'ascending']],
    limit: 1_000,
  });
  return documents;
}

/** A pipeline; throws `NotFound` where there is none of this id. */
export async function pipeline(store: ReadModelStore, id: string): Promise<PipelineDocument> {
  const document = await store.get<PipelineDocument>('pipelines', id);
  if (!document) throw new NotFound('pipeline', id);
  return document;
}
