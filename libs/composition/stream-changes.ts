import type { RecordedEvent } from '../eventsourcing/event.ts';
import { fieldChanges, type FieldChange } from '../eventsourcing/field-changes.ts';
import type { OpportunityEvent } from '../opportunities/opportunity.events.ts';
import { timeline } from '../opportunities/read-models/timeline.ts';
import { pipelineDecider } from '../pipelines/pipeline.decider.ts';
import type { PipelineEvent } from '../pipelines/pipeline.events.ts';

/** An event and what it changed in what its stream is about. */
export interface StreamChange {
  readonly event: RecordedEvent;
  readonly changes: readonly FieldChange[];
}

/** What each event of a whole stream changed, field by field. Throws where the stream does not begin with its opening. */
export function streamChanges(events: readonly RecordedEvent[]): readonly StreamChange[] {
  const changes = changesOf(events);
  return events.map((event, index) => ({ event, changes: changes[index] ?? [] }));
}

function changesOf(events: readonly RecordedEvent[]): readonly (readonly FieldChange[])[] {
  const [kind = ''] = events[0]?.stream.split('-', 1) ?? [];
  switch (kind) {
    case 'opportunity':
      return timeline(events as readonly RecordedEvent<OpportunityEvent>[]).map(({ changes }) => changes);
    case 'pipeline':
      return pipelineChanges(events as readonly RecordedEvent<PipelineEvent>[]);
    default:
      // Nothing is kept of these but what each event says.
      return events.map(({ data }) => fieldChanges({}, data));
  }
}

function pipelineChanges(events: readonly RecordedEvent<PipelineEvent>[]): readonly (readonly FieldChange[])[] {
  let state = pipelineDecider.initial;
  return events.map((event) => {
    const before = state;
    state = pipelineDecider.evolve(before, event);
    return fieldChanges(before, state);
  });
}
