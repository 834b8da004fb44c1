import { expect } from '@jest/globals';
import type { Circumstances, Decider } from '../decider.ts';
import { Forbidden, NotFound, RuleViolation } from '../errors.ts';
import type { DomainEvent } from '../event.ts';

/** When what is given happened, where a test does not say. */
export const BEFORE = '2026-01-05T09:00:00.000Z';
/** When a command is given, where a test does not say. */
export const NOW = '2026-02-02T09:00:00.000Z';

const ordinary: Circumstances = { id: 'one', occurredAt: NOW, actor: { id: 'ann', role: 'rep' } };

/** An event with the business time it happened. */
export function at<Event extends DomainEvent>(occurredAt: string, event: Event): Event & { occurredAt: string } {
  return { ...event, occurredAt };
}

/**
 * Says a rule: `given(decider, opened).when(move, { reason }).emits(moved)` or `.refuses('reason_required', 'reason')`.
 * Circumstances a test does not name are ordinary ones: a rep called ann, at `NOW`, without a reason.
 */
export function given<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  ...history: readonly (Event & { readonly occurredAt?: string })[]
) {
  const state = history.reduce(
    (before: State, event) => decider.evolve(before, { ...event, occurredAt: event.occurredAt ?? BEFORE }),
    decider.initial,
  );
  return {
    /** The state that the events given make. */
    state,
    when(command: Command, circumstances: Partial<Circumstances> = {}) {
      const decide = () => decider.decide(command, state, { ...ordinary, ...circumstances });
      return {
        emits: (...events: readonly Event[]): void => expect(decide()).toEqual(events),
        /** The events, to look at closer. */
        events: decide,
        /** Expects a `RuleViolation` of a code and field, or `not_found` or `forbidden`. */
        refuses: (code: string, field?: string): void => expect(refusalOf(decide)).toEqual({ code, field }),
      };
    },
  };
}

function refusalOf(decide: () => unknown): { code: string; field: string | undefined } {
  try {
    decide();
  } catch (error) {
    if (error instanceof RuleViolation) return { code: error.code, field: error.field };
    if (error instanceof Forbidden) return { code: 'forbidden', field: undefined };
    if (error instanceof NotFound) return { code: 'not_found', field: undefined };
    throw error;
  }
  return { code: 'not refused', field: undefined };
}
