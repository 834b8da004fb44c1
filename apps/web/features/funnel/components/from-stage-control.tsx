import { useTexts } from '../../../i18n/texts.ts';
import { useStages } from '../../../pipelines/pipelines.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import { Select } from '../../../ui/field.tsx';
import { reportTexts } from '../report.texts.ts';
import { reportSearch, type ReportSearch } from '../report-search.ts';
import { ControlLabel } from './control-label.tsx';

interface FromStageControlProps {
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
}

/** From which stage on open deals count for the velocity: what stands before it may hardly be a deal yet. */
export function FromStageControl({ search, onChange }: FromStageControlProps) {
  const t = useTexts(reportTexts);
  const nameOf = useStageName();
  const { pipeline, fromStage = '' } = search;
  const stages = useStages(pipeline).map((stage) => ({ value: stage.id, label: nameOf(stage) }));
  const isKnown = fromStage === '' || stages.some(({ value }) => value === fromStage);
  return (
    <ControlLabel text={t('fromStage')}>
      <Select
        value={fromStage}
        choices={[
          { value: '', label: t('fromStage.all') },
          ...stages,
          ...(isKnown ? [] : [{ value: fromStage, label: fromStage }]),
        ]}
        onChange={({ target }) => onChange(reportSearch({ ...search, fromStage: target.value || undefined }))}
      />
    </ControlLabel>
  );
}
