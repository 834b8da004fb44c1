import { useCallback } from 'react';
import { CUT_DIMENSIONS, cutSearch } from '../../../filters/cut-search.ts';
import { FilterBar } from '../../../filters/filter-bar.tsx';
import type { FilterChanges } from '../../../filters/filter-changes.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { PipelineChoice } from '../../../pipelines/pipeline-choice.tsx';
import { Select } from '../../../ui/field.tsx';
import { reportTexts } from '../report.texts.ts';
import { isOverPeriod, reportSearch, type Report, type ReportSearch } from '../report-search.ts';
import { AsOfControl } from './as-of-control.tsx';
import { ComparisonControl } from './comparison-control.tsx';
import { ControlLabel } from './control-label.tsx';
import { FromStageControl } from './from-stage-control.tsx';
import { PeriodControl } from './period-control.tsx';

interface ReportControlsProps {
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
  readonly report: Report;
}

/** What a report is about: which deals, which days, compared with which, split by what, and as of when. */
export function ReportControls({ search, onChange, report }: ReportControlsProps) {
  const t = useTexts(reportTexts);
  const overPeriod = isOverPeriod(report);
  const narrow = useCallback(
    (changes: FilterChanges) => onChange(reportSearch({ ...search, ...changes })),
    [onChange, search],
  );
  return (
    <section
      aria-label={t('controls')}
      data-print="hidden"
      className="border-line bg-surface flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border p-2"
    >
      <PipelineChoice
        pipeline={search.pipeline}
        onChange={(pipeline) =>
          onChange(reportSearch({ ...search, pipeline, splitStage: undefined, fromStage: undefined }))
        }
      />
      {overPeriod && <PeriodControl search={search} onChange={onChange} />}
      {overPeriod && <ComparisonControl search={search} onChange={onChange} />}
      {overPeriod && (
        <ControlLabel text={t('by')}>
          <Select
            choices={(['none', ...CUT_DIMENSIONS] as const).map((value) => ({ value, label: t(`by.${value}`) }))}
            value={search.by ?? 'none'}
            onChange={({ target }) => onChange(reportSearch({ ...search, by: target.value }))}
          />
        </ControlLabel>
      )}
      {report === 'funnel' && <FromStageControl search={search} onChange={onChange} />}
      <AsOfControl search={search} onChange={onChange} />
      <FilterBar search={cutSearch({ ...search })} onChange={narrow} />
    </section>
  );
}
