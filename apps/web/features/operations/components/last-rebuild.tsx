import type { components } from '../../../api/schema.d.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { operationsTexts } from '../operations.texts.ts';

interface LastRebuildProps {
  readonly rebuild: components['schemas']['LastRebuildDto'];
}

/** When a projection was last built, for whom and why, how long it took, and what differed. */
export function LastRebuild({ rebuild: { startedAt, endedAt, asked, compared, differences } }: LastRebuildProps) {
  const t = useTexts(operationsTexts);
  const format = useFormat();
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000;
  const differing = (all: number, count: number): string => {
    if (all === 0 && count === 0) return t('nothingBefore');
    return t(count === 0 ? 'noDifference' : 'differences', { count, compared: format.number(all, 0) });
  };
  return (
    <div className="min-w-52 text-xs">
      <p>{t('builtAt', { at: format.moment(endedAt), duration: format.duration(seconds) })}</p>
      <p className="text-muted break-words">
        {asked === undefined ? t('builtAlone') : t(asked.reason === undefined ? 'builtBy' : 'builtFor', { ...asked })}
      </p>
      {compared !== undefined && differences !== undefined && (
        <p className={differences > 0 ? 'text-bad' : 'text-muted'}>{differing(compared, differences)}</p>
      )}
    </div>
  );
}
