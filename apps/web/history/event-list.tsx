import type { DealWords } from './deal-words.ts';
import { EventLine } from './event-line.tsx';
import type { ToldEvent } from './told-event.ts';

interface EventListProps {
  /** The id of the heading above. */
  readonly labelledBy: string;
  readonly events: readonly ToldEvent[];
  readonly words: DealWords;
}

/** Events of a deal, a sentence each. */
export function EventList({ labelledBy, events, words }: EventListProps) {
  return (
    <ol aria-labelledby={labelledBy}>
      {events.map((event) => (
        <li key={event.key} className="border-line border-t py-1.5 first:border-t-0">
          <EventLine event={event} words={words} />
        </li>
      ))}
    </ol>
  );
}
