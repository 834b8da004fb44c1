import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Value } from '@sinclair/typebox/value';
import { commandsWith } from '../../composition/commands.ts';
import { eventCatalogue } from '../../composition/event-catalogue.ts';
import { commandHandler, stableId, type CommandContext } from '../../eventsourcing/command-handler.ts';
import type { EventStore } from '../../eventsourcing/event-store.ts';
import { openSqliteEventStore } from '../../eventsourcing/sqlite/sqlite-event-store.ts';
import { opportunitiesProjection } from '../../opportunities/read-models/opportunities.projection.ts';
import type { OpportunityCommand } from '../../opportunities/rules/opportunity.commands.ts';
import { OpportunityDocument } from '../../opportunities/read-models/opportunity.document.ts';
import { periodsOf, type StagePeriod } from '../../opportunities/read-models/stage-periods.ts';
import { pipelineReader } from '../../pipelines/pipeline.handlers.ts';
import { runImport, type ImportReport } from '../import-run.ts';
import type { ImportSource } from '../import-sources.ts';
import { undoImport, type UndoReport } from '../import-undo.ts';
import type { DealEvent } from '../told-deal.ts';

/** A log to import into, with people who work on its deals. The clock stands where a test puts it. */
export interface ImportDesk {
  readonly eventStore: EventStore;
  /** Imports files by name, of which the source is made in their folder. */
  bring(importId: string, files: Readonly<Record<string, string>>): Promise<ImportReport>;
  undo(importId: string): Promise<UndoReport>;
  /** Somebody does something with a deal by hand. */
  byHand(id: string, command: OpportunityCommand, context?: Partial<CommandContext>): Promise<void>;
  setClock(instant: string): void;
  events(id: string): Promise<readonly DealEvent[]>;
  /** The names of the events of a deal, without `Opportunity`. */
  course(id: string): Promise<readonly string[]>;
  deal(id: string): Promise<OpportunityDocument>;
  /** What readers see of a deal, without the marks of how it came to be so. */
  figures(id: string): Promise<object>;
  close(): Promise<void>;
}

export async function importDesk(sourceIn: (folder: string) => ImportSource): Promise<ImportDesk> {
  const folder = await mkdtemp(join(tmpdir(), 'dealtrail-desk-'));
  const eventStore = await openSqliteEventStore({ file: join(folder, 'events.db') });
  let clock = Date.parse('2026-03-10T09:00:00.000Z');
  let hands = 0;
  const now = () => clock;
  const handler = commandHandler(eventStore, eventCatalogue, now);
  const commands = { handler, ...commandsWith(handler), pipelineOf: pipelineReader(handler), now };

  async function events(id: string): Promise<readonly DealEvent[]> {
    return (await handler.eventsSince(`opportunity-${id}`, -1)) as readonly DealEvent[];
  }
  async function deal(id: string): Promise<OpportunityDocument> {
    let document: OpportunityDocument | undefined;
    for (const event of await events(id)) document = opportunitiesProjection.evolve(document, event);
    if (!document) throw new Error(`There is no deal ${id}.`);
    const misfit = Value.Errors(OpportunityDocument, document).First();
    if (misfit) throw new Error(`The deal does not fit its schema at ${misfit.path}: ${misfit.message}.`);
    return document;
  }
  return {
    eventStore,
    async bring(importId, files) {
      const inbox = join(folder, importId);
      await mkdir(inbox);
      for (const [name, content] of Object.entries(files)) await writeFile(join(inbox, name), content);
      return runImport(commands, sourceIn(inbox), { importId, kind: 'test' });
    },
    undo(importId) {
      const actor = { id: 'meg', role: 'admin' };
      const parts = { eventStore, catalogue: eventCatalogue, handler, opportunities: commands.opportunities };
      return undoImport(parts, importId, { actor, source: 'cli' });
    },
    async byHand(id, command, context = {}) {
      hands += 1;
      const actor = { id: 'ann', role: 'manager' };
      const commandId = stableId('by hand', String(hands));
      await commands.opportunities(id, command, { commandId, actor, source: 'page', reason: 'so', ...context });
    },
    setClock(instant) {
      clock = Date.parse(instant);
    },
    events,
    async course(id) {
      return (await events(id)).map(({ type }) => type.replace('Opportunity', ''));
    },
    deal,
    async figures(id) {
      const document = await deal(id);
      const { revision: _r, changedAt: _c, takenBack: _t, formerEndings: _f, trail: _trail, ...shown } = document;
      return { ...shown, periods: periodsOf(document).map(withoutId) };
    },
    async close() {
      await eventStore.close();
      await rm(folder, { recursive: true });
    },
  };
}

function withoutId({ id: _id, ...period }: StagePeriod): object {
  return period;
}
