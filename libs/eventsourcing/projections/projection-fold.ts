import { TypeCompiler } from '@sinclair/typebox/compiler';
import { EventInvalid } from '../catalogue.ts';
import { dueEvents, type DueEvent, type OpenedEvent } from './due-events.ts';
import { CheckpointBehind, GenerationRetired, LeaseLost, NotFound, StoreUnavailable } from '../errors.ts';
import type { Position, RecordedEvent } from '../event.ts';
import type { ParkedBefore } from './parked-before.ts';
import { collectionsOf, type Document, type Projection } from './projection.ts';
import type {
  Batch,
  CollectionChange,
  Generation,
  Lease,
  ParkedEvent,
  Placed,
  ReadModelStore,
} from '../read-model-store.ts';
import { sameDocument } from '../same-data.ts';

/** Documents kept in memory between writes, so that a busy deal is not read again for each of its events. */
const DOCUMENTS_KEPT = 12_000;

/** Why a successor is parked. One that stands first under its key is applied as soon as it is seen. */
const BEHIND = 'stands behind a parked event';

/** A document in memory, and what of it and its details the store does not have yet. */
interface Entry {
  document: Document | undefined;
  position: Position;
  /** Orders the documents by when something last happened to them. */
  touched: number;
  /** The details of the document, where somebody asked for them since it was loaded. */
  detailsNow: readonly Document[] | undefined;
  details: Map<string, Placed> | undefined;
  detailsGone: Map<string, Position> | undefined;
}

/** One projection's events folded in memory per document key, until they are taken out as one batch. */
export interface ProjectionFold {
  readonly projection: Projection;
  readonly generation: Generation;
  /** Up to where the documents in memory contain every event. */
  readonly position: Position;
  /** How many events were folded since the last batch was taken. */
  readonly pending: number;
  readonly checked: boolean;
  /** Folds a page; events at or before `position` are passed over. */
  absorb(page: readonly OpenedEvent[]): Promise<void>;
  /** How many documents the store does not have as they are. */
  readonly unwritten: number;
  /** Whether memory holds more documents than it should. */
  readonly crowded: boolean;
  /** Everything that is to be written now. */
  take(lease: Lease): Batch;
  /**
   * The documents nothing has happened to for longest, to be written ahead of the checkpoint, and forgotten. Folding
   * the same events again then finds them further on than the checkpoint, and passes those events over. The write may
   * go on beside folding, but must have ended before the next one.
   */
  spill(lease: Lease): Batch;
  /** Acts on what people asked for parked events; the outcome is in the next batch. Tells whether there is one. */
  settleParked(read: (parked: ParkedEvent) => Promise<OpenedEvent | undefined>): Promise<boolean>;
}

export interface FoldOptions {
  /** Documents of the generation may lie ahead of its checkpoint, as where a build was cut off. */
  readonly resumed?: boolean;
  /**
   * Parks events that lead to a document its schema does not allow: for where the store has refused a batch, because
   * to check every document always would cost too much.
   */
  readonly checked?: boolean;
  /** What is known from the build before of events that park here again. */
  readonly parkedBefore?: ParkedBefore;
}

/** Starts folding where a generation's checkpoint stands. */
export async function projectionFold(
  projection: Projection,
  generation: Generation,
  store: ReadModelStore,
  now: () => number,
  { resumed = false, checked = false, parkedBefore }: FoldOptions = {},
): Promise<ProjectionFold> {
  const main = projection.collection.name;
  const dueOf = dueEvents(projection);
  const entries = new Map<string, Entry>();
  const changed = new Set<Entry>();
  /** Those forgotten last: what was taken of them may still be on its way to the store. */
  let forgotten = new Map<string, Entry>();
  const park: ParkedEvent[] = [];
  const unpark: { key: string; position: Position }[] = [];
  /** Keys that wait for a person, each with the position of the first event that waits. */
  const blocked = new Map<string, Position>();
  /** Events that are listed as parked or discarded already, should they come again. */
  const listed = new Set<Position>();
  for (const parked of await store.parked(generation)) {
    listed.add(parked.position);
    if (!parked.discarded && !blocked.has(parked.key)) blocked.set(parked.key, parked.position);
  }
  const [fitsMain, fitsDetails] = checked
    ? collectionsOf(projection).map(({ schema }) => TypeCompiler.Compile(schema))
    : [];

  let position = await store.checkpoint(generation);
  let checkpoint = position;
  let pending = 0;
  let touches = 0;

  async function load(due: readonly { readonly key: string; readonly revision: number }[]): Promise<void> {
    const wanted = new Set<string>();
    for (const { key, revision } of due) {
      if (entries.has(key)) continue;
      const leaving = forgotten.get(key);
      if (leaving) {
        entries.set(key, leaving);
        continue;
      }
      // Nothing can be there yet.
      if (projection.keyedByStream && revision === 0 && !resumed) keep(key, undefined);
      else wanted.add(key);
    }
    if (wanted.size === 0) return;
    const missing = [...wanted];
    const found = await store.load(generation, main, missing);
    for (const key of missing) keep(key, found.get(key));
  }

  function keep(key: string, placed: Placed | undefined): void {
    entries.set(key, {
      document: placed?.document,
      position: placed?.position ?? '',
      touched: touches,
      detailsNow: undefined,
      details: undefined,
      detailsGone: undefined,
    });
  }

  function setAside(opened: OpenedEvent, key: string, error: unknown): void {
    const { position: at, stream, revision, type } = opened.stored;
    const parkedAt = new Date(now()).toISOString();
    const parked = { key, position: at, stream, revision, type, error: describe(error), parkedAt };
    park.push({ ...parked, ...parkedBefore?.(key, at) });
    if (!blocked.has(key)) blocked.set(key, at);
  }

  function noteDetails(entry: Entry, after: Document, at: Position): void {
    const { of, from } = projection.details!;
    const before = entry.document;
    if (before && from && from(before) === from(after)) return;
    const old = entry.detailsNow ?? (before ? of(before) : []);
    const fresh = of(after);
    for (let place = 0; place < fresh.length; place += 1) {
      const detail = fresh[place]!;
      const known = withId(old, detail.id, place);
      if (known && sameDocument(known, detail)) continue;
      (entry.details ??= new Map()).set(detail.id, { document: detail, position: at });
      entry.detailsGone?.delete(detail.id);
    }
    for (let place = 0; place < old.length; place += 1) {
      const { id } = old[place]!;
      if (withId(fresh, id, place)) continue;
      entry.details?.delete(id);
      (entry.detailsGone ??= new Map()).set(id, at);
    }
    entry.detailsNow = fresh;
  }

  function check(document: Document): void {
    const details = projection.details?.of(document) ?? [];
    const misfit =
      fitsMain?.Errors(document).First() ??
      details.map((detail) => fitsDetails?.Errors(detail).First()).find((error) => error !== undefined);
    if (misfit) throw new EventInvalid(projection.name, `its document would be wrong: ${misfit.message}`, misfit.path);
  }

  /** Throws what `evolve` throws, and has changed nothing then. */
  function apply(event: RecordedEvent, key: string): void {
    const entry = entries.get(key)!;
    touches += 1;
    entry.touched = touches;
    if (event.position <= entry.position) return;
    const after = projection.evolve(entry.document, event);
    if (checked) check(after);
    if (projection.details) noteDetails(entry, after, event.position);
    entry.document = after;
    entry.position = event.position;
    changed.add(entry);
  }

  function applyParked(opened: OpenedEvent | undefined, key: string): void {
    if (!opened) throw new Error('The event is not in the log any more.');
    const due = dueOf(opened);
    if (!due) return;
    if (due.error !== undefined) throw due.error;
    if (due.key !== key) throw new Error(`The event is one of ${due.key}, which has gone on without it: rebuild.`);
    apply(opened.event!, key);
  }

  /** What the store does not have of some entries yet; it is taken to have it from now on. */
  function changesOf(some: Iterable<Entry>): CollectionChange[] {
    const upserts: Placed[] = [];
    const details: Placed[] = [];
    const deletes: { id: string; position: Position }[] = [];
    for (const entry of some) {
      if (!changed.delete(entry)) continue;
      upserts.push({ document: entry.document!, position: entry.position });
      if (entry.details) for (const detail of entry.details.values()) details.push(detail);
      if (entry.detailsGone) for (const [id, at] of entry.detailsGone) deletes.push({ id, position: at });
      entry.details = undefined;
      entry.detailsGone = undefined;
    }
    const ofMain = { collection: main, upserts, deletes: [] };
    if (!projection.details) return [ofMain];
    return [{ collection: projection.details.collection.name, upserts: details, deletes }, ofMain];
  }

  /**
   * Takes the tenth of the entries out of memory that nothing has happened to for longest. The more it took, the more of
   * them would still be busy, and the longer other writers of the store would wait for the write.
   */
  function forget(): Iterable<Entry> {
    const touched = Float64Array.from(entries.values(), (entry) => entry.touched).toSorted();
    const border = touched[Math.ceil(touched.length / 10)] ?? Number.POSITIVE_INFINITY;
    forgotten = new Map();
    for (const [key, entry] of entries) {
      // With those that tie, so that there always are some: events behind parked ones touch nothing.
      if (entry.touched > border) continue;
      entries.delete(key);
      forgotten.set(key, entry);
    }
    return forgotten.values();
  }

  return {
    projection,
    generation,
    checked,
    get position() {
      return position;
    },
    get pending() {
      return pending;
    },
    async absorb(page) {
      const due: DueEvent[] = [];
      for (const opened of page) {
        if (opened.stored.position <= position) continue;
        const one = dueOf(opened);
        if (one !== undefined) due.push(one);
      }
      await load(due);
      for (const { opened, key, error } of due) {
        const at = opened.stored.position;
        if (listed.size > 0 && listed.has(at)) continue;
        const first = blocked.size > 0 ? blocked.get(key) : undefined;
        if (first !== undefined && at > first) {
          if (at > entries.get(key)!.position) setAside(opened, key, BEHIND);
        } else if (error !== undefined) {
          setAside(opened, key, error);
        } else {
          try {
            apply(opened.event!, key);
          } catch (refusal) {
            setAside(opened, key, refusal);
          }
        }
      }
      pending += page.length;
      const last = page.at(-1)!.stored.position;
      if (last > position) position = last;
    },
    get unwritten() {
      return changed.size;
    },
    get crowded() {
      return entries.size > DOCUMENTS_KEPT;
    },
    take(lease) {
      checkpoint = position;
      const changes = changesOf(changed);
      const batch: Batch = { generation, lease, checkpoint, changes, park: [...park], unpark: [...unpark] };
      park.length = 0;
      unpark.length = 0;
      pending = 0;
      if (entries.size > DOCUMENTS_KEPT) forget();
      return batch;
    },
    spill(lease) {
      return { generation, lease, checkpoint, changes: changesOf(forget()) };
    },
    async settleParked(read) {
      const parked = (await store.parked(generation)).filter((one) => !one.discarded);
      const firsts = new Map(parked.toReversed().map((one) => [one.key, one]));
      const keys = new Set(parked.filter(({ request }) => request).map(({ key }) => key));
      // Without the one it stands behind, a successor was left by a write that was cut off in the middle of settling.
      for (const { key, error } of firsts.values()) if (error === BEHIND) keys.add(key);
      for (const key of keys) {
        await load([firsts.get(key)!]);
        blocked.delete(key);
        for (const one of parked.filter((other) => other.key === key)) {
          const { request, ...rest } = one;
          const at = new Date(now()).toISOString();
          if (request?.action === 'discard') {
            park.push({ ...rest, discarded: { at, reason: request.reason, actor: request.actor } });
            continue;
          }
          const still = request ? { ...rest, decided: { ...request, at } } : rest;
          if (blocked.has(key)) {
            park.push(still);
          } else {
            const opened = await read(one);
            try {
              applyParked(opened, key);
              unpark.push({ key, position: one.position });
            } catch (error) {
              park.push({ ...still, error: describe(error) });
              blocked.set(key, one.position);
            }
          }
        }
      }
      return keys.size > 0;
    },
  };
}

/** Whether the store has refused what is in a batch, and not whoever wrote it or when. */
export function isRefusal(error: unknown): boolean {
  const others = [StoreUnavailable, LeaseLost, GenerationRetired, CheckpointBehind, NotFound];
  return !others.some((kind) => error instanceof kind);
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** The document with an id among some that mostly keep their places. */
function withId(among: readonly Document[], id: string, place: number): Document | undefined {
  return among[place]?.id === id ? among[place] : among.find((detail) => detail.id === id);
}
