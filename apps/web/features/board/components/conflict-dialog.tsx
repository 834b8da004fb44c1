import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { boardTexts } from '../board.texts.ts';
import type { Conflict } from './use-deal-steps.ts';

interface ConflictDialogProps {
  readonly conflict: Conflict;
  readonly onRetry: () => void;
  readonly onLeave: () => void;
}

/** Who changed what since the deal was seen, and what to do about it. */
export function ConflictDialog({ conflict, onRetry, onLeave }: ConflictDialogProps) {
  const t = useTexts(boardTexts);
  const format = useFormat();
  const { card, problem } = conflict;
  const changes = problem.document.changes ?? [];
  const shown = (value: unknown): string =>
    value === undefined || value === null ? t('nothing') : typeof value === 'string' ? value : JSON.stringify(value);
  return (
    <Dialog open title={t('conflictTitle', { title: card.title })} description={t('conflictHint')} onClose={onLeave}>
      {changes.length === 0 && <p className="text-sm">{problem.message || t('conflictUnknown')}</p>}
      <ul className="flex flex-col gap-3">
        {changes.map((change) => (
          <li key={change.revision} className="border-line rounded-lg border p-3 text-sm">
            <p className="font-medium">
              {t('changedBy', { who: change.who.onBehalfOf ?? change.who.id, when: format.moment(change.when) })}
            </p>
            {change.reason !== undefined && <p className="text-muted">{change.reason}</p>}
            <ul className="mt-1">
              {change.changes.map(({ field, from, to }) => (
                <li key={field} className="break-words">
                  {t('fieldChange', { field, from: shown(from), to: shown(to) })}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onLeave}>{t('leave')}</Button>
        <Button look="primary" onClick={onRetry}>
          {t('retry')}
        </Button>
      </div>
    </Dialog>
  );
}
