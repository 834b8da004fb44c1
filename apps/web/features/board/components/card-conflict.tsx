import { ConflictDialog } from '../../../history/conflict-dialog.tsx';
import { useDealWords, type DealPipeline } from '../../../history/deal-words.ts';
import { toldChanges } from '../../../history/told-event.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { boardTexts } from '../board.texts.ts';
import type { Conflict } from './use-deal-steps.ts';

interface CardConflictProps {
  readonly conflict: Conflict;
  readonly pipeline: DealPipeline;
  readonly onRetry: () => void;
  readonly onClose: () => void;
}

/** Who changed a deal since its card was seen, and whether the step shall be taken all the same. */
export function CardConflict({ conflict: { card, problem }, pipeline, onRetry, onClose }: CardConflictProps) {
  const t = useTexts(boardTexts);
  return (
    <ConflictDialog
      title={t('conflictTitle', { title: card.title })}
      description={t('conflictHint')}
      events={toldChanges(problem.document.changes ?? [], card.currency)}
      words={useDealWords(pipeline)}
      onClose={onClose}
      choices={
        <>
          <Button onClick={onClose}>{t('leave')}</Button>
          <Button look="primary" onClick={onRetry}>
            {t('retry')}
          </Button>
        </>
      }
    />
  );
}
