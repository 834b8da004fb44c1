import { describe, expect, test } from '@jest/globals';
import type { RecordedEvent } from '../eventsourcing/event.ts';
import type { PipelineEvent, Stage } from './pipeline.events.ts';
import { pipelinesProjection, type PipelineDocument } from './pipelines.projection.ts';

const stage = (id: string, successRate: number): Stage => ({
  id,
  name: id,
  successRate,
  expectedDuration: { count: 1, unit: 'months' },
  requires: [],
});

function fold(...events: readonly (PipelineEvent & { occurredAt: string })[]): PipelineDocument {
  return events.reduce<PipelineDocument | undefined>(
    (document, event, revision) =>
      pipelinesProjection.evolve(document, { ...event, revision } as RecordedEvent<PipelineEvent>),
    undefined,
  )!;
}

describe('a pipeline as it is shown', () => {
  test('keeps the stages it had before, with the moment from which on each set was valid', () => {
    const [before, after] = [[stage('potential', 5_000)], [stage('potential', 4_000), stage('bidding', 8_000)]];
    const document = fold(
      {
        type: 'PipelineDefined',
        occurredAt: '2026-01-01T00:00:00.000Z',
        data: { pipelineId: 'default', name: 'Sales', stages: before },
      },
      { type: 'PipelineStagesRevised', occurredAt: '2026-06-01T00:00:00.000Z', data: { stages: after } },
      { type: 'PipelineRenamed', occurredAt: '2026-07-01T00:00:00.000Z', data: { name: 'Direct sales' } },
    );
    expect(document).toEqual({
      id: 'default',
      name: 'Direct sales',
      stages: after,
      revisions: [
        { from: '2026-01-01T00:00:00.000Z', stages: before },
        { from: '2026-06-01T00:00:00.000Z', stages: after },
      ],
      revision: 2,
    });
  });
});
