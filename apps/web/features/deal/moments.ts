import type { ToldEvent } from '../../history/told-event.ts';

/** The business moments at which something happened to a deal, in order, each once. */
export function momentsOf(events: readonly ToldEvent[]): readonly string[] {
  return [...new Set(events.map(({ occurredAt }) => occurredAt))].toSorted();
}

/** The last instant of a past moment: of a day its end, of a timestamp itself. Without a moment, none. */
export function instantOf(asOf: string | undefined): string | undefined {
  if (asOf === undefined) return undefined;
  const instant = new Date(/^\d{4}-\d{2}-\d{2}$/.test(asOf) ? `${asOf}T23:59:59.999Z` : asOf);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}

/** What had happened by a moment, and what came later; without a moment, everything had. */
export function eventsAround(
  events: readonly ToldEvent[],
  instant: string | undefined,
): { readonly by: readonly ToldEvent[]; readonly since: readonly ToldEvent[] } {
  if (instant === undefined) return { by: events, since: [] };
  return {
    by: events.filter(({ occurredAt }) => occurredAt <= instant),
    since: events.filter(({ occurredAt }) => occurredAt > instant),
  };
}
