import { setImmediate as breathe } from 'node:timers/promises';
import { RuleViolation } from '../eventsourcing/errors.ts';
import { BEGINNING, type Position, type StoredEvent } from '../eventsourcing/event.ts';
import type { EventStore } from '../eventsourcing/event-store.ts';
import { instantOf, whyNotPast } from '../statistics/calendar.ts';

/** A recorded moment: the log up to and with one event. */
export interface Moment {
  /** Position of the last event recorded by then; `BEGINNING` where there was none. */
  readonly position: Position;
  /** The time asked for, or when the event at the position asked for was recorded; empty where there is neither. */
  readonly at: string;
  /** How many events there were. */
  readonly events: number;
  /** Hash of the last of them; empty where there was none. */
  readonly hash: string;
}

const PAGE = 5_000;

/**
 * Finds a recorded moment, by a time (see `instantOf`) or a position. At a time, the log holds what comes before the
 * first event recorded later. Throws `RuleViolation` with code `invalid_moment` for a text that is neither.
 */
export async function findMoment(eventStore: EventStore, text: string): Promise<Moment> {
  const instant = instantOf(text);
  const isPast: (event: StoredEvent) => boolean =
    instant === undefined ? givenPosition(eventStore, text).isBefore : ({ recordedAt }) => recordedAt > instant;
  let moment: Moment = { position: BEGINNING, at: instant ?? '', events: 0, hash: '' };
  for (;;) {
    const page = await eventStore.readAll(moment.position, PAGE);
    for (const event of page) {
      if (isPast(event)) return moment;
      const { position, recordedAt, hash } = event;
      moment = { position, at: instant ?? recordedAt, events: moment.events + 1, hash };
    }
    if (page.length < PAGE) return moment;
    await breathe();
  }
}

/**
 * Refuses a text that names no moment of the past (see `findMoment`), without searching the log for it. Throws
 * `RuleViolation`: `invalid_moment`, `moment_ahead` for a day after that of `now`, `position_beyond_end`.
 */
export async function requirePastMoment(eventStore: EventStore, text: string, now: string): Promise<void> {
  const instant = instantOf(text);
  if (instant !== undefined) {
    const why = whyNotPast('The moment', instant, now);
    if (why !== undefined) throw new RuleViolation('moment_ahead', why);
    return;
  }
  givenPosition(eventStore, text);
  const head = await eventStore.head();
  if (eventStore.ordinal(text) <= eventStore.ordinal(head)) return;
  const message = `The log has no position ${text}: its last is ${head}.`;
  throw new RuleViolation('position_beyond_end', message, undefined, { position: text, head });
}

/**
 * A position that a person wrote, as something events can be compared with. Throws `RuleViolation` with code
 * `invalid_moment` where it is none of this log.
 */
export function givenPosition(eventStore: EventStore, text: string): GivenPosition {
  try {
    // Where events are counted people write numbers as they like; other positions stand only for themselves.
    const counted = eventStore.ordinalUnit === 'events';
    const ordinal = text === BEGINNING ? undefined : eventStore.ordinal(text);
    if (ordinal !== undefined) {
      return {
        isAt: ({ position }) => (counted ? ordinalIn(eventStore, position) === ordinal : position === text),
        isBefore: ({ position }) => (counted ? eventStore.ordinal(position) > ordinal : position > text),
      };
    }
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
  }
  const message = `${JSON.stringify(text)} is neither a day, nor a time with its offset, nor a position of this log.`;
  throw new RuleViolation('invalid_moment', message);
}

export interface GivenPosition {
  /** Whether an event lies there. */
  readonly isAt: (event: Pick<StoredEvent, 'position'>) => boolean;
  /** Whether it lies before an event. */
  readonly isBefore: (event: Pick<StoredEvent, 'position'>) => boolean;
}

/** The ordinal of a position that may be damaged; undefined where it is. */
export function ordinalIn(eventStore: EventStore, position: Position): number | undefined {
  try {
    return eventStore.ordinal(position);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}
