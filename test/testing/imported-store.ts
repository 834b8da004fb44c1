import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandsWith } from '../../libs/composition/commands.ts';
import { eventCatalogue } from '../../libs/composition/event-catalogue.ts';
import { projections } from '../../libs/composition/projections.ts';
import { openStores, type Stores } from '../../libs/composition/stores.ts';
import { commandHandler } from '../../libs/eventsourcing/command-handler.ts';
import { rebuildProjections } from '../../libs/eventsourcing/projections/projection-rebuild.ts';
import { runImport, type ImportReport } from '../../libs/importing/import-run.ts';
import type { ImportSource } from '../../libs/importing/import-sources.ts';
import { pipelineReader } from '../../libs/pipelines/pipeline.handlers.ts';

/** A store of its own with imports in it. */
export interface ImportedStore {
  readonly stores: Stores;
  import(source: ImportSource): Promise<ImportReport & { readonly seconds: number }>;
  /** Builds the read models from the whole log. */
  project(): Promise<void>;
  close(): Promise<void>;
}

export async function importedStore(): Promise<ImportedStore> {
  const data = await mkdtemp(join(tmpdir(), 'dealtrail-import-'));
  const stores = await openStores({ data });
  const { eventStore, readModels } = stores;
  const handler = commandHandler(eventStore, eventCatalogue, Date.now);
  let imports = 0;
  return {
    stores,
    async import(source) {
      imports += 1;
      const startedAt = performance.now();
      const commands = { handler, ...commandsWith(handler), pipelineOf: pipelineReader(handler), now: Date.now };
      const report = await runImport(commands, source, { importId: `import-${imports}`, kind: 'test' });
      return { ...report, seconds: (performance.now() - startedAt) / 1_000 };
    },
    async project() {
      const { signal } = new AbortController();
      const options = { eventStore, readModels, catalogue: eventCatalogue, owner: 'test', now: Date.now, signal };
      await rebuildProjections(projections, options);
    },
    async close() {
      await stores.close();
      await rm(data, { recursive: true });
    },
  };
}
