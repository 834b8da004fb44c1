import type { Problem } from '../api/problem.ts';
import { useTexts } from '../i18n/texts.ts';
import { Button } from '../ui/button.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { useDealWords } from './deal-words.ts';
import { historyTexts } from './history.texts.ts';
import { toldChanges } from './told-event.ts';
import type { Undoable } from './undo.ts';

interface UndoConflictProps {
  readonly undoable: Undoable;
  readonly problem: Problem;
  readonly onClose: () => void;
  /** Where the deal is now is told with it. */
  readonly onTakeBack: (revision: number) => void;
}

/** Who changed a deal after what is to be taken back, and whether that shall be taken back all the same. */
export function UndoConflict({ undoable: { deal, revision }, problem, onClose, onTakeBack }: UndoConflictProps) {
  const t = useTexts(historyTexts);
  const { actual, changes = [] } = problem.document;
  return (
    <ConflictDialog
      title={t('undoConflict')}
      description={t('undoConflictHint')}
      events={toldChanges(changes, deal.currency)}
      words={useDealWords(deal)}
      onClose={onClose}
      choices={
        <>
          <Button onClick={onClose}>{t('leave')}</Button>
          <Button look="primary" onClick={() => onTakeBack(typeof actual === 'number' ? actual : revision)}>
            {t('undoAnyway')}
          </Button>
        </>
      }
    />
  );
}
