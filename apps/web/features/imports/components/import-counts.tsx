import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import type { ImportDetail, ImportRow } from '../api/imports.ts';
import { importTexts } from '../imports.texts.ts';

interface ImportCountsProps {
  readonly row: ImportRow;
  /** Known to the server that ran the import since its start. */
  readonly report: ImportDetail['report'];
}

/** What an import did, in figures. */
export function ImportCounts({ row, report }: ImportCountsProps) {
  const t = useTexts(importTexts);
  const format = useFormat();
  const figures: readonly (readonly [name: string, figure: number | null | undefined])[] = [
    [t('deals'), row.deals],
    [t('opened'), row.opened],
    [t('changed'), report?.changed],
    [t('unchanged'), report?.unchanged],
    [t('refused'), row.refused],
    [t('events'), row.events],
    [t('withdrawn'), row.withdrawn],
    [t('restored'), row.restored],
    [t('left'), row.left],
  ];
  const known = figures.flatMap(([name, figure]) =>
    figure === null || figure === undefined ? [] : [[name, figure] as const],
  );
  if (known.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-2">
      {known.map(([name, figure]) => (
        <div key={name} className="border-line bg-surface min-w-28 rounded-lg border px-3 py-2">
          <dt className="text-muted text-xs">{name}</dt>
          <dd className="text-base font-semibold">{format.number(figure, 0)}</dd>
        </div>
      ))}
    </dl>
  );
}
