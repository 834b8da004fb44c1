import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import type { Deal } from '../api/deal.ts';
import { dealTexts } from '../deal.texts.ts';
import type { DealWords } from '../deal-words.ts';
import { toldChanges, type ToldEvent } from '../told-event.ts';
import type { Conflict } from '../use-deal-commands.ts';
import { EventLine } from './event-line.tsx';

interface ConflictDialogProps {
  readonly deal: Deal;
  readonly words: DealWords;
  readonly conflict: Conflict;
}

/** A change that was refused because somebody else had changed the deal: yours, theirs, and what to do. */
export function ConflictDialog({ deal, words, conflict: { problem, yours, choose } }: ConflictDialogProps) {
  const t = useTexts(dealTexts);
  const format = useFormat();
  const events = toldChanges(problem.document.changes ?? [], deal.currency);
  const theirs = (field: string): string => {
    const event = events.findLast(({ changes }) => changes.some((change) => change.field === field));
    if (!event) return t('untouched');
    return t('changedBy', {
      value: words.value(field, changedTo(event, field)),
      who: words.actor(event),
      when: format.moment(event.occurredAt),
    });
  };
  return (
    <Dialog open wide title={t('conflict')} description={t('conflictHint')} onClose={() => choose('cancel')}>
      <div className="flex flex-col gap-3 text-sm">
        {yours.length > 0 && (
          <table className="w-full">
            <caption className="sr-only">{t('conflictFields')}</caption>
            <thead className="text-muted text-left">
              <tr>
                <th scope="col" className="py-1 pr-3 font-medium">
                  {t('field')}
                </th>
                <th scope="col" className="py-1 pr-3 font-medium">
                  {t('yours')}
                </th>
                <th scope="col" className="py-1 font-medium">
                  {t('theirs')}
                </th>
              </tr>
            </thead>
            <tbody>
              {yours.map(({ field, label, value }) => (
                <tr key={field} className="border-line border-t align-top">
                  <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                    {label}
                  </th>
                  <td className="py-1.5 pr-3 font-medium break-words">{value === '' ? t('none') : value}</td>
                  <td className="py-1.5 break-words">{theirs(field)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <section aria-labelledby="between">
          <h3 id="between" className="text-muted text-xs font-medium">
            {t('between')}
          </h3>
          <ol aria-labelledby="between">
            {events.map((event) => (
              <li key={event.key} className="border-line border-t py-1.5 first:border-t-0">
                <EventLine event={event} words={words} />
              </li>
            ))}
          </ol>
        </section>
        <div className="flex flex-wrap justify-end gap-2">
          <Button look="quiet" onClick={() => choose('cancel')}>
            {t('backToEditing')}
          </Button>
          <Button onClick={() => choose('theirs')}>{t('keepTheirs')}</Button>
          <Button look="primary" onClick={() => choose('mine')}>
            {t('saveMine')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function changedTo({ changes }: ToldEvent, field: string): unknown {
  return changes.find((change) => change.field === field)?.to;
}
