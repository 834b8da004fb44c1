import { setTimeout as wait } from 'node:timers/promises';
import { hash } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';
import type { EventCatalogue } from './catalogue.ts';
import type { Decider, Fold } from './decider.ts';
import { CommandReused, ConcurrencyConflict } from './errors.ts';
import type { Actor, DomainEvent, EventMetadata, Position, RecordedEvent, Source } from './event.ts';
import type { EventStore, ExpectedRevision } from './event-store.ts';
import { chain } from './hash-chain.ts';

/** What is known of a command beside its content: who gives it, why, when it became true. */
export interface CommandContext {
  /** A UUID. The same id again with the same command returns the first result and appends nothing. */
  readonly commandId: string;
  readonly actor: Actor;
  readonly source: Source;
  readonly reason?: string;
  /** Business time; now where the caller names none. */
  readonly occurredAt?: string;
  readonly correlationId?: string;
  readonly causationId?: string;
  /** The revision the caller decided upon (−1: a stream that must not exist). A conflict is then the caller's to settle. */
  readonly expectedRevision?: number;
}

export interface CommandResult<Event extends DomainEvent> {
  readonly stream: string;
  /** Revision of the stream after the command. */
  readonly revision: number;
  /** Position of the command's last event; of the stream's last where it changed nothing. */
  readonly position: Position;
  /** Whether this command was carried out before, and this is its first result. */
  readonly repeated: boolean;
  readonly events: readonly Event[];
}

/** A folded stream. */
export interface Aggregate<State> {
  readonly state: State;
  /** −1 where the stream has no events. */
  readonly revision: number;
  readonly position: Position;
  readonly lastHash: string;
  /** What each command of this stream did, by its id. */
  readonly commands: ReadonlyMap<string, { fingerprint: string; revision: number; position: Position }>;
}

export interface CommandHandler {
  /** Reads and folds a stream. */
  load<State, Event extends DomainEvent>(fold: Fold<State, Event>, id: string): Promise<Aggregate<State>>;
  /**
   * Reads, folds, decides and appends. Throws what `decide` throws; `ConcurrencyConflict` at once where the context
   * fixes a revision, else after some attempts; `CommandReused` where the command id came with another content.
   */
  execute<State, Command extends object, Event extends DomainEvent>(
    decider: Decider<State, Command, Event>,
    id: string,
    command: Command,
    context: CommandContext,
  ): Promise<CommandResult<Event>>;
  /** The current name of every event of a stream after a revision: what a conflict tells the loser. */
  eventsSince(stream: string, revision: number): Promise<readonly RecordedEvent[]>;
}

const ATTEMPTS = 8;
/** States kept of the streams used last; each is brought up to date from the store before use. */
const KEPT = 20_000;

/** The namespace of command and event ids (a UUIDv4 drawn once). */
const NAMESPACE = '6f1f2c2e-7d0c-4e0b-9a55-1c9a3a1f4b57';

/** A stable UUID for a text, such as an idempotency key together with who used it. */
export function stableId(...parts: readonly string[]): string {
  return uuidV5(JSON.stringify(parts), NAMESPACE);
}

function expected(revision: number): ExpectedRevision {
  return revision < 0 ? 'no_stream' : revision;
}

/** The one shape of command handling: read, fold, decide, append. `now` gives the recorded time in milliseconds. */
export function commandHandler(store: EventStore, catalogue: EventCatalogue, now: () => number): CommandHandler {
  const kept = new Map<string, Aggregate<unknown>>();

  async function load<State, Event extends DomainEvent>(
    fold: Fold<State, Event>,
    id: string,
  ): Promise<Aggregate<State>> {
    const stream = `${fold.kind}-${id}`;
    const known = kept.get(stream) as Aggregate<State> | undefined;
    const before = known ?? { state: fold.initial, revision: -1, position: '', lastHash: '', commands: new Map() };
    const stored = await store.readStream(stream, before.revision + 1);
    if (stored.length === 0) return before;
    let { state } = before;
    const commands = new Map(before.commands);
    for (const one of stored) {
      const event = catalogue.open<Event>(one);
      state = fold.evolve(state, event);
      const { commandId, commandFingerprint } = event.metadata;
      commands.set(commandId, { fingerprint: commandFingerprint, revision: one.revision, position: one.position });
    }
    const last = stored.at(-1)!;
    const aggregate = { state, revision: last.revision, position: last.position, lastHash: last.hash, commands };
    kept.delete(stream);
    kept.set(stream, aggregate);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return aggregate;
  }

  async function attempt<State, Command extends object, Event extends DomainEvent>(
    decider: Decider<State, Command, Event>,
    id: string,
    command: Command,
    context: CommandContext,
  ): Promise<CommandResult<Event>> {
    const stream = `${decider.kind}-${id}`;
    const aggregate = await load(decider, id);
    const fingerprint = hash('sha256', JSON.stringify([stream, command, context.reason, context.occurredAt]));
    const earlier = aggregate.commands.get(context.commandId);
    if (earlier) {
      if (earlier.fingerprint !== fingerprint) throw new CommandReused(context.commandId);
      return { stream, revision: earlier.revision, position: earlier.position, repeated: true, events: [] };
    }
    const { expectedRevision } = context;
    if (expectedRevision !== undefined && expectedRevision !== aggregate.revision) {
      throw new ConcurrencyConflict(stream, expected(expectedRevision), expected(aggregate.revision));
    }
    const recordedAt = new Date(now()).toISOString();
    const occurredAt = context.occurredAt ?? recordedAt;
    const events = decider.decide(command, aggregate.state, {
      id,
      occurredAt,
      actor: context.actor,
      ...(context.reason === undefined ? {} : { reason: context.reason }),
    });
    if (events.length === 0) {
      return { stream, revision: aggregate.revision, position: aggregate.position, repeated: false, events };
    }
    const metadata: EventMetadata = {
      actor: context.actor,
      source: context.source,
      ...(context.reason === undefined ? {} : { reason: context.reason }),
      commandId: context.commandId,
      commandFingerprint: fingerprint,
      $correlationId: context.correlationId ?? context.commandId,
      $causationId: context.causationId ?? context.commandId,
    };
    const metadataText = JSON.stringify(metadata);
    const sealed = events.map((event, index) => ({
      ...catalogue.seal(event),
      id: stableId(context.commandId, String(index)),
      occurredAt,
      recordedAt,
      metadata: metadataText,
    }));
    const { revision, position } = await store.append(
      stream,
      expected(aggregate.revision),
      chain(stream, aggregate.revision + 1, aggregate.lastHash, sealed),
    );
    return { stream, revision, position, repeated: false, events };
  }

  return {
    load,
    async execute(decider, id, command, context) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await attempt(decider, id, command, context);
        } catch (error) {
          const settle = error instanceof ConcurrencyConflict && context.expectedRevision === undefined;
          if (!settle || tries === ATTEMPTS) throw error;
          await wait(Math.random() * 2 ** tries);
        }
      }
    },
    async eventsSince(stream, revision) {
      return (await store.readStream(stream, revision + 1)).map((stored) => catalogue.open(stored));
    },
  };
}
