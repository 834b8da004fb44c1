import { useTexts } from '../../../i18n/texts.ts';
import { Select } from '../../../ui/field.tsx';
import { reportTexts } from '../report.texts.ts';
import { COMPARISONS, comparedPeriod, comparisonOf } from '../periods.ts';
import { reportComparison, reportPeriod, withComparison, type ReportSearch } from '../report-search.ts';
import { ControlLabel } from './control-label.tsx';
import { DayInput } from './day-input.tsx';

interface ComparisonControlProps {
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
}

/** The period a report is compared with: the one before, the same a year ago, any days, or none. */
export function ComparisonControl({ search, onChange }: ComparisonControlProps) {
  const t = useTexts(reportTexts);
  const period = reportPeriod(search);
  const compared = reportComparison(search);
  const chosen = compared ? (comparisonOf(compared, period) ?? 'custom') : 'none';
  // Other days are chosen by changing the days that stand there.
  const values = ['none', ...COMPARISONS, ...(chosen === 'custom' ? (['custom'] as const) : [])] as const;
  const choices = values.map((value) => ({ value, label: t(`compare.${value}`) }));
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <ControlLabel text={t('compare')}>
        <Select
          choices={choices}
          value={chosen}
          onChange={({ target }) => {
            const comparison = COMPARISONS.find((each) => each === target.value);
            if (comparison) onChange(withComparison(search, comparedPeriod(comparison, period)));
            else if (target.value === 'none') onChange(withComparison(search, undefined));
          }}
        />
      </ControlLabel>
      {compared && (
        <span className="flex items-center gap-1.5">
          <DayInput
            label={t('compareFrom')}
            value={compared.from}
            max={compared.to}
            onChange={(day) => onChange(withComparison(search, { from: day, to: compared.to }))}
          />
          <span aria-hidden className="text-muted">
            –
          </span>
          <DayInput
            label={t('compareTo')}
            value={compared.to}
            min={compared.from}
            onChange={(day) => onChange(withComparison(search, { from: compared.from, to: day }))}
          />
        </span>
      )}
    </div>
  );
}
