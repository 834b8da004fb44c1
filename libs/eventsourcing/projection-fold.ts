import type { EventCatalogue } from './catalogue.ts';
import type { Position, RecordedEvent, StoredEvent } from './event.ts';
import type { Document, Projection } from './projection.ts';
import type { Batch, Generation, Lease, ParkedEvent, Placed, ReadModelStore } from './read-model-store.ts';

/** Documents kept in memory between writes, so that a busy deal is not read again for each of its events. */
const DOCUMENTS_KEPT = 20_000;

interface Entry {
  document: Document | undefined;
  position: Position;
}

/**
 * An event opened once for all projections, or the reason why it could not be. `name` is the type's name without its
 * version, known even then.
 */
export interface OpenedEvent {
  readonly stored: StoredEvent;
  readonly name: string;
  readonly event?: RecordedEvent;
  readonly error?: unknown;
}

/** Opens a page of the log. An event that cannot be opened is kept with its error: it is for the projections to park. */
export function openPage(catalogue: EventCatalogue, page: readonly StoredEvent[]): OpenedEvent[] {
  return page.map((stored) => {
    const name = stored.type.replace(/\.v\d+$/, '');
    try {
      return { stored, name, event: catalogue.open(stored) };
    } catch (error) {
      return { stored, name, error };
    }
  });
}

/** One projection's events folded in memory per document key, until they are taken out as one batch. */
export interface ProjectionFold {
  readonly projection: Projection;
  readonly generation: Generation;
  /** Up to where the documents in memory contain every event. */
  readonly position: Position;
  /** How many events were folded since the last batch was taken. */
  readonly pending: number;
  /** Folds a page; events at or before `position` are passed over. */
  absorb(page: readonly OpenedEvent[]): Promise<void>;
  /** What is to be written now. */
  take(lease: Lease): Batch;
  /** Acts on what people asked for parked events; the outcome is in the next batch. Tells whether there is one. */
  settleParked(read: (parked: ParkedEvent) => Promise<OpenedEvent>): Promise<boolean>;
}

/** Starts folding where a generation's checkpoint stands. */
export async function projectionFold(
  projection: Projection,
  generation: Generation,
  store: ReadModelStore,
  now: () => number,
): Promise<ProjectionFold> {
  const main = projection.collection.name;
  const handled = new Set<string>(projection.handles);
  const entries = new Map<string, Entry>();
  const changed = new Set<string>();
  const details = new Map<string, Placed>();
  const detailsGone = new Map<string, Position>();
  const park: ParkedEvent[] = [];
  const unpark: { key: string; position: Position }[] = [];
  const blocked = new Set<string>();
  for (const parked of await store.parked(generation)) if (!parked.discarded) blocked.add(parked.key);

  let position = await store.checkpoint(generation);
  let pending = 0;

  function keyOf(opened: OpenedEvent): string | undefined {
    if (!handled.has(opened.name)) return undefined;
    // The key of an event that cannot be opened is asked of its envelope, which is enough where the stream is the key.
    const event = opened.event ?? ({ ...opened.stored, type: opened.name, data: {} } as unknown as RecordedEvent);
    try {
      return projection.key(event);
    } catch (error) {
      if (opened.event) throw error;
      return opened.stored.stream;
    }
  }

  async function load(keys: Iterable<string>): Promise<void> {
    const missing = [...new Set(keys)].filter((key) => !entries.has(key));
    if (missing.length === 0) return;
    const found = await store.load(generation, main, missing);
    for (const key of missing) {
      const placed = found.get(key);
      entries.set(key, { document: placed?.document, position: placed?.position ?? '' });
    }
  }

  function setAside(opened: OpenedEvent, key: string, error: unknown): void {
    const { position: at, stream, revision, type } = opened.stored;
    const parkedAt = new Date(now()).toISOString();
    park.push({ key, position: at, stream, revision, type, error: describe(error), parkedAt });
    blocked.add(key);
  }

  function noteDetails(before: Document | undefined, after: Document, at: Position): void {
    const of = projection.details!.of;
    const old = before ? of(before) : [];
    const fresh = of(after);
    if (old === fresh) return;
    for (const detail of fresh) {
      if (old.includes(detail)) continue;
      details.set(detail.id, { document: detail, position: at });
      detailsGone.delete(detail.id);
    }
    for (const detail of old) {
      if (fresh.includes(detail) || fresh.some((other) => other.id === detail.id)) continue;
      details.delete(detail.id);
      detailsGone.set(detail.id, at);
    }
  }

  /** Throws what `evolve` throws, and has changed nothing then. */
  function apply(event: RecordedEvent, key: string): void {
    const entry = entries.get(key)!;
    if (event.position <= entry.position) return;
    const after = projection.evolve(entry.document, event);
    if (projection.details) noteDetails(entry.document, after, event.position);
    entry.document = after;
    entry.position = event.position;
    changed.add(key);
  }

  function forget(): void {
    if (entries.size <= DOCUMENTS_KEPT) return;
    for (const key of entries.keys()) {
      entries.delete(key);
      if (entries.size <= DOCUMENTS_KEPT / 2) break;
    }
  }

  return {
    projection,
    generation,
    get position() {
      return position;
    },
    get pending() {
      return pending;
    },
    async absorb(page) {
      const due: { opened: OpenedEvent; key: string }[] = [];
      for (const opened of page) {
        if (opened.stored.position <= position) continue;
        const key = keyOf(opened);
        if (key !== undefined) due.push({ opened, key });
      }
      await load(due.map(({ key }) => key));
      for (const { opened, key } of due) {
        if (blocked.has(key)) {
          if (opened.stored.position > entries.get(key)!.position)
            setAside(opened, key, 'stands behind a parked event');
        } else if (opened.event === undefined) {
          setAside(opened, key, opened.error);
        } else {
          try {
            apply(opened.event, key);
          } catch (error) {
            setAside(opened, key, error);
          }
        }
      }
      pending += page.length;
      const last = page.at(-1)!.stored.position;
      if (last > position) position = last;
    },
    take(lease) {
      const upserts = [...changed].map((key) => {
        const entry = entries.get(key)!;
        return { document: entry.document!, position: entry.position };
      });
      const batch: Batch = {
        generation,
        lease,
        checkpoint: position,
        changes: [
          ...(projection.details
            ? [
                {
                  collection: projection.details.collection.name,
                  upserts: [...details.values()],
                  deletes: [...detailsGone].map(([id, at]) => ({ id, position: at })),
                },
              ]
            : []),
          { collection: main, upserts, deletes: [] },
        ],
        park: [...park],
        unpark: [...unpark],
      };
      changed.clear();
      details.clear();
      detailsGone.clear();
      park.length = 0;
      unpark.length = 0;
      pending = 0;
      forget();
      return batch;
    },
    async settleParked(read) {
      const parked = (await store.parked(generation)).filter((one) => !one.discarded);
      const keys = new Set(parked.filter((one) => one.request).map((one) => one.key));
      for (const key of keys) {
        await load([key]);
        blocked.delete(key);
        for (const one of parked.filter((other) => other.key === key)) {
          const { request, ...rest } = one;
          if (request?.action === 'discard') {
            const at = new Date(now()).toISOString();
            park.push({ ...rest, discarded: { at, reason: request.reason, actor: request.actor } });
          } else if (blocked.has(key)) {
            park.push(rest);
          } else {
            const opened = await read(one);
            try {
              if (!opened.event) throw opened.error;
              apply(opened.event, key);
              unpark.push({ key, position: one.position });
            } catch (error) {
              setAside(opened, key, error);
            }
          }
        }
      }
      return keys.size > 0;
    },
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
