import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { openSqliteReadModelStore } from '../../eventsourcing/sqlite/sqlite-read-model-store.ts';
import type { ReadModelStore } from '../../eventsourcing/read-model-store.ts';
import { fold, type History } from './company.ts';
import { BEGIN, dealHistory } from './deal-histories.ts';
import { salesPipeline, storeDeals } from './stored-deals.ts';
import type { OpportunityDocument } from '../read-models/opportunity.document.ts';

/** An embedded store in a directory of its own, with deals put into it as a test asks. */
export interface DealStore {
  readonly store: ReadModelStore;
  /** Replaces what is there by the deals of these histories. */
  stored(...histories: readonly History[]): Promise<OpportunityDocument[]>;
  remove(): Promise<void>;
}

export function dealStore(): DealStore {
  const directory = mkdtempSync(join(tmpdir(), 'dealtrail-deals-'));
  const store = openSqliteReadModelStore({ file: join(directory, 'read-models.sqlite') });
  return {
    store,
    async stored(...histories) {
      const deals = histories.filter((events) => events.length > 0).map(fold);
      await storeDeals(store, salesPipeline, deals);
      return deals;
    },
    async remove() {
      await store.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** Checks something for many companies of three deals, with a moment during their history. */
export async function eachCompany(
  check: (histories: readonly History[], moment: string) => Promise<void>,
): Promise<void> {
  const histories = fc.tuple(dealHistory('a'), dealHistory('b'), dealHistory('c'));
  const moments = fc.nat(300 * 24 * 60).map((minutes) => new Date(BEGIN + minutes * 60_000).toISOString());
  await fc.assert(fc.asyncProperty(histories, moments, check), { numRuns: 40 });
}
