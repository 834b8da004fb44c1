import pMap, { pMapSkip } from 'p-map';
import { stableId } from '../eventsourcing/command-handler.ts';
import type { PipelineCommands } from '../pipelines/pipeline.handlers.ts';
import type { Refusal } from './csv-rows.ts';
import { dealImporter, type DealCommands } from './deal-import.ts';
import { importDecider } from './import.decider.ts';
import type { DealRecord } from './deal-record.ts';
import type { ImportSource } from './import-sources.ts';

export interface ImportCommands extends DealCommands {
  readonly pipelines: PipelineCommands;
}

export interface ImportReport {
  readonly importId: string;
  readonly deals: number;
  readonly opened: number;
  /** Deals of the source that were here before and needed something. */
  readonly changed: number;
  /** Deals that are here as the source tells them; those refused are in none of these numbers. */
  readonly unchanged: number;
  readonly events: number;
  readonly refusals: readonly Refusal[];
  /** Contradictions of the source, with how many deals show them and the lines of the first. */
  readonly notes: readonly { readonly note: string; readonly deals: number; readonly firstLines: readonly number[] }[];
}

/** What an import has done so far. */
export interface ImportCounts extends Pick<ImportReport, 'deals' | 'opened' | 'changed' | 'unchanged' | 'events'> {
  readonly refused: number;
}

/** Deals worked on at a time: they share the store's commits. */
const AT_ONCE = 256;
const LINES_NAMED = 10;

/**
 * Brings in what a source tells, deal by deal, through commands. A second run of the same source appends nothing to
 * any deal. What is refused is reported and the rest goes on. The import itself is an aggregate, named in every event
 * it causes as `$correlationId`.
 */
export async function runImport(
  { pipelines, ...commands }: ImportCommands,
  source: ImportSource,
  {
    importId,
    kind,
    startedBy,
    onProgress,
  }: {
    readonly importId: string;
    readonly kind: string;
    /** On whose behalf it is; the import's own where left out. */
    readonly startedBy?: string;
    /** Told of bytes read; what it throws ends the import, and what was brought in until then stays. */
    readonly onProgress?: (read: number, size: number, counts: ImportCounts) => void;
  },
): Promise<ImportReport> {
  await source.check();
  const actor = { id: 'import', role: 'admin', ...(startedBy === undefined ? {} : { onBehalfOf: startedBy }) };
  const context = { actor, source: 'import', correlationId: importId } as const;
  const refusals: Refusal[] = [];
  const notes = new Map<string, number[]>();
  let deals = 0;
  let opened = 0;
  let changed = 0;
  let unchanged = 0;
  let events = 0;

  await commands.handler.execute(
    importDecider,
    importId,
    { type: 'BeginImport', kind, files: [...source.files] },
    { ...context, commandId: stableId(importId, 'begin') },
  );
  const { id, name, stages } = source.pipeline;
  if (stages && !(await commands.pipelineOf(id))) {
    await pipelines(
      id,
      { type: 'DefinePipeline', name: name ?? id, stages },
      { ...context, commandId: stableId('import', 'pipeline', id, JSON.stringify(stages)) },
    );
  }

  const importDeal = dealImporter(commands, importId);
  await pMap(
    source.deals((refusal) => refusals.push(refusal)),
    async ({ deal, read, size }) => {
      const outcome = await importDeal(deal);
      deals += 1;
      for (const note of [...deal.notes, ...aheadOf(commands.now(), deal)])
        notes.set(note, [...(notes.get(note) ?? []), deal.line]);
      refusals.push(...outcome.refusals);
      events += outcome.events;
      if (outcome.opened) opened += 1;
      else if (outcome.events > 0) changed += 1;
      else if (outcome.refusals.length === 0) unchanged += 1;
      onProgress?.(read, size, { deals, opened, changed, unchanged, events, refused: refusals.length });
      return pMapSkip;
    },
    { concurrency: AT_ONCE },
  );
  await commands.handler.execute(
    importDecider,
    importId,
    { type: 'FinishImport', deals, opened, events, refused: refusals.length },
    { ...context, commandId: stableId(importId, 'finish') },
  );
  return {
    importId,
    deals,
    opened,
    changed,
    unchanged,
    events,
    refusals: refusals.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line),
    notes: [...notes].map(([note, lines]) => ({
      note,
      deals: lines.length,
      firstLines: lines.toSorted((a, b) => a - b).slice(0, LINES_NAMED),
    })),
  };
}

function aheadOf(now: number, { opening, steps }: DealRecord): readonly string[] {
  const ahead = [opening, ...steps].some(({ at }) => at !== undefined && Date.parse(at) > now);
  return ahead ? ['is dated in the future: it counts at that date, and takes nothing by hand before'] : [];
}
