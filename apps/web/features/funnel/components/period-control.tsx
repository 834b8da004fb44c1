import { useTexts } from '../../../i18n/texts.ts';
import { Select } from '../../../ui/field.tsx';
import { reportTexts } from '../report.texts.ts';
import { PRESETS, periodOf, presetOf } from '../periods.ts';
import { reportDay, reportPeriod, withPeriod, type ReportSearch } from '../report-search.ts';
import { ControlLabel } from './control-label.tsx';
import { DayInput } from './day-input.tsx';

interface PeriodControlProps {
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
}

/** The period of a report: a usual one, or any days. */
export function PeriodControl({ search, onChange }: PeriodControlProps) {
  const t = useTexts(reportTexts);
  const today = reportDay(search);
  const { from, to } = reportPeriod(search);
  const chosen = presetOf({ from, to }, today) ?? 'custom';
  // Other days are chosen by changing the days that stand there.
  const values = [...PRESETS, ...(chosen === 'custom' ? (['custom'] as const) : [])] as const;
  const choices = values.map((value) => ({ value, label: t(`period.${value}`) }));
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <ControlLabel text={t('period')}>
        <Select
          choices={choices}
          value={chosen}
          onChange={({ target }) => {
            const preset = PRESETS.find((each) => each === target.value);
            if (preset) onChange(withPeriod(search, periodOf(preset, today)));
          }}
        />
      </ControlLabel>
      <span className="flex items-center gap-1.5">
        <DayInput
          label={t('periodFrom')}
          value={from}
          max={to}
          onChange={(day) => onChange(withPeriod(search, { from: day, to }))}
        />
        <span aria-hidden className="text-muted">
          –
        </span>
        <DayInput
          label={t('periodTo')}
          value={to}
          min={from}
          onChange={(day) => onChange(withPeriod(search, { from, to: day }))}
        />
      </span>
    </div>
  );
}
