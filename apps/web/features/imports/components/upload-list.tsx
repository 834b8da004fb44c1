import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import type { Suggestion, Upload } from '../api/uploads.ts';
import { filesRead, isDealsMap, type ImportMap } from '../deal-fields.ts';
import { importTexts } from '../imports.texts.ts';

interface UploadListProps {
  readonly uploads: readonly Upload[];
  readonly suggestion: Suggestion | undefined;
  readonly map: ImportMap | undefined;
  /** Told of the ids that are left, that of the file of the deals first. */
  readonly onChange: (ids: readonly string[]) => void;
}

/** The files that were sent, and which of them is read as what. */
export function UploadList({ uploads, suggestion, map, onChange }: UploadListProps) {
  const t = useTexts(importTexts);
  const format = useFormat();
  const ids = uploads.map(({ uploadId }) => uploadId);
  const first = uploads.find(({ uploadId }) => uploadId === suggestion?.uploads[0]);
  const read = map && first && uploads.length > 1 ? filesRead(map, first.name) : undefined;
  const role = (name: string): string | undefined => {
    if (!map || !read?.includes(name)) return undefined;
    if (isDealsMap(map)) return t(name === read[0] ? 'dealsFile' : 'lookedUp');
    return t(name === read[0] ? 'historyFile' : name === map.deals.file ? 'dealsFile' : 'lookedUp');
  };
  const others = (id: string): readonly string[] => ids.filter((each) => each !== id);
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {uploads.map(({ uploadId, name, rowCount, columns, refusalCount, encoding }) => (
        <li key={uploadId} className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium break-all">{name}</span>
          <span className="text-muted">
            {t('rowsAndColumns', { rows: format.number(rowCount, 0), columns: columns.length })}
          </span>
          {refusalCount > 0 && <span className="text-bad">{t('unreadableLines', { count: refusalCount })}</span>}
          {encoding !== 'utf-8' && (
            <span className="text-warn">{t('readAs', { encoding: encoding.toUpperCase() })}</span>
          )}
          {role(name) !== undefined && <span className="text-muted">{role(name)}</span>}
          {read !== undefined && !read.includes(name) && (
            <>
              <span className="text-warn">{t('notRead')}</span>
              <Button
                look="quiet"
                aria-label={t('readInsteadOf', { name })}
                onClick={() => onChange([uploadId, ...others(uploadId)])}
              >
                {t('readInstead')}
              </Button>
            </>
          )}
          <Button look="quiet" aria-label={t('removeFile', { name })} onClick={() => onChange(others(uploadId))}>
            {t('remove')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
