import { instantOf } from '../statistics/calendar.ts';

/**
 * The instant that a past moment names: a timestamp with its offset, or a day for its end in UTC. Whoever takes the text
 * from a person checks it; for any other, this throws `RangeError`.
 */
export function pastMoment(text: string): string {
  const instant = instantOf(text);
  if (instant === undefined) throw new RangeError(`${text} is no day and no time.`);
  return instant;
}
