import { TriangleAlert } from 'lucide-react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { importTexts } from '../imports.texts.ts';
import type { UnknownLabels } from '../stage-labels.ts';

interface UnknownStagesProps {
  readonly unknown: UnknownLabels;
  readonly accepted: boolean;
  readonly onAccept: (accepted: boolean) => void;
}

const MOST_NAMED = 8;

/** Which values of the stage column mean nothing yet, and whether their rows shall be refused. */
export function UnknownStages({ unknown: { labels, others, rows }, accepted, onAccept }: UnknownStagesProps) {
  const t = useTexts(importTexts);
  const format = useFormat();
  const named = labels.slice(0, MOST_NAMED);
  const more = labels.length - named.length + others;
  return (
    <div role="alert" className="bg-warn-soft flex items-start gap-2 rounded-md p-3 text-sm">
      <TriangleAlert size={16} aria-hidden className="text-warn mt-0.5 shrink-0" />
      <div className="min-w-0">
        <p className="text-warn font-medium">
          {t('unknownStages', { count: labels.length + others, number: format.number(labels.length + others, 0) })}
        </p>
        <ul className="list-disc pl-5 break-words">
          {named.map(({ value, rows: count }) => (
            <li key={value}>
              {t('unknownStage', { value: value === '' ? t('empty') : value, count, rows: format.number(count, 0) })}
            </li>
          ))}
          {more > 0 && <li>{t('unknownMore', { count: more, number: format.number(more, 0) })}</li>}
        </ul>
        <label className="mt-1 flex min-h-8 items-center gap-2">
          <input type="checkbox" checked={accepted} onChange={({ target }) => onAccept(target.checked)} />
          {t('acceptRefusals', { count: rows, rows: format.number(rows, 0) })}
        </label>
      </div>
    </div>
  );
}
