import type { Projection } from '../eventsourcing/projections/projection.ts';
import { importsProjection } from '../importing/imports.projection.ts';
import { opportunitiesProjection } from '../opportunities/read-models/opportunities.projection.ts';
import { pipelinesProjection } from '../pipelines/pipelines.projection.ts';

/** Every projection of the system. A new one is added here and nowhere else. */
export const projections = [
  pipelinesProjection,
  opportunitiesProjection,
  importsProjection,
] as readonly unknown[] as readonly Projection[];
