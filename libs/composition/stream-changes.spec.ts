import { describe, expect, test } from '@jest/globals';
import type { RecordedEvent } from '../eventsourcing/event.ts';
import { recorded } from '../opportunities/testing/deal-histories.ts';
import { defaultPipeline } from '../pipelines/default-pipeline.ts';
import { streamChanges } from './stream-changes.ts';

const occurredAt = '2026-01-05T10:00:00.000Z';
const opened = {
  type: 'OpportunityOpened',
  occurredAt,
  data: { opportunityId: 'd1', pipelineId: 'default', stageId: 'potential', title: 'Rollers', owner: 'Ada' },
} as const;

function fieldsOf(events: readonly RecordedEvent[]): readonly (readonly [string, unknown][])[] {
  return streamChanges(events).map(({ changes }) => changes.map(({ field, to }) => [field, to]));
}

describe('what the events of a stream changed', () => {
  test('begins, for a deal, with each field that is known and none that is not', () => {
    const fields = fieldsOf(recorded('d1', [opened]))[0]!.map(([field]) => field);
    expect(fields).toEqual(['pipelineId', 'stageId', 'stageEnteredAt', 'status', 'title', 'owner', 'members']);
  });

  test('tells why a deal was lost, and to whom', () => {
    const lost = { type: 'OpportunityLost', occurredAt, data: { reasonCode: 'price', competitor: 'Acme' } } as const;
    expect(fieldsOf(recorded('d1', [opened, lost]))[1]).toEqual(
      expect.arrayContaining([
        ['status', 'lost'],
        ['lostReason', 'price'],
        ['competitor', 'Acme'],
      ]),
    );
  });

  test('is, for a pipeline, what it is from then on', () => {
    const { name, stages } = defaultPipeline;
    const defined = {
      type: 'PipelineDefined',
      stream: 'pipeline-default',
      data: { pipelineId: 'default', name, stages },
    };
    const renamed = { type: 'PipelineRenamed', stream: 'pipeline-default', data: { name: 'Projects' } };
    const events = [defined, renamed] as unknown as readonly RecordedEvent[];
    expect(fieldsOf(events)[0]).toContainEqual(['name', 'Sales']);
    expect(fieldsOf(events)[1]).toEqual([['name', 'Projects']]);
  });

  test('is, where nothing else is kept, what each event says', () => {
    const undone = { type: 'ImportUndone', stream: 'import-1', data: { withdrawn: 2, restored: 1, left: 0 } };
    expect(fieldsOf([undone] as unknown as readonly RecordedEvent[])[0]).toEqual([
      ['withdrawn', 2],
      ['restored', 1],
      ['left', 0],
    ]);
  });
});
