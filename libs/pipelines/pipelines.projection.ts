import type { RecordedEvent } from '../eventsourcing/event.ts';
import type { Projection } from '../eventsourcing/projections/projection.ts';
import { Identifier, Text, Timestamp, Type, type Static } from '../eventsourcing/schema.ts';
import { Stage, type PipelineEvent } from './pipeline.events.ts';

const closed = { additionalProperties: false } as const;

/** A pipeline as it is now, with what its stages were before. */
export const PipelineDocument = Type.Object(
  {
    id: Identifier,
    name: Text,
    /** In the order a deal passes through them. */
    stages: Type.Array(Stage),
    /**
     * Every set of stages there was, in the order it was recorded. At a business moment the last one counts whose
     * `from` is not later; before the first, the first.
     */
    revisions: Type.Array(Type.Object({ from: Timestamp, stages: Type.Array(Stage) }, closed)),
    /** Revision of the stream of which this is the state. */
    revision: Type.Integer({ minimum: 0 }),
  },
  closed,
);
export type PipelineDocument = Static<typeof PipelineDocument>;

const stream = 'pipeline-';

export const pipelinesProjection: Projection<PipelineDocument, PipelineEvent> = {
  name: 'pipelines',
  version: 1,
  owner: 'pipelines',
  collection: {
    name: 'pipelines',
    description: 'A sales process: its stages in order with rates, durations and limits, now and before.',
    schema: PipelineDocument,
    indexes: [],
  },
  handles: ['PipelineDefined', 'PipelineRenamed', 'PipelineStagesRevised'],
  key: (event) => event.stream.slice(stream.length),
  evolve,
};

function evolve(document: PipelineDocument | undefined, event: RecordedEvent<PipelineEvent>): PipelineDocument {
  if (event.type === 'PipelineDefined') {
    const { pipelineId, name, stages } = event.data;
    return { id: pipelineId, name, stages, revisions: [{ from: event.occurredAt, stages }], revision: event.revision };
  }
  if (!document) throw new Error(`${event.stream} does not begin with PipelineDefined.`);
  switch (event.type) {
    case 'PipelineRenamed':
      return { ...document, name: event.data.name, revision: event.revision };
    case 'PipelineStagesRevised': {
      const { stages } = event.data;
      const revisions = [...document.revisions, { from: event.occurredAt, stages }];
      return { ...document, stages, revisions, revision: event.revision };
    }
  }
}
