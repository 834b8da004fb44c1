import { eventCatalogue } from '../../libs/composition/event-catalogue.ts';
import { importCommandsOn } from '../../libs/composition/import-commands.ts';
import type { EventStore } from '../../libs/eventsourcing/event-store.ts';
import type { ImportProgress, ImportTask } from '../../libs/importing/import-jobs.ts';
import { runImport, type ImportReport } from '../../libs/importing/import-run.ts';
import { undoImport, type UndoReport } from '../../libs/importing/import-undo.ts';
import { sourceOf } from '../../libs/importing/mapped-source.ts';

/** Between two tellings of progress. */
const PAUSE_MILLISECONDS = 100;

/** Imports, or takes back. Throws where the signal ends an import; an undo goes on to its end. */
export async function importResult(
  task: ImportTask,
  {
    eventStore,
    signal,
    onProgress,
  }: {
    readonly eventStore: EventStore;
    readonly signal: AbortSignal;
    readonly onProgress: (progress: ImportProgress) => void;
  },
): Promise<ImportReport | UndoReport> {
  const commands = importCommandsOn(eventStore);
  const { importId } = task;
  if (task.kind === 'undo') {
    return undoImport({ eventStore, catalogue: eventCatalogue, ...commands }, importId, task.context);
  }
  const { mapped, folder, file, startedBy } = task;
  const startedAt = performance.now();
  let toldAt = 0;
  return runImport(commands, sourceOf(mapped, folder, file), {
    importId,
    kind: mapped.kind,
    startedBy,
    onProgress(bytesRead, bytes, counts) {
      signal.throwIfAborted();
      const now = performance.now();
      if (now - toldAt < PAUSE_MILLISECONDS) return;
      toldAt = now;
      const seconds = (now - startedAt) / 1_000;
      onProgress({
        ...counts,
        bytesRead,
        bytes,
        dealsPerSecond: Math.round(counts.deals / seconds),
        secondsLeft: bytesRead === 0 ? null : Math.round((seconds * (bytes - bytesRead)) / bytesRead),
      });
    },
  });
}
