import { randomUUID } from 'node:crypto';
import { commandsWith } from '../libs/composition/commands.ts';
import { eventCatalogue } from '../libs/composition/event-catalogue.ts';
import { commandHandler } from '../libs/eventsourcing/command-handler.ts';
import { openSqliteEventStore } from '../libs/eventsourcing/sqlite/sqlite-event-store.ts';
import { runImport } from '../libs/importing/import-run.ts';
import { dealsSource } from '../libs/importing/import-sources.ts';
import { crmSalesMap } from '../libs/importing/known-maps.ts';
import { pipelineReader } from '../libs/pipelines/pipeline.handlers.ts';

export interface ImportInput {
  /** The file of the deals; the files it needs lie beside it. */
  readonly csv: string;
  readonly file: string;
}

export interface ImportResult {
  readonly deals: number;
  readonly seconds: number;
  readonly events: number;
}

/** Imports a CRM's export into a new log. */
export async function run({ csv, file }: ImportInput): Promise<ImportResult> {
  const eventStore = await openSqliteEventStore({ file });
  const handler = commandHandler(eventStore, eventCatalogue, Date.now);
  const startedAt = performance.now();
  const { deals, refusals } = await runImport(
    { handler, ...commandsWith(handler), pipelineOf: pipelineReader(handler), now: Date.now },
    dealsSource(csv, crmSalesMap),
    { importId: randomUUID(), kind: 'crm-sales' },
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  if (refusals.length > 0) throw new Error(`${refusals.length} refused: ${JSON.stringify(refusals[0])}`);
  const events = eventStore.ordinal(await eventStore.head());
  await eventStore.close();
  return { deals, seconds, events };
}
