import type { Collection, Document } from '../projections/projection.ts';
import type { Batch, CollectionChange, Generation, Lease, ReadModelStore } from '../read-model-store.ts';
import { Timestamp, Type, type Static } from '../schema.ts';

/** Opens an empty store of its own; `destroy` closes it and removes what it kept. */
export type OpenReadModelStore = () => Promise<{ store: ReadModelStore; destroy(): Promise<void> }>;

const SampleDeal = Type.Object({
  id: Type.String(),
  title: Type.String(),
  stage: Type.String(),
  open: Type.Boolean(),
  amount: Type.Integer(),
  owner: Type.Optional(Type.String()),
  probability: Type.Optional(Type.Number()),
  closedAt: Type.Optional(Type.Union([Timestamp, Type.Null()])),
  reason: Type.Union([Type.String(), Type.Null()]),
  labels: Type.Array(Type.String()),
  customer: Type.Optional(Type.Object({ name: Type.String(), tags: Type.Array(Type.Array(Type.Integer())) })),
});
export type SampleDeal = Static<typeof SampleDeal>;

const SamplePeriod = Type.Object({
  id: Type.String(),
  stage: Type.String(),
  from: Timestamp,
  days: Type.Integer(),
});
export type SamplePeriod = Static<typeof SamplePeriod>;

/** A collection with every kind of property: scalar, optional, nullable, both, and nested. */
export const sampleDeals: Collection = {
  name: 'sample_deals',
  description: 'A deal as the contract suites use it',
  schema: SampleDeal,
  indexes: [['stage', 'amount'], ['owner', 'stage', 'amount'], ['amount']],
};

/** A collection of scalar properties alone. */
export const samplePeriods: Collection = {
  name: 'sample_periods',
  description: 'A stay of a sample deal in a stage',
  schema: SamplePeriod,
  indexes: [['stage', 'from']],
};

export const sampleCollections: readonly Collection[] = [sampleDeals, samplePeriods];

export const SAMPLE_PROJECTION = 'samples';

/** A position that sorts as its number does. */
export function at(number: number): string {
  return String(number).padStart(12, '0');
}

export function sampleDeal(id: string, properties: Partial<SampleDeal> = {}): SampleDeal {
  return { id, title: `Deal ${id}`, stage: 'lead', open: true, amount: 100, reason: null, labels: [], ...properties };
}

export function samplePeriod(id: string, properties: Partial<SamplePeriod> = {}): SamplePeriod {
  return { id, stage: 'lead', from: '2026-01-31T09:30:00.000Z', days: 3, ...properties };
}

/** Changes of one collection, all of one position. */
export function upserts(collection: string, position: string, ...documents: readonly Document[]): CollectionChange {
  return { collection, upserts: documents.map((document) => ({ document, position })), deletes: [] };
}

export function deletes(collection: string, position: string, ...ids: readonly string[]): CollectionChange {
  return { collection, upserts: [], deletes: ids.map((id) => ({ id, position })) };
}

/** A batch of sample deals whose checkpoint and positions are one. */
export function dealsBatch(
  generation: Generation,
  lease: Lease,
  number: number,
  ...deals: readonly SampleDeal[]
): Batch {
  return { generation, lease, checkpoint: at(number), changes: [upserts(sampleDeals.name, at(number), ...deals)] };
}

/** The lease on the sample projection, held for a minute. */
export async function holdLease(store: ReadModelStore, owner = 'first'): Promise<Lease> {
  const lease = await store.acquireLease(SAMPLE_PROJECTION, owner, 60_000);
  if ('heldBy' in lease) throw new Error(`The lease is held by ${lease.heldBy}.`);
  return lease;
}

/** Serves a first generation that holds these deals at position 1. */
export async function serveDeals(
  store: ReadModelStore,
  ...deals: readonly SampleDeal[]
): Promise<{ generation: Generation; lease: Lease }> {
  const lease = await holdLease(store);
  const generation = await store.beginGeneration(SAMPLE_PROJECTION, 1, sampleCollections);
  await store.commit(dealsBatch(generation, lease, 1, ...deals));
  await store.activate(generation, lease);
  return { generation, lease };
}
