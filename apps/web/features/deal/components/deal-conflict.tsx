import { ConflictDialog } from '../../../history/conflict-dialog.tsx';
import type { DealWords } from '../../../history/deal-words.ts';
import { toldChanges } from '../../../history/told-event.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { fieldTexts } from '../../../terms/field.texts.ts';
import { Button } from '../../../ui/button.tsx';
import { ComparisonTable } from '../../../ui/comparison-table.tsx';
import type { Deal } from '../api/deal.ts';
import { dealTexts } from '../deal.texts.ts';
import type { Conflict } from '../use-deal-commands.ts';

interface DealConflictProps {
  readonly deal: Deal;
  readonly words: DealWords;
  readonly conflict: Conflict;
}

/** What was typed beside what others made of it, and whose shall stand. */
export function DealConflict({ deal, words, conflict: { problem, yours, choose } }: DealConflictProps) {
  const t = useTexts(dealTexts);
  const named = useTexts(fieldTexts);
  const format = useFormat();
  const events = toldChanges(problem.document.changes ?? [], deal.currency);
  const theirs = (field: string): string => {
    const event = events.findLast(({ changes }) => changes.some((change) => change.field === field));
    if (!event) return t('untouched');
    return t('changedBy', {
      value: words.value(field, event.changes.find((change) => change.field === field)?.to),
      who: words.actor(event),
      when: format.moment(event.occurredAt),
    });
  };
  return (
    <ConflictDialog
      title={t('conflict')}
      description={t('conflictHint')}
      events={events}
      words={words}
      onClose={() => choose('cancel')}
      choices={
        <>
          <Button look="quiet" onClick={() => choose('cancel')}>
            {t('backToEditing')}
          </Button>
          <Button onClick={() => choose('theirs')}>{t('keepTheirs')}</Button>
          <Button look="primary" onClick={() => choose('mine')}>
            {t('saveMine')}
          </Button>
        </>
      }
    >
      {yours.length > 0 && (
        <ComparisonTable
          caption={t('conflictFields')}
          heads={[t('field'), t('yours'), t('theirs')]}
          rows={yours.map(({ field, label, value }) => ({
            key: field,
            name: label,
            sides: [value === '' ? named('none') : value, theirs(field)],
          }))}
        />
      )}
    </ConflictDialog>
  );
}
