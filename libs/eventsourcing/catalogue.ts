import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler';
import type { DomainEvent, EventMetadata, RecordedEvent, StoredEvent } from './event.ts';
import type { Static, TObject } from './schema.ts';

/** Data of one version as stored. */
type StoredData = Record<string, unknown>;

/** The contract of one event type: its current version, what its data looks like, how older data becomes current. */
export interface EventDefinition<Schema extends TObject = TObject> {
  readonly version: number;
  /** One sentence for the event catalogue. */
  readonly description: string;
  readonly data: Schema;
  /** From version n to n + 1, at index n − 1; pure and total. As many as versions that came before the current. */
  readonly upcasts?: readonly ((data: StoredData) => StoredData)[];
}

export type EventDefinitions = Readonly<Record<string, EventDefinition>>;

/** The union of events that a table of definitions describes. */
export type EventsOf<Definitions extends EventDefinitions> = {
  [Type in keyof Definitions & string]: { readonly type: Type; readonly data: Static<Definitions[Type]['data']> };
}[keyof Definitions & string];

/** An event's data does not fit its schema: a defect of ours or a log somebody wrote to by hand, never a user's fault. */
export class EventInvalid extends Error {
  /** Where in the data, `amount.currency`; undefined where it is not one place. */
  readonly field: string | undefined;
  constructor(type: string, detail: string, field?: string) {
    super(`Event ${type}: ${field === undefined ? '' : `${field}: `}${detail}`);
    this.name = 'EventInvalid';
    this.field = field;
  }
}

/** A stored type name that no definition explains. */
export class EventUnknown extends Error {
  constructor(storedType: string) {
    super(`No definition of the stored event type ${storedType}.`);
    this.name = 'EventUnknown';
  }
}

interface Entry {
  readonly name: string;
  readonly storedName: string;
  readonly definition: EventDefinition;
  readonly check: TypeCheck<TObject>;
}

/**
 * All event types of the system: the one way from a decided event to stored text and back. Every path (load, live,
 * rebuild, relay, replay) opens events here, so old versions pass one upcast chain everywhere.
 */
export class EventCatalogue {
  readonly #current = new Map<string, Entry>();
  readonly #stored = new Map<string, { entry: Entry; upcasts: readonly ((data: StoredData) => StoredData)[] }>();

  /** Throws where two tables define one type, or a definition has not one upcast per version before it. */
  constructor(...tables: readonly EventDefinitions[]) {
    for (const [name, definition] of tables.flatMap((table) => Object.entries(table))) {
      const upcasts = definition.upcasts ?? [];
      if (this.#current.has(name)) throw new EventInvalid(name, 'is defined twice');
      if (upcasts.length !== definition.version - 1) {
        throw new EventInvalid(name, `version ${definition.version} needs ${definition.version - 1} upcasts`);
      }
      const entry = {
        name,
        storedName: `${name}.v${definition.version}`,
        definition,
        check: TypeCompiler.Compile(definition.data),
      };
      this.#current.set(name, entry);
      for (let version = 1; version <= definition.version; version += 1) {
        this.#stored.set(`${name}.v${version}`, { entry, upcasts: upcasts.slice(version - 1) });
      }
    }
  }

  /** Every definition by current name, in the order of the tables. */
  definitions(): ReadonlyMap<string, EventDefinition> {
    return new Map([...this.#current].map(([name, entry]) => [name, entry.definition]));
  }

  /** The stored type name and JSON text of an event about to be appended; throws `EventInvalid` where it is malformed. */
  seal(event: DomainEvent): { readonly type: string; readonly data: string } {
    const entry = this.#current.get(event.type);
    if (!entry) throw new EventUnknown(event.type);
    this.#assertValid(entry, event.data);
    return { type: entry.storedName, data: JSON.stringify(event.data) };
  }

  /**
   * Opens a stored event: parsed, upcast to the current version. Metadata is parsed only when somebody looks at it,
   * because projections rarely do. Throws `EventUnknown`, and `EventInvalid` where the text or an upcast result is malformed.
   */
  open<Event extends DomainEvent = DomainEvent>(stored: StoredEvent): RecordedEvent<Event> {
    const known = this.#stored.get(stored.type);
    if (!known) throw new EventUnknown(stored.type);
    const parsed = parse(stored.type, stored.data);
    const data = known.upcasts.length === 0 ? parsed : known.upcasts.reduce((older, upcast) => upcast(older), parsed);
    // An upcast result is ours, made just now; data of the current version was checked when it was appended.
    if (known.upcasts.length > 0) this.#assertValid(known.entry, data);
    return new Opened(stored, known.entry.name, data) as unknown as RecordedEvent<Event>;
  }

  #assertValid(entry: Entry, data: unknown): void {
    if (entry.check.Check(data)) return;
    const first = entry.check.Errors(data).First();
    const field = first?.path.slice(1).replaceAll('/', '.');
    throw new EventInvalid(entry.name, first?.message ?? 'malformed', field || undefined);
  }
}

class Opened {
  readonly type: string;
  readonly data: StoredData;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly hash: string;
  readonly #metadataText: string;
  #metadata: EventMetadata | undefined;

  constructor(stored: StoredEvent, type: string, data: StoredData) {
    this.type = type;
    this.data = data;
    this.id = stored.id;
    this.stream = stored.stream;
    this.revision = stored.revision;
    this.position = stored.position;
    this.occurredAt = stored.occurredAt;
    this.recordedAt = stored.recordedAt;
    this.hash = stored.hash;
    this.#metadataText = stored.metadata;
  }

  get metadata(): EventMetadata {
    this.#metadata ??= parse(this.type, this.#metadataText) as unknown as EventMetadata;
    return this.#metadata;
  }
}

function parse(type: string, text: string): StoredData {
  try {
    return JSON.parse(text) as StoredData;
  } catch (error) {
    throw new EventInvalid(type, `its text is not JSON: ${String(error)}`);
  }
}
