import { EventCatalogue } from '../eventsourcing/catalogue.ts';
import { importEvents } from '../importing/import.events.ts';
import { opportunityEvents } from '../opportunities/opportunity.events.ts';
import { pipelineEvents } from '../pipelines/pipeline.events.ts';

/** Every event of the system. A new table of events is added here and nowhere else. */
export const eventCatalogue = new EventCatalogue(pipelineEvents, opportunityEvents, importEvents);
