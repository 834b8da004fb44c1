import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import { useFieldName } from '../../../terms/field-name.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import type { Stage } from '../api/board.ts';
import { boardTexts } from '../board.texts.ts';
import type { Conflict } from './use-deal-steps.ts';

interface ConflictDialogProps {
  readonly conflict: Conflict;
  readonly stages: readonly Stage[];
  readonly onRetry: () => void;
  readonly onLeave: () => void;
}

/** Who changed what since the deal was seen, and what to do about it. */
export function ConflictDialog({ conflict, stages, onRetry, onLeave }: ConflictDialogProps) {
  const t = useTexts(boardTexts);
  const format = useFormat();
  const { card, problem } = conflict;
  const changes = problem.document.changes ?? [];
  const fieldName = useFieldName();
  const stageName = useStageName();
  const shown = (field: string, value: unknown): string => {
    if (value === undefined || value === null) return t('nothing');
    const stage = field === 'stageId' && stages.find(({ id }) => id === value);
    if (stage) return stageName(stage);
    if (typeof value === 'number')
      return field === 'probability' ? format.percent(value / 10_000) : format.number(value);
    if (isMoney(value)) return format.money(value.minorUnits, value.currency);
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
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
                  {t('fieldChange', { field: fieldName(field), from: shown(field, from), to: shown(field, to) })}
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

function isMoney(value: unknown): value is { minorUnits: number; currency: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'minorUnits' in value &&
    typeof value.minorUnits === 'number' &&
    'currency' in value &&
    typeof value.currency === 'string'
  );
}
