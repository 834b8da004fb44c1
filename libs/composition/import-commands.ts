import { commandHandler } from '../eventsourcing/command-handler.ts';
import type { EventStore } from '../eventsourcing/event-store.ts';
import type { ImportCommands } from '../importing/import-run.ts';
import { pipelineReader } from '../pipelines/pipeline.handlers.ts';
import { commandsWith } from './commands.ts';
import { eventCatalogue } from './event-catalogue.ts';

/** What imports and their undoing need to do their work on a log. */
export function importCommandsOn(eventStore: EventStore): ImportCommands {
  const handler = commandHandler(eventStore, eventCatalogue, Date.now);
  return { handler, ...commandsWith(handler), pipelineOf: pipelineReader(handler), now: Date.now };
}
