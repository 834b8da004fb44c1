import type { ReadModelStore } from '../../eventsourcing/read-model-store.ts';
import { usualCuts, type OpportunityStatus } from '../read-models/opportunity.document.ts';
import { pipelineOf, whereOf } from './cut.ts';
import { readPipeline } from './deal-pipeline.ts';

/** What a filter offers values of. */
export const facetFields = [...usualCuts, 'currency'] as const;
export type FacetField = (typeof facetFields)[number];

/** A value with the number of deals that have it; null for those without one. */
export interface FacetValue {
  readonly value: string | null;
  readonly count: number;
}

export type Facets = Readonly<Record<FacetField, readonly FacetValue[]>>;

export interface FacetsQuestion {
  readonly pipelineId?: string;
  /** Of which deals; open ones where left out. */
  readonly status?: readonly OpportunityStatus[];
}

/**
 * The values that deals of a pipeline have, in the order of their code points with none at the end. Throws `NotFound`
 * for an unknown pipeline.
 */
export async function facets(store: ReadModelStore, { status, ...cut }: FacetsQuestion): Promise<Facets> {
  await readPipeline(store, pipelineOf(cut));
  const where = { ...whereOf(cut), status: status === undefined ? 'open' : { in: status } };
  const lists = await Promise.all(
    facetFields.map(async (field) => {
      const rows = await store.sum('opportunities', { where, by: [field] });
      const values = rows.map(({ group, count }) => ({ value: group[field] as string | null, count }));
      return [
        field,
        [...values.filter(({ value }) => value !== null), ...values.filter(({ value }) => value === null)],
      ];
    }),
  );
  return Object.fromEntries(lists) as Facets;
}
