import type { Fold } from '../eventsourcing/decider.ts';
import type { DomainEvent, RecordedEvent } from '../eventsourcing/event.ts';
import { fieldChanges, type FieldChange } from '../eventsourcing/field-changes.ts';
import { opportunityFold } from '../opportunities/opportunity.state.ts';
import { pipelineDecider } from '../pipelines/pipeline.decider.ts';

/** An event and what it changed in the state of its stream. */
export interface StreamChange {
  readonly event: RecordedEvent;
  readonly changes: readonly FieldChange[];
}

const folds = [opportunityFold, pipelineDecider];

/** What each event of a whole stream changed, field by field. */
export function streamChanges(events: readonly RecordedEvent[]): readonly StreamChange[] {
  const fold = folds.find(({ kind }) => events[0]?.stream.startsWith(`${kind}-`)) as
    Fold<object, DomainEvent> | undefined;
  let state = fold?.initial ?? {};
  return events.map((event) => {
    const before = state;
    state = fold?.evolve(before, event) ?? before;
    return { event, changes: fieldChanges(before, state) };
  });
}
