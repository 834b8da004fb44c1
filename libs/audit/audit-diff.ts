import { setImmediate as breathe } from 'node:timers/promises';
import { fieldChanges, type FieldChange } from '../eventsourcing/field-changes.ts';
import type { Document } from '../eventsourcing/projections/projection.ts';
import type { Placed, ReadModelStore } from '../eventsourcing/read-model-store.ts';
import { stageTotals, type StageTotal } from './audit-replay.ts';

/** What a difference between two moments says of a deal. */
export interface DealDifference {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly pipelineId: string;
  /** Of the amount at the later moment; null without one. */
  readonly currency: string | null;
}

export interface MovedDeal extends DealDifference {
  readonly from: string;
  readonly to: string;
}

export interface EndedDeal extends DealDifference {
  readonly outcome: string;
  /** Minor units of the currency. */
  readonly amount: number | null;
}

export interface ChangedDeal extends DealDifference {
  readonly changes: readonly FieldChange[];
}

/** The first deals in the order of their ids, and how many there are in all. */
export interface DealList<Listed> {
  readonly count: number;
  readonly deals: readonly Listed[];
}

/** The deals of one stage, status and currency at both moments. */
export interface StageDifference extends Omit<StageTotal, 'count' | 'amount'> {
  readonly before: { readonly count: number; readonly amount: number };
  readonly after: { readonly count: number; readonly amount: number };
}

/** What became of the deals between two moments. A deal may stand in several lists. */
export interface PipelineDifference {
  /** Not there before. */
  readonly opened: DealList<DealDifference>;
  /** There at both moments, in different stages. */
  readonly moved: DealList<MovedDeal>;
  /** Won, lost or terminated at the later moment and not, or otherwise, at the earlier. */
  readonly ended: DealList<EndedDeal>;
  /** Ended at the earlier moment and not at the later. */
  readonly reopened: DealList<DealDifference>;
  /** Withdrawn at the later moment only. */
  readonly withdrawn: DealList<DealDifference>;
  /** There at both moments, with every field that differs. */
  readonly changed: DealList<ChangedDeal>;
  readonly stages: readonly StageDifference[];
}

/** Of a deal's document, what is asked by name here; all other fields are compared as they are. */
interface Deal extends Document, DealDifference {
  readonly id: string;
  readonly stageId: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly amount: number | null;
}

/** How the history of a deal is kept beside its fields: follows from them, and says nothing of its own here. */
const BOOKKEEPING = new Set(['trail', 'formerEndings', 'takenBack', 'searchText', 'revision', 'changedAt', 'listed']);

/**
 * Compares the deals of two replays of one log.
 * @param limit most deals of each list; all are counted
 */
export async function pipelineDifference(
  before: ReadModelStore,
  after: ReadModelStore,
  limit: number,
): Promise<PipelineDifference> {
  const opened = list<DealDifference>(limit);
  const moved = list<MovedDeal>(limit);
  const ended = list<EndedDeal>(limit);
  const reopened = list<DealDifference>(limit);
  const withdrawn = list<DealDifference>(limit);
  const changed = list<ChangedDeal>(limit);

  const earlier = deals(before);
  let old = await earlier.next();
  for await (const { document: deal, position } of deals(after)) {
    while (!old.done && old.value.document.id < deal.id) old = await earlier.next();
    const known = !old.done && old.value.document.id === deal.id ? old.value : undefined;
    if (known?.position === position) continue;
    const was = known?.document;
    const { id, title, owner, pipelineId, currency, outcome, amount } = deal;
    const named = { id, title, owner, pipelineId, currency };
    if (!was) opened.add(() => named);
    if (was && was.stageId !== deal.stageId) moved.add(() => ({ ...named, from: was.stageId, to: deal.stageId }));
    if (outcome !== null && outcome !== was?.outcome) ended.add(() => ({ ...named, outcome, amount }));
    if (was && deal.status === 'withdrawn' && was.status !== 'withdrawn') withdrawn.add(() => named);
    else if (was && was.outcome !== null && outcome === null) reopened.add(() => named);
    if (was) {
      const changes = fieldChanges(was, deal).filter(({ field }) => !BOOKKEEPING.has(field.split('.')[0]!));
      if (changes.length > 0) changed.add(() => ({ ...named, changes }));
    }
  }
  return {
    opened: opened.told(),
    moved: moved.told(),
    ended: ended.told(),
    reopened: reopened.told(),
    withdrawn: withdrawn.told(),
    changed: changed.told(),
    stages: stageDifferences(await stageTotals(before), await stageTotals(after)),
  };
}

function list<Of>(limit: number) {
  const first: Of[] = [];
  let count = 0;
  return {
    add(one: () => Of): void {
      count += 1;
      if (first.length < limit) first.push(one());
    },
    told: (): DealList<Of> => ({ count, deals: first }),
  };
}

async function* deals(store: ReadModelStore): AsyncGenerator<Placed<Deal>, undefined> {
  const { serving } = await store.generations('opportunities');
  if (!serving) return undefined;
  for await (const page of store.scan(serving, 'opportunities')) {
    yield* page as readonly Placed<Deal>[];
    await breathe();
  }
  return undefined;
}

function stageDifferences(before: readonly StageTotal[], after: readonly StageTotal[]): readonly StageDifference[] {
  const nothing = { count: 0, amount: 0 };
  const stages = new Map<string, StageDifference>();
  for (const [side, totals] of [['before', before] as const, ['after', after] as const]) {
    for (const { count, amount, ...stage } of totals) {
      const key = JSON.stringify([stage.pipelineId, stage.stageId, stage.status, stage.currency]);
      const known = stages.get(key) ?? { ...stage, before: nothing, after: nothing };
      stages.set(key, { ...known, [side]: { count, amount } });
    }
  }
  return [...stages].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, stage]) => stage);
}
