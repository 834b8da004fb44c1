import { Fragment, memo } from 'react';
import { useFormat } from '../i18n/format.ts';
import { useTexts } from '../i18n/texts.ts';
import type { DealWords } from './deal-words.ts';
import { furtherChanges, useEventSentence } from './event-sentence.ts';
import { historyTexts } from './history.texts.ts';
import type { ToldEvent } from './told-event.ts';

/** Stands where the time belongs until it is put there as an element of its own. */
const TIME = '\u0000';

interface EventLineProps {
  readonly event: ToldEvent;
  readonly words: DealWords;
}

/** An event as a sentence, with the changes that the sentence leaves out. */
export const EventLine = memo(function EventLine({ event, words }: EventLineProps) {
  const t = useTexts(historyTexts);
  const format = useFormat();
  const sentence = useEventSentence(words)(event, TIME);
  const changes = furtherChanges(event);
  const recorded = format.moment(event.recordedAt);
  const occurred = format.moment(event.occurredAt);
  return (
    <div className="min-w-0 flex-1">
      <p className="text-sm break-words">
        {sentence.split(TIME).map((part, index) => (
          <Fragment key={index}>
            {index > 0 && (
              <time
                dateTime={event.occurredAt}
                title={recorded === occurred ? undefined : t('recorded', { when: recorded })}
                className="whitespace-nowrap"
              >
                {occurred}
              </time>
            )}
            {part}
          </Fragment>
        ))}
      </p>
      {event.activity?.notes !== undefined && (
        <p className="text-muted mt-0.5 text-sm break-words whitespace-pre-wrap">{event.activity.notes}</p>
      )}
      {changes.length > 0 && (
        <ul className="text-muted mt-0.5 flex flex-wrap gap-x-4 text-xs">
          {changes.map(({ field, from, to }) => (
            <li key={field} className="min-w-0 break-words">
              {t(from === undefined ? 'set' : 'change', {
                field: words.field(field),
                from: words.value(field, from),
                to: words.value(field, to),
              })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
});
