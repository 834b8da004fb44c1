import { Archive, Ban, CalendarClock, History, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { problemOf } from '../../../api/problem.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyNotice } from '../../../ui/notices.tsx';
import type { Status } from '../api/deal.ts';
import { dealTexts } from '../deal.texts.ts';
import { momentText } from '../moments.ts';

interface DealNotesProps {
  readonly status: Status;
  readonly asOf: string | undefined;
  /** The moment that was asked for, where it has not passed yet. */
  readonly ahead: string | undefined;
  /** Why the past could not be shown. */
  readonly error: unknown;
  readonly onNow: () => void;
}

/** What must be known before anything else is read: that this is the past, or that the deal counts no more. */
export function DealNotes({ status, asOf, ahead, error, onNow }: DealNotesProps) {
  const t = useTexts(dealTexts);
  const format = useFormat();
  const notYet = asOf !== undefined && error !== null && problemOf(error).status === 404;
  return (
    <>
      {asOf !== undefined && (
        <MomentNote look="bg-accent-soft border-accent border" icon={History} note={t('asOfNote')} onNow={onNow}>
          <strong className="font-semibold">{t('asOf', { when: momentText(asOf, format) })}</strong>
        </MomentNote>
      )}
      {ahead !== undefined && (
        <MomentNote
          look="bg-warn-soft text-warn"
          icon={CalendarClock}
          note={t('ahead', { when: momentText(ahead, format) })}
          onNow={onNow}
        />
      )}
      {notYet && (
        <>
          <h1 className="sr-only">{t('notYet')}</h1>
          <EmptyNotice icon={History} title={t('notYet')} hint={t('notYetHint')} />
        </>
      )}
      {status === 'withdrawn' && (
        <p className="bg-warn-soft text-warn flex items-center gap-2 rounded-lg px-3 py-2 text-sm">
          <Ban size={16} aria-hidden className="shrink-0" /> {t('withdrawnNote')}
        </p>
      )}
      {status === 'archived' && (
        <p className="bg-sunken flex items-center gap-2 rounded-lg px-3 py-2 text-sm">
          <Archive size={16} aria-hidden className="shrink-0" /> {t('archivedNote')}
        </p>
      )}
    </>
  );
}

interface MomentNoteProps {
  readonly look: string;
  readonly icon: LucideIcon;
  readonly note: string;
  readonly onNow: () => void;
  /** Before the note. */
  readonly children?: ReactNode;
}

/** Says of which moment the page is, with the way back to now. */
function MomentNote({ look, icon: Icon, note, onNow, children }: MomentNoteProps) {
  const t = useTexts(dealTexts);
  return (
    <div role="status" className={`flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-3 py-1.5 text-sm ${look}`}>
      <Icon size={16} aria-hidden className="shrink-0" />
      {children}
      <span className="min-w-0 flex-1 basis-60">{note}</span>
      <Button onClick={onNow} className="text-ink" data-print="hidden">
        {t('backToNow')}
      </Button>
    </div>
  );
}
