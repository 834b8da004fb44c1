import type { Db } from 'mongodb';
import type { Position } from '../event.ts';
import type { Document } from '../projections/projection.ts';
import type { Generation, Placed } from '../read-model-store.ts';

/** The field in which a stored document carries the position of the last event it contains. */
export const POSITION = '_position';

/** The field that marks what is left of a deleted document: its id and position, so that no older write revives it. */
export const DELETED = '_deleted';

export interface StoredDocument {
  readonly _id: string;
  readonly [POSITION]: Position;
  readonly [DELETED]?: true;
  readonly [property: string]: unknown;
}

/** Belongs to the filter of every read. */
export const living = { [DELETED]: { $exists: false } };

export function toStored(document: Document, position: Position): StoredDocument {
  return { _id: document.id, ...document, [POSITION]: position };
}

export function toPlaced({ _id, [POSITION]: position, ...document }: StoredDocument): Placed {
  return { document: document as unknown as Document, position };
}

/** The collection that holds one generation of a published collection: `board@3.2` for a generation `board@3.2`. */
export function storedNameOf(generation: Pick<Generation, 'id'>, collection: string): string {
  return collection + generation.id.slice(generation.id.lastIndexOf('@'));
}

export function documentsOf(database: Db, generation: Pick<Generation, 'id'>, collection: string) {
  return database.collection<StoredDocument>(storedNameOf(generation, collection));
}
