import { RuleViolation } from '../eventsourcing/errors.ts';
import type { Found, ReadModelStore } from '../eventsourcing/read-model-store.ts';
import { invalid } from '../http/invalid-input.ts';
import type { ImportDocument } from './imports.projection.ts';

const LIMIT = 50;

/** A page of imports, newest first. Throws `InvalidInput` for a cursor that is none. */
export async function importPage(store: ReadModelStore, limit = LIMIT, after?: string): Promise<Found<ImportDocument>> {
  try {
    return await store.find<ImportDocument>('imports', {
      sort: [['startedAt', 'descending']],
      limit,
      ...(after === undefined ? {} : { after }),
    });
  } catch (error) {
    const foreign = error instanceof RuleViolation && error.code === 'invalid_cursor';
    throw foreign ? invalid('cursor', 'cursor', 'cursor must be the `next` of a page.') : error;
  }
}
