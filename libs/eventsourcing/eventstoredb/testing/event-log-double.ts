/** An event on its way in. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event in the log. */
export interface Recorded extends Proposed {
  readonly stream: string;
  readonly revision: number;
  readonly commit: bigint;
  readonly prepare: bigint;
}

export type Expected = number | 'any' | 'no_stream' | 'stream_exists';

export type AppendOutcome =
  | { readonly kind: 'appended'; readonly revision: number; readonly last: Recorded }
  | { readonly kind: 'conflict'; readonly current: number | undefined }
  | { readonly kind: 'deleted' };

/** Ids remembered for appends that expect any revision. A real server keeps more, and forgets them all the same. */
const REMEMBERED_IDS = 8;

/**
 * The log of the test double: streams in one sequence, with gaps between positions, records of the system in between
 * and after, and the server's rules of expected revision and repeated ids. It outlives the server that shows it.
 */
export class EventLogDouble {
  readonly records: Recorded[] = [];
  /** Events of one append then share a commit position, as those of a transaction do. */
  sharesCommits = false;
  readonly #streams = new Map<string, Recorded[]>();
  readonly #firstReadable = new Map<string, number>();
  readonly #tombstoned = new Set<string>();
  readonly #changed = new EventTarget();
  #rememberedIds: string[] = [];
  #end = 1_000n;

  constructor() {
    this.#record('$metadata-of-nothing', [recordOfTheSystem('$metadata')]);
  }

  append(stream: string, expected: Expected, events: readonly Proposed[]): AppendOutcome {
    if (this.#tombstoned.has(stream)) return { kind: 'deleted' };
    const decided = this.#decide(stream, expected, events);
    if (decided !== 'append') return decided;
    const recorded = this.#record(stream, events);
    this.#rememberedIds = [...this.#rememberedIds, ...events.map((event) => event.id)].slice(-REMEMBERED_IDS);
    this.#addNoise(recorded.at(-1)!);
    this.#changed.dispatchEvent(new Event('change'));
    return { kind: 'appended', revision: recorded.at(-1)!.revision, last: recorded.at(-1)! };
  }

  /** Readable events of a stream; undefined where there are none to be found. */
  stream(name: string): readonly Recorded[] | undefined {
    const readable = this.#streams.get(name)?.slice(this.#firstReadable.get(name) ?? 0);
    return readable?.length ? readable : undefined;
  }

  /** Soft: the numbering goes on with the next append. */
  delete(stream: string): Recorded {
    this.#firstReadable.set(stream, this.#streams.get(stream)?.length ?? 0);
    return this.#record(`$$${stream}`, [recordOfTheSystem('$metadata')])[0]!;
  }

  /** For ever. */
  tombstone(stream: string): Recorded {
    this.#tombstoned.add(stream);
    return this.#record(stream, [recordOfTheSystem('$streamDeleted')])[0]!;
  }

  isTombstoned(stream: string): boolean {
    return this.#tombstoned.has(stream);
  }

  onChange(listener: () => void): () => void {
    this.#changed.addEventListener('change', listener);
    return () => this.#changed.removeEventListener('change', listener);
  }

  #decide(stream: string, expected: Expected, events: readonly Proposed[]): 'append' | AppendOutcome {
    const existing = this.#streams.get(stream) ?? [];
    const readable = this.stream(stream) !== undefined;
    const current = existing.length - 1;
    const conflict: AppendOutcome = { kind: 'conflict', current: current === -1 ? undefined : current };
    if (expected === 'any' || expected === 'stream_exists') {
      if (expected === 'stream_exists' && !readable) return conflict;
      if (!events.every((event) => this.#rememberedIds.includes(event.id))) return 'append';
      return (
        this.#repeated(existing.findIndex((event) => event.id === events[0]!.id) - 1, existing, events) ?? conflict
      );
    }
    if (expected === 'no_stream' && !readable) return this.#repeated(-1, existing, events) ?? 'append';
    const revision = expected === 'no_stream' ? -1 : expected;
    if (revision > current) return conflict;
    if (revision === current) return 'append';
    return this.#repeated(revision, existing, events) ?? conflict;
  }

  #repeated(after: number, existing: readonly Recorded[], events: readonly Proposed[]): AppendOutcome | undefined {
    const there = existing.slice(after + 1, after + 1 + events.length);
    const last = there.at(-1);
    if (!last || there.length < events.length) return undefined;
    if (there.some((event, index) => event.id !== events[index]!.id)) return undefined;
    return { kind: 'appended', revision: last.revision, last };
  }

  #record(stream: string, events: readonly Proposed[]): Recorded[] {
    const ofStream = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, ofStream);
    const prepares = events.map((event) => {
      this.#end += 137n + BigInt(event.data.length + event.metadata.length);
      return this.#end;
    });
    const recorded = events.map((event, index) => ({
      ...event,
      id: event.id.toLowerCase(),
      stream,
      revision: ofStream.length + index,
      commit: this.sharesCommits ? prepares.at(-1)! : prepares[index]!,
      prepare: prepares[index]!,
    }));
    ofStream.push(...recorded);
    this.records.push(...recorded);
    return recorded;
  }

  /** What else a real log holds: statistics, links, and copies of events in the system's streams. */
  #addNoise(after: Recorded): void {
    const kind = after.revision % 3;
    if (kind === 0) this.#record('$stats-127.0.0.1:2113', [recordOfTheSystem('$statsCollected')]);
    if (kind === 1) this.#record('$ce-of-somewhere', [recordOfTheSystem('$>', `${after.revision}@${after.stream}`)]);
    if (kind === 2) this.#record('$copies-by-a-projection', [{ ...after, id: crypto.randomUUID() }]);
  }
}

function recordOfTheSystem(type: string, data = '{}'): Proposed {
  const contentType = type === '$>' ? 'application/octet-stream' : 'application/json';
  return { id: crypto.randomUUID(), type, contentType, data: Buffer.from(data), metadata: Buffer.from('{}') };
}
