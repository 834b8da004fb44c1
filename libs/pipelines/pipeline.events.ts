import type { EventsOf } from '../eventsourcing/catalogue.ts';
import { BasisPoints, Identifier, Text, Type, type Static, closed } from '../eventsourcing/schema.ts';

/** What an opportunity must have before it may enter a stage. */
export const RequiredField = Type.Union([
  Type.Literal('customer'),
  Type.Literal('amount'),
  Type.Literal('expectedCloseDate'),
  Type.Literal('product'),
  Type.Literal('channel'),
  Type.Literal('region'),
]);
export type RequiredField = Static<typeof RequiredField>;

export const Stage = Type.Object(
  {
    id: Identifier,
    /** English and Chinese display names. */
    name: Text,
    nameZh: Type.Optional(Text),
    /** Chance to reach the next stage, or to be won from the last one. */
    successRate: BasisPoints,
    /** Time until the next stage, or from the last one until the money lands. */
    expectedDuration: Type.Object(
      {
        count: Type.Integer({ minimum: 0, maximum: 3_660 }),
        unit: Type.Union([Type.Literal('days'), Type.Literal('months')]),
      },
      closed,
    ),
    requires: Type.Array(RequiredField, { maxItems: 6 }),
    /** A deal that is longer in the stage than this is stalled. */
    rottingAfterDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_660 })),
  },
  closed,
);
export type Stage = Static<typeof Stage>;

const stages = Type.Array(Stage, { minItems: 1, maxItems: 50 });

export const pipelineEvents = {
  PipelineDefined: {
    version: 1,
    description: 'A sales process with its ordered stages was set up.',
    data: Type.Object({ pipelineId: Identifier, name: Text, stages }, closed),
  },
  PipelineRenamed: {
    version: 1,
    description: 'A pipeline got another display name.',
    data: Type.Object({ name: Text }, closed),
  },
  PipelineStagesRevised: {
    version: 1,
    description: 'The stages of a pipeline, their order, rates, durations, requirements or limits changed.',
    data: Type.Object({ stages }, closed),
  },
} as const;

export type PipelineEvent = EventsOf<typeof pipelineEvents>;
