import { useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useTexts } from '../i18n/texts.ts';
import { Button } from '../ui/button.tsx';
import type { DealWords } from './deal-words.ts';
import { EventLine } from './event-line.tsx';
import { historyTexts } from './history.texts.ts';
import type { ToldEvent } from './told-event.ts';

/** More lines than this at once take long to draw, anew with each step of a slider. */
const AT_ONCE = 50;

interface EventListProps {
  /** The id of the heading above. */
  readonly labelledBy: string;
  readonly events: readonly ToldEvent[];
  readonly words: DealWords;
  /** What stands beside an event. */
  readonly aside?: (event: ToldEvent) => ReactNode;
}

/** Events of a deal, a sentence each; of many the first, and the rest on demand. */
export function EventList({ labelledBy, events, words, aside }: EventListProps) {
  const t = useTexts(historyTexts);
  const [most, setMost] = useState(AT_ONCE);
  const list = useRef<HTMLOListElement>(null);
  const left = events.length - most;
  const showMore = (): void => {
    flushSync(() => setMost(most + AT_ONCE));
    // Reading goes on with the first that was not there before; the button may be gone.
    const next = list.current?.children[most];
    if (next instanceof HTMLElement) next.focus();
  };
  return (
    <>
      <ol ref={list} aria-labelledby={labelledBy}>
        {events.slice(0, most).map((event) => (
          <li
            key={event.key}
            tabIndex={-1}
            className="border-line flex items-start gap-2 border-t py-1.5 first:border-t-0"
          >
            <EventLine event={event} words={words} />
            {aside?.(event)}
          </li>
        ))}
      </ol>
      {left > 0 && (
        <Button look="quiet" className="text-accent mt-1" onClick={showMore}>
          {t('more', { count: Math.min(left, AT_ONCE), left })}
        </Button>
      )}
    </>
  );
}
