import { join } from 'node:path';
import { NotFound, RuleViolation } from '../eventsourcing/errors.ts';
import { InvalidInput, invalid } from '../http/invalid-input.ts';
import {
  DealsMap,
  StageHistoryMap,
  dotted,
  mapMisfits,
  parseDealsMap,
  parseStageHistoryMap,
  type MappedKind,
} from './import-map.ts';
import { dealsSource, stageHistorySource, type ImportSource } from './import-sources.ts';

/** Deals read by a map from a file in a folder. */
export function sourceOf({ kind, map }: MappedKind, folder: string, file: string): ImportSource {
  const path = join(folder, file);
  return kind === 'deals' ? dealsSource(path, map) : stageHistorySource(path, map);
}

/** Checks a map that a client sent; throws `InvalidInput` with every field at fault as a path in the body. */
export function mapFrom(kind: MappedKind['kind'], value: unknown, files: readonly string[]): MappedKind {
  const misfits = mapMisfits(kind === 'deals' ? DealsMap : StageHistoryMap, value);
  if (misfits.length > 0) {
    throw new InvalidInput(misfits.map(({ path, message }) => ({ field: at(path), rule: 'import_map', message })));
  }
  try {
    const mapped: MappedKind =
      kind === 'deals' ? { kind, map: parseDealsMap(value) } : { kind, map: parseStageHistoryMap(value) };
    requireUploaded(mapped, files);
    return mapped;
  } catch (error) {
    if (!(error instanceof RuleViolation)) throw error;
    throw invalid(at(dotted(error.field ?? '')), 'import_map', error.message);
  }
}

/** Does what a map is used for, and tells a column that the files lack by where the map names it. */
export async function withColumnsTold<Result>({ map }: MappedKind, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotFound && error.kind === 'file') throw invalid('uploads', 'uploaded_file', error.message);
    if (!(error instanceof RuleViolation) || error.code !== 'column_missing') throw error;
    throw invalid(at(pathOf(map, error.field) ?? ''), 'column', error.message, error.parameters);
  }
}

/** A map names files only among those sent: no other file of the server can be read. */
function requireUploaded(mapped: MappedKind, files: readonly string[]): void {
  const dealFields = mapped.kind === 'deals' ? mapped.map : mapped.map.deals;
  const root = mapped.kind === 'deals' ? '' : 'deals.';
  const named = (dealFields.lookups ?? []).map(({ file }, index) => ({ file, path: `${root}lookups.${index}.file` }));
  if (mapped.kind === 'stage-history') named.push({ file: mapped.map.deals.file, path: 'deals.file' });
  const missing = named.filter(({ file }) => !files.includes(file));
  if (missing.length === 0) return;
  throw new InvalidInput(
    missing.map(({ file, path }) => ({
      field: at(path),
      rule: 'uploaded_file',
      message: `${file} is not among the uploads: ${files.join(', ')}.`,
    })),
  );
}

function at(path: string): string {
  return path === '' ? 'map' : `map.${path}`;
}

/** Where in a map a text stands. */
function pathOf(value: unknown, text: string | undefined): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, part] of Object.entries(value)) {
    if (part === text) return name;
    const within = pathOf(part, text);
    if (within !== undefined) return `${name}.${within}`;
  }
  return undefined;
}
