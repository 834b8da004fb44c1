import type { ToldEvent } from '../../history/told-event.ts';
import type { Format } from '../../i18n/figure-format.ts';

/** The business moments at which something happened to a deal, in order, each once. */
export function momentsOf(events: readonly ToldEvent[]): readonly string[] {
  return [...new Set(events.map(({ occurredAt }) => occurredAt))].toSorted();
}

/** The last instant of a past moment, a day or a timestamp: of a day its end. Without a moment, none. */
export function instantOf(asOf: string | undefined): string | undefined {
  return asOf !== undefined && isDay(asOf) ? `${asOf}T23:59:59.999Z` : asOf;
}

/** Whether a moment has not passed yet: later than now and, should this clock be slow, than whatever has happened. */
export function isAhead(asOf: string | undefined, moments: readonly string[]): boolean {
  const instant = instantOf(asOf);
  return instant !== undefined && instant > new Date().toISOString() && instant > (moments.at(-1) ?? '');
}

/** The UTC day of an instant; without one, of today. */
export function dayOf(instant: string | undefined): string {
  return (instant ?? new Date().toISOString()).slice(0, 10);
}

/** A past moment as it reads: a day as such, a timestamp as exactly as it must be told from others. */
export function momentText(asOf: string, format: Format): string {
  if (isDay(asOf)) return format.day(asOf);
  return asOf.endsWith(':00.000Z') ? format.moment(asOf) : format.instant(asOf);
}

function isDay(asOf: string): boolean {
  return !asOf.includes('T');
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
