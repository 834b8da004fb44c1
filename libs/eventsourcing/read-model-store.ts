import type { Position } from './event.ts';
import type { Collection, Document } from './projections/projection.ts';

export type Scalar = string | number | boolean | null;

/**
 * A condition on one top-level scalar field: equal to a value, one of several, in a range, or, of a text, containing
 * every one of some texts, character by character. Values are of the field's own type. Null is in no range, cannot bound
 * one, and contains nothing; `not` a value holds for null.
 */
export type Condition =
  | Scalar
  | { readonly in: readonly Scalar[] }
  | { readonly contains: readonly string[] }
  | { readonly gt?: Scalar; readonly gte?: Scalar; readonly lt?: Scalar; readonly lte?: Scalar; readonly not?: Scalar };

/** Conditions that all hold. A missing field counts as null. */
export type Where = Readonly<Record<string, Condition>>;

export interface Find {
  readonly where?: Where;
  /** Besides, all conditions of at least one of these hold. */
  readonly anyOf?: readonly Where[];
  /**
   * Fields to sort by; the id is always added last, in the direction of the field before it, so the order is total.
   * Null sorts before every value, texts by their code points, false before true.
   */
  readonly sort?: readonly (readonly [field: string, direction: 'ascending' | 'descending'])[];
  readonly limit?: number;
  /** The `next` of the page before: a keyset cursor, valid while the sort stays the same. */
  readonly after?: string;
}

export interface Found<Main extends Document> {
  readonly documents: readonly Main[];
  /** Present where more follow. */
  readonly next?: string;
}

/** Counts and sums of whole numbers, grouped: what every cut of a report is made of. */
export interface Sum {
  readonly where?: Where;
  /** Besides, all conditions of at least one of these hold. */
  readonly anyOf?: readonly Where[];
  readonly by: readonly string[];
  readonly of?: readonly string[];
}

export interface SumRow {
  readonly group: Readonly<Record<string, Scalar>>;
  readonly count: number;
  /** One sum for each field of `of`; missing and null values add nothing. */
  readonly sums: Readonly<Record<string, number>>;
}

/** One build of a projection's collections. A projection serves one, may be building another, and keeps the last. */
export interface Generation {
  /** Unique: `opportunities@3.2` is the second build of version 3. */
  readonly id: string;
  readonly projection: string;
  readonly version: number;
}

export interface Generations {
  readonly serving?: Generation;
  readonly building?: Generation;
  readonly previous?: Generation;
  /** When somebody asked for a rebuild that nobody has begun yet. */
  readonly rebuildRequested?: string;
}

/** The right to write a projection, held by one place at a time. A later holder has a higher token. */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  readonly token: number;
}

/** An event that could not be applied, or stands behind one that could not, waiting for a person. */
export interface ParkedEvent {
  readonly key: string;
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  /** Why; of a successor, that it stands behind the first. */
  readonly error: string;
  readonly parkedAt: string;
  /** What a person asked for; the runner acts on it. */
  readonly request?: { readonly action: 'retry' | 'discard'; readonly reason: string; readonly actor: string };
  /** Set for good once a person had the event left out: when, by whom and why. */
  readonly discarded?: Decision;
  /** The last decision that did not settle it: a retry that failed again, or a discard in an earlier build. */
  readonly decided?: Decision & { readonly action: 'retry' | 'discard' };
}

/** When a person decided something, who did, and why. */
export interface Decision {
  readonly at: string;
  readonly reason: string;
  readonly actor: string;
}

/** Everything one write of the runner changes. */
export interface Batch {
  readonly generation: Generation;
  /** Checked in the write: `LeaseLost` where another holder has come since. */
  readonly lease: Lease;
  /** The position up to which every event is contained in the documents after this write. */
  readonly checkpoint: Position;
  readonly changes: readonly CollectionChange[];
  /** Parked events to add, or to replace where key and position are there already. */
  readonly park?: readonly ParkedEvent[];
  readonly unpark?: readonly { readonly key: string; readonly position: Position }[];
}

export interface CollectionChange {
  readonly collection: string;
  /** A document and the position of the last event it contains. */
  readonly upserts: readonly { readonly document: Document; readonly position: Position }[];
  readonly deletes: readonly { readonly id: string; readonly position: Position }[];
}

/** A document with the position of the last event it contains. */
export interface Placed<Main extends Document = Document> {
  readonly document: Main;
  readonly position: Position;
}

/** What the runner says of a projection, so that any process can show it. */
export interface ProjectionReport {
  readonly projection: string;
  readonly owner: string;
  readonly state: 'running' | 'waiting' | 'rebuilding' | 'rebuilt' | 'stopped';
  readonly eventsPerSecond: number;
  readonly reportedAt: string;
  readonly lastError?: string;
  readonly rebuild?: {
    readonly done: number;
    readonly total: number;
    readonly eventsPerSecond: number;
    readonly startedAt: string;
    /** Who asked for it and why; absent where nobody did. */
    readonly asked?: { readonly actor: string; readonly reason?: string };
    /** How many documents both builds had, and how many differ or were in one only; present once it is done. */
    readonly compared?: number;
    readonly differences?: number;
  };
}

/** Where read models are kept. One contract suite, `testing/read-model-store.contract.ts`, says all of this in tests. */
export abstract class ReadModelStore {
  // --- what queries use: always the serving generation. `NotFound` for a collection that none serves, `RuleViolation`
  // with code unknown_field, invalid_value or invalid_cursor for a query that does not fit its schema ---

  abstract get<Main extends Document>(collection: string, id: string): Promise<Main | undefined>;
  /** The documents in the order of the ids asked, without those there are not. */
  abstract getMany<Main extends Document>(collection: string, ids: readonly string[]): Promise<readonly Main[]>;
  abstract find<Main extends Document>(collection: string, find: Find): Promise<Found<Main>>;
  /** Groups in the order of the group's values; exactly one row where `by` is empty. Exact up to 2^53, the nearest number beyond. */
  abstract sum(collection: string, sum: Sum): Promise<readonly SumRow[]>;
  /** The checkpoint of the serving generation; `BEGINNING` where there is none. */
  abstract servingCheckpoint(projection: string): Promise<Position>;

  // --- what the runner uses ---

  abstract generations(projection: string): Promise<Generations>;
  /** Notes that a rebuild is wanted, for whoever leads the projection; `beginGeneration` takes the note away. */
  abstract requestRebuild(projection: string, at: string): Promise<void>;
  /**
   * Creates empty collections for a new build and notes it as building, dropping a build left unfinished by somebody
   * else. Secondary indexes may wait until `activate`. Refuses names that are not plain (`checkCollections`) and
   * collections of another projection.
   */
  abstract beginGeneration(
    projection: string,
    version: number,
    collections: readonly Collection[],
  ): Promise<Generation>;
  /**
   * Completes indexes, then serves the generation from one moment to the next; the one served before becomes previous,
   * and the one previous to that is dropped. Throws `GenerationBehind` where its checkpoint lies before the serving one's,
   * `GenerationRetired` where it is neither being built nor serves; nothing changes where it serves already.
   */
  abstract activate(generation: Generation, lease: Lease): Promise<void>;
  /** Serves the previous generation again, and keeps the one served until now as previous; `NotFound` without one. */
  abstract rollback(projection: string, lease: Lease): Promise<void>;
  /** Drops a generation that is not serving, with its parked events; nothing changes where it is gone already. */
  abstract dropGeneration(generation: Generation): Promise<void>;
  abstract checkpoint(generation: Generation): Promise<Position>;
  /** The documents under these ids with their positions, from one generation. */
  abstract load(
    generation: Generation,
    collection: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Placed>>;
  /** Every document of one generation's collection ordered by id, in pages: to compare builds and to export. */
  abstract scan(generation: Generation, collection: string): AsyncIterable<readonly Placed[]>;
  /**
   * Writes a batch with its checkpoint. A document is never replaced or deleted by an earlier position than its own,
   * and the checkpoint never goes back: `CheckpointBehind` for a batch that ends before it. Where the store
   * has no transactions, details are written before main documents and the checkpoint last, so that a write cut off
   * anywhere is completed by folding the same events again. Throws `LeaseLost` where another holder has come,
   * `GenerationRetired` where the generation neither serves nor is being built any more, `NotFound` for a collection it
   * does not have; nothing is written then.
   */
  abstract commit(batch: Batch): Promise<void>;

  /** A lease where it is free, expired or already this owner's (then renewed, token kept); otherwise who holds it. */
  abstract acquireLease(
    name: string,
    owner: string,
    milliseconds: number,
  ): Promise<Lease | { readonly heldBy: string }>;
  abstract releaseLease(lease: Lease): Promise<void>;

  /** The parked events of one generation in the order of position. */
  abstract parked(generation: Generation): Promise<readonly ParkedEvent[]>;
  /** Notes what a person asks for a parked event; throws `NotFound` where none is parked there. */
  abstract requestParked(
    generation: Generation,
    position: Position,
    request: NonNullable<ParkedEvent['request']>,
  ): Promise<void>;

  /** Keeps the newest report of each projection and owner; they are listed in the order of projection and owner. */
  abstract report(report: ProjectionReport): Promise<void>;
  abstract reports(): Promise<readonly ProjectionReport[]>;

  abstract close(): Promise<void>;
}
