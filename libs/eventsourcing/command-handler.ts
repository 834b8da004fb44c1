import { setTimeout as wait } from 'node:timers/promises';
import { v5 as uuidV5 } from 'uuid';
import { EventInvalid, type EventCatalogue } from './catalogue.ts';
import { fingerprintOf } from './command-fingerprint.ts';
import type { Decider, Fold } from './decider.ts';
import { CommandReused, ConcurrencyConflict, RuleViolation } from './errors.ts';
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

/** Carries out commands of a slice on the aggregate of an id. Throws as `CommandHandler.execute` does. */
export type CarryOut<Command extends object, Event extends DomainEvent> = (
  id: string,
  command: Command,
  context: CommandContext,
) => Promise<CommandResult<Event>>;

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
   * Reads, folds, decides and appends. Throws what `decide` throws; `RuleViolation` with code `malformed` where a field
   * does not fit the events it would become; `ConcurrencyConflict` at once where the context fixes a revision, else
   * after some attempts; `CommandReused` where the command id came with another content. Only a command that appended
   * is remembered by its id: one that was refused or changed nothing is decided anew.
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
/** Most states kept, of the streams used last; each is brought up to date from the store before use. */
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
  let kept = new Map<string, Aggregate<unknown>>();
  let keptBefore = new Map<string, Aggregate<unknown>>();
  const underWay = new Map<string, Promise<unknown>>();

  /** Two generations instead of an order of use: half of what is kept goes at once, which costs nothing per command. */
  function keep(stream: string, aggregate: Aggregate<unknown>): void {
    kept.set(stream, aggregate);
    if (kept.size < KEPT / 2) return;
    keptBefore = kept;
    kept = new Map();
  }

  async function load<State, Event extends DomainEvent>(
    fold: Fold<State, Event>,
    id: string,
  ): Promise<Aggregate<State>> {
    const stream = `${fold.kind}-${id}`;
    const known = (kept.get(stream) ?? keptBefore.get(stream)) as Aggregate<State> | undefined;
    const before = known ?? { state: fold.initial, revision: -1, position: '', lastHash: '', commands: new Map() };
    const stored = await store.readStream(stream, before.revision + 1);
    const last = stored.at(-1);
    if (!last) {
      if (known) keep(stream, known);
      return before;
    }
    let { state } = before;
    const commands = new Map(before.commands);
    for (const one of stored) {
      const event = catalogue.open<Event>(one);
      state = fold.evolve(state, event);
      const { commandId, commandFingerprint: fingerprint } = event.metadata;
      commands.set(commandId, { fingerprint, revision: one.revision, position: one.position });
    }
    const aggregate = { state, revision: last.revision, position: last.position, lastHash: last.hash, commands };
    keep(stream, aggregate);
    return aggregate;
  }

  /** The events' stored form. What a decider made of a malformed command is refused here, before anything is stored. */
  function seal(events: readonly DomainEvent[], occurredAt: string, recordedAt: string, metadata: EventMetadata) {
    const metadataText = JSON.stringify(metadata);
    return events.map((event, index) => {
      try {
        const id = stableId(metadata.commandId, String(index));
        return { ...catalogue.seal(event), id, occurredAt, recordedAt, metadata: metadataText };
      } catch (error) {
        if (error instanceof EventInvalid) throw new RuleViolation('malformed', error.message, error.field);
        throw error;
      }
    });
  }

  async function attempt<State, Command extends object, Event extends DomainEvent>(
    decider: Decider<State, Command, Event>,
    id: string,
    command: Command,
    context: CommandContext,
  ): Promise<CommandResult<Event>> {
    const stream = `${decider.kind}-${id}`;
    const aggregate = await load(decider, id);
    const commandFingerprint = fingerprintOf(stream, command, context.reason, context.occurredAt);
    const earlier = aggregate.commands.get(context.commandId);
    if (earlier) {
      if (earlier.fingerprint !== commandFingerprint) throw new CommandReused(context.commandId);
      const all = (await store.readStream(stream)).map((stored) => catalogue.open<Event>(stored));
      const events = all.filter(({ metadata }) => metadata.commandId === context.commandId);
      return { stream, revision: earlier.revision, position: earlier.position, repeated: true, events };
    }
    const { actor, source, commandId, expectedRevision } = context;
    if (expectedRevision !== undefined && expectedRevision !== aggregate.revision) {
      throw new ConcurrencyConflict(stream, expected(expectedRevision), expected(aggregate.revision));
    }
    const recordedAt = new Date(now()).toISOString();
    const occurredAt = context.occurredAt ?? recordedAt;
    const reason = context.reason === undefined ? {} : { reason: context.reason };
    const events = decider.decide(command, aggregate.state, { id, occurredAt, actor, ...reason });
    if (events.length === 0) {
      return { stream, revision: aggregate.revision, position: aggregate.position, repeated: false, events };
    }
    const sealed = seal(events, occurredAt, recordedAt, {
      actor,
      source,
      ...reason,
      commandId,
      commandFingerprint,
      $correlationId: context.correlationId ?? commandId,
      $causationId: context.causationId ?? commandId,
    });
    const { revision, position } = await store.append(
      stream,
      expected(aggregate.revision),
      chain(stream, aggregate.revision + 1, aggregate.lastHash, sealed),
    );
    return { stream, revision, position, repeated: false, events };
  }

  async function settle<Result>(context: CommandContext, tryOnce: () => Promise<Result>): Promise<Result> {
    const attempts = context.expectedRevision === undefined ? ATTEMPTS : 1;
    for (let tries = 1; ; tries += 1) {
      try {
        return await tryOnce();
      } catch (error) {
        if (!(error instanceof ConcurrencyConflict) || tries === attempts) throw error;
        await wait(Math.random() * 2 ** tries);
      }
    }
  }

  return {
    load,
    async execute(decider, id, command, context) {
      // One after the other, so that the same id twice at once is recognised before the store sees the same event ids.
      const { commandId } = context;
      while (underWay.has(commandId)) await underWay.get(commandId);
      const result = settle(context, () => attempt(decider, id, command, context));
      underWay.set(commandId, Promise.allSettled([result]));
      try {
        return await result;
      } finally {
        underWay.delete(commandId);
      }
    },
    async eventsSince(stream, revision) {
      return (await store.readStream(stream, revision + 1)).map((stored) => catalogue.open(stored));
    },
  };
}
