import type { Actor, DomainEvent, Happened } from './event.ts';

/** What surrounds a command and rules may ask for: what it concerns, when it became true, who acts, why. */
export interface Circumstances {
  /** The id of the aggregate, as in the name of its stream. */
  readonly id: string;
  /** Business time, UTC, ISO 8601 with milliseconds. */
  readonly occurredAt: string;
  readonly actor: Actor;
  readonly reason?: string;
}

/** How the events of one kind of aggregate make its state. */
export interface Fold<State, Event extends DomainEvent> {
  /** What streams of this kind begin with: `opportunity` for `opportunity-<id>`. */
  readonly kind: string;
  /** The state of a stream without events. */
  readonly initial: State;
  /** The state after an event. Total: it never refuses what has happened. */
  evolve(state: State, event: Happened<Event>): State;
}

/** The rules of one kind of aggregate, as pure functions. */
export interface Decider<State, Command, Event extends DomainEvent> extends Fold<State, Event> {
  /** The events that follow from a command, or a `RuleViolation`. No events: the command changes nothing. */
  decide(command: Command, state: State, circumstances: Circumstances): readonly Event[];
}
