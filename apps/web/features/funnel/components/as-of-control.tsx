import { History } from 'lucide-react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { reportTexts } from '../report.texts.ts';
import { reportDay, withDay, type ReportSearch } from '../report-search.ts';
import { DayInput } from './day-input.tsx';

interface AsOfControlProps {
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
}

/** The day at whose end a report is as of, and the way back to now. */
export function AsOfControl({ search, onChange }: AsOfControlProps) {
  const t = useTexts(reportTexts);
  return (
    <div className="flex items-center gap-1.5">
      <DayInput
        labelled
        label={t('asOf')}
        value={search.asOf?.slice(0, 10)}
        max={reportDay({})}
        onChange={(day) => onChange(withDay(search, day))}
      />
      <Button
        title={t('nowHint')}
        disabled={search.asOf === undefined}
        onClick={() => onChange(withDay(search, undefined))}
      >
        {t('now')}
      </Button>
    </div>
  );
}

/** Says that nothing on the page is of today. */
export function AsOfBanner({ asOf }: { readonly asOf: string }) {
  const t = useTexts(reportTexts);
  const format = useFormat();
  return (
    <p role="status" className="bg-accent-soft flex flex-wrap items-center gap-x-2 rounded-lg px-3 py-2 text-sm">
      <History size={16} aria-hidden className="shrink-0" />
      <strong className="font-semibold">
        {asOf.includes('T')
          ? t('asOfMomentBanner', { moment: format.moment(asOf) })
          : t('asOfBanner', { day: format.day(asOf) })}
      </strong>
      <span>{t('asOfHint')}</span>
    </p>
  );
}
