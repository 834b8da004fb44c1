import type { Job } from '../http/background-jobs.ts';
import type { ImportJobKind } from './import-jobs.ts';
import { MOST_LISTED, shortened, type KeptReport } from './import-reports.ts';
import type { ImportReport } from './import-run.ts';
import type { UndoReport } from './import-undo.ts';
import type { ImportDocument } from './imports.projection.ts';

/** An import as the log and this server know it. */
export interface ImportRow extends Omit<ImportDocument, 'state' | 'revision'> {
  readonly state: ImportDocument['state'] | Job<ImportJobKind>['state'];
}

type Known = { readonly imported?: Job<ImportJobKind>; readonly undone?: Job<ImportJobKind> };

/** Undefined where neither knows it. */
export function importRow(document: ImportDocument | undefined, { imported: job }: Known): ImportRow | undefined {
  if (!document) return job && { ...beforeTheLog, ...told(job) };
  const { revision: _revision, ...row } = document;
  // The log may know of the end a moment before the report is there; who is told `finished` finds it.
  const isJobs = row.state === 'begun' || job?.state === 'running';
  return job && isJobs ? { ...row, state: stateOf(job) } : row;
}

/** The row with its report, and what only the server that ran the import knows. */
export function importDetail(row: ImportRow, kept: KeptReport | undefined, { imported, undone }: Known) {
  const result = imported?.result as ImportReport | undefined;
  // Where the disk took no report, the server that ran the import still knows it.
  const report = kept ?? (result && shortened(result, []));
  const undo = undone?.result as UndoReport | undefined;
  return {
    ...row,
    ...(imported?.progress && !report ? { progress: imported.progress } : {}),
    ...(report ? { report } : {}),
    ...(imported?.failure ? { failure: imported.failure } : {}),
    ...(undone
      ? {
          undo: {
            state: undone.state,
            startedBy: undone.startedBy,
            startedAt: undone.startedAt,
            ...(undone.endedAt === undefined ? {} : { endedAt: undone.endedAt }),
            ...(undone.failure ? { failure: undone.failure } : {}),
            ...(undo
              ? { report: { ...undo, left: undo.left.slice(0, MOST_LISTED), leftCount: undo.left.length } }
              : {}),
          },
        }
      : {}),
  };
}

/** One that the read model does not have yet, or that ended before it was recorded. */
function told(job: Job<ImportJobKind>): Pick<ImportRow, 'id' | 'state' | 'kind' | 'files' | 'startedBy' | 'startedAt'> {
  const { importId: id, files, kind } = job.question;
  return { id, state: stateOf(job), kind, files: [...files], startedBy: job.startedBy, startedAt: job.startedAt };
}

function stateOf({ state }: Job<ImportJobKind>): ImportRow['state'] {
  return state;
}

const beforeTheLog = {
  finishedAt: null,
  deals: null,
  opened: null,
  events: null,
  refused: null,
  undoneBy: null,
  undoneAt: null,
  withdrawn: null,
  restored: null,
  left: null,
};
