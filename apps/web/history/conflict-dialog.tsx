import type { ReactNode } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { Dialog } from '../ui/dialog.tsx';
import type { DealWords } from './deal-words.ts';
import { EventList } from './event-list.tsx';
import { historyTexts } from './history.texts.ts';
import type { ToldEvent } from './told-event.ts';

interface ConflictDialogProps {
  readonly title: string;
  /** What became of the command, and what there is to choose. */
  readonly description: string;
  /** What others did meanwhile. */
  readonly events: readonly ToldEvent[];
  readonly words: DealWords;
  /** The choices, as buttons. */
  readonly choices: ReactNode;
  readonly onClose: () => void;
  /** What stands above the events. */
  readonly children?: ReactNode;
}

/** A command was refused because somebody else had changed the deal: what they did, and what to do about it. */
export function ConflictDialog({ title, description, events, words, choices, onClose, children }: ConflictDialogProps) {
  const t = useTexts(historyTexts);
  return (
    <Dialog open wide title={title} description={description} onClose={onClose}>
      <div className="flex flex-col gap-3 text-sm">
        {children}
        <section aria-labelledby="between">
          <h3 id="between" className="text-muted text-xs font-medium">
            {t('between')}
          </h3>
          {events.length === 0 && <p>{t('betweenUnknown')}</p>}
          <EventList labelledBy="between" events={events} words={words} />
        </section>
        <div className="flex flex-wrap justify-end gap-2" data-choices>
          {choices}
        </div>
      </div>
    </Dialog>
  );
}
