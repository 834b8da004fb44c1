import { NotFound } from '../../eventsourcing/errors.ts';
import type { RecordedEvent } from '../../eventsourcing/event.ts';
import { opportunitiesProjection } from './opportunities.projection.ts';
import type { OpportunityDocument } from './opportunity.document.ts';
import type { OpportunityEvent } from '../opportunity.events.ts';
import { timeline, type TimelineEntry } from './timeline.ts';

/** Reads the events of a stream; none where there is no such stream. */
export type ReadEvents = (stream: string) => Promise<readonly RecordedEvent[]>;

/** The history of a deal. Throws `NotFound` where there is no such deal. */
export async function opportunityTimeline(read: ReadEvents, id: string): Promise<readonly TimelineEntry[]> {
  return timeline(await eventsOf(read, id));
}

/**
 * The document of a deal from what had happened by a business moment, by everything recorded since: events that happened
 * later are left out. Throws `NotFound` where it was not there yet.
 */
export async function documentAsOf(read: ReadEvents, id: string, moment: string): Promise<OpportunityDocument> {
  let document: OpportunityDocument | undefined;
  for (const event of await eventsOf(read, id)) {
    if (event.occurredAt > moment) continue;
    // An import may have moved the opening to an earlier date than it was first told with.
    if (!document && event.type !== 'OpportunityOpened') continue;
    document = opportunitiesProjection.evolve(document, event);
  }
  if (!document) throw new NotFound('opportunity', id);
  return document;
}

async function eventsOf(read: ReadEvents, id: string): Promise<readonly RecordedEvent<OpportunityEvent>[]> {
  const events = await read(`opportunity-${id}`);
  if (events.length === 0) throw new NotFound('opportunity', id);
  return events as readonly RecordedEvent<OpportunityEvent>[];
}
