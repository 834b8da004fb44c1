import type { DomainEvent, RecordedEvent } from '../event.ts';
import type { TObject } from '../schema.ts';

/** What a read model keeps under one id. Plain JSON; `id` is unique in its collection. */
export interface Document {
  readonly id: string;
}

/** A named set of documents, as it is published. */
export interface Collection {
  readonly name: string;
  /** One line for BI people: what a document is. */
  readonly description: string;
  /** Top-level properties of scalar type become plain columns; the others are JSON. */
  readonly schema: TObject;
  /** Each a list of top-level fields that queries filter or sort by, most selective use first. */
  readonly indexes: readonly (readonly string[])[];
}

/**
 * How a read model follows from events: a value without input, output or clock. The runner adds checkpoint,
 * exactly-once, parking and rebuild.
 */
export interface Projection<Main extends Document = Document, Event extends DomainEvent = DomainEvent> {
  readonly name: string;
  /** Raise it with every change of meaning: the runner then rebuilds by itself. */
  readonly version: number;
  /** The module that owns it. */
  readonly owner: string;
  readonly collection: Collection;
  /** Current event type names. */
  readonly handles: readonly Event['type'][];
  /** The id of the document an event belongs to; undefined where the event does not concern this read model. */
  key(event: RecordedEvent<Event>): string | undefined;
  /** Whether all events of a document are of one stream: that of its first needs no look for a document then. */
  readonly keyedByStream?: boolean;
  /** The document after the event. Must not change the document it is given. */
  evolve(document: Main | undefined, event: RecordedEvent<Event>): Main;
  /**
   * Documents that follow from a main document and live in a collection of their own, such as the stage periods of a
   * deal. Ids are unique in that collection, and the properties of all are the same. The runner writes those that
   * changed and deletes those gone.
   */
  readonly details?: {
    readonly collection: Collection;
    of(document: Main): readonly Document[];
    /** The part of the document that they follow from: while it is the same object, so are they. */
    from?(document: Main): unknown;
  };
}

/** All collections of a projection, the main one first. */
export function collectionsOf(projection: Projection): readonly Collection[] {
  return projection.details ? [projection.collection, projection.details.collection] : [projection.collection];
}
