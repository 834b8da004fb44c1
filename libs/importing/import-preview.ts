import { setImmediate as breathe } from 'node:timers/promises';
import type { DefinedPipeline } from '../pipelines/pipeline.decider.ts';
import type { Refusal } from './csv-rows.ts';
import { rehearse, type DealCommands, type DealOutcome } from './deal-import.ts';
import { dealPlan } from './deal-plan.ts';
import type { DealRecord } from './deal-record.ts';
import type { ImportSource } from './import-sources.ts';
import type { DealEvent } from './told-deal.ts';

/** A deal as it would be after the import, and what the import would do to it. */
export interface PreviewedDeal {
  readonly line: number;
  readonly id: string;
  readonly outcome: 'opened' | 'changed' | 'unchanged' | 'refused';
  /** Events that would be recorded. */
  readonly events: number;
  readonly title: string;
  readonly owner: string;
  readonly customer?: string;
  readonly team?: string;
  readonly region?: string;
  readonly product?: string;
  readonly channel?: string;
  readonly campaign?: string;
  readonly amount?: { readonly minorUnits: number; readonly currency: string };
  readonly expectedCloseDate?: string;
  readonly status: 'open' | 'won' | 'lost';
  readonly stageId: string;
  readonly openedAt?: string;
  readonly endedAt?: string;
  /** Where the source contradicts itself or leaves something open. */
  readonly notes: readonly string[];
}

export interface ImportPreview {
  /** The first of them. */
  readonly deals: readonly PreviewedDeal[];
  readonly counts: {
    readonly deals: number;
    readonly opened: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly refused: number;
    readonly events: number;
  };
  /** The first of them. */
  readonly refusals: readonly Refusal[];
  readonly refusalCount: number;
  /** False where there are more deals than were looked at. */
  readonly complete: boolean;
}

/** Most deals looked at. */
const MOST_DEALS = 5_000;
const MOST_REFUSALS = 500;
const PORTION = 100;

/** What an import would do, decided deal by deal with nothing recorded. Looks at the first 5,000 deals. */
export async function previewImport(
  { handler, pipelineOf, now }: DealCommands,
  source: ImportSource,
  shown: number,
): Promise<ImportPreview> {
  await source.check();
  const deals: PreviewedDeal[] = [];
  const refusals: Refusal[] = [];
  const counts = { deals: 0, opened: 0, changed: 0, unchanged: 0, refused: 0, events: 0 };
  let refusalCount = 0;
  function refuse(refusal: Refusal): void {
    refusalCount += 1;
    if (refusals.length < MOST_REFUSALS) refusals.push(refusal);
  }
  const rules = { now, pipelineOf: withMapped(pipelineOf, source.pipeline) };

  let complete = true;
  for await (const { deal } of source.deals(refuse)) {
    if (counts.deals === MOST_DEALS) {
      complete = false;
      break;
    }
    const done = await wouldDo(deal);
    const outcome = outcomeOf(done);
    counts.deals += 1;
    counts[outcome] += 1;
    counts.events += done.events;
    for (const refusal of done.refusals) refuse(refusal);
    if (deals.length < shown) deals.push({ ...told(deal), outcome, events: done.events });
    if (counts.deals % PORTION === 0) await breathe();
  }
  return { deals, counts, refusals, refusalCount, complete };

  async function wouldDo(record: DealRecord): Promise<DealOutcome> {
    const known = (await handler.eventsSince(`opportunity-${record.id}`, -1)) as readonly DealEvent[];
    const plan = dealPlan(record, known, 'preview');
    if ('rule' in plan) {
      return { opened: false, events: 0, refusals: [{ file: record.file, line: record.line, ...plan }] };
    }
    const outcome = await rehearse(rules, record, plan.commands, known);
    return plan.whole && outcome.refusals.length > 0
      ? { opened: false, events: 0, refusals: outcome.refusals.slice(0, 1) }
      : outcome;
  }
}

function outcomeOf({ opened, events, refusals }: DealOutcome): PreviewedDeal['outcome'] {
  if (opened) return 'opened';
  if (events > 0) return 'changed';
  return refusals.length > 0 ? 'refused' : 'unchanged';
}

function told(record: DealRecord): Omit<PreviewedDeal, 'outcome' | 'events'> {
  const { line, id, opening, steps, notes } = record;
  const { customer, attributes: _attributes, ...details } = record.details;
  const end = steps.at(-1);
  const ended = end && end.kind !== 'move' ? end : undefined;
  const moved = steps.findLast((step) => step.kind === 'move');
  return {
    line,
    id,
    ...details,
    ...(customer ? { customer: customer.name ?? customer.id } : {}),
    ...(ended?.kind === 'win' ? { amount: ended.amount } : {}),
    status: ended === undefined ? 'open' : ended.kind === 'win' ? 'won' : 'lost',
    stageId: moved?.toStage ?? opening.stageId,
    ...(opening.at === undefined ? {} : { openedAt: opening.at }),
    ...(ended?.at === undefined ? {} : { endedAt: ended.at }),
    notes,
  };
}

/** The pipeline that the import would set up counts as there. */
function withMapped(
  pipelineOf: DealCommands['pipelineOf'],
  { id, name = id, stages }: ImportSource['pipeline'],
): DealCommands['pipelineOf'] {
  const mapped: DefinedPipeline | undefined = stages && { status: 'defined', id, name, stages };
  return async (wanted) => (await pipelineOf(wanted)) ?? (wanted === id ? mapped : undefined);
}
