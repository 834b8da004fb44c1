import { useTexts } from '../i18n/texts.ts';
import { Select } from '../ui/field.tsx';
import { usePipelines } from './pipelines.ts';
import { pipelinesTexts } from './pipelines.texts.ts';

interface PipelineChoiceProps {
  /** As the address says it; the default one where left out. */
  readonly pipeline: string | undefined;
  readonly onChange: (pipeline: string) => void;
}

/** Which pipeline a page is about, where there is more than one. */
export function PipelineChoice({ pipeline = 'default', onChange }: PipelineChoiceProps) {
  const t = useTexts(pipelinesTexts);
  const { data } = usePipelines();
  const choices = data?.pipelines.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const isKnown = choices.some(({ value }) => value === pipeline);
  if (choices.length === 0 || (choices.length === 1 && isKnown)) return null;
  return (
    <Select
      aria-label={t('pipeline')}
      title={choices.find(({ value }) => value === pipeline)?.label}
      className="max-w-full truncate sm:max-w-56"
      value={pipeline}
      choices={isKnown ? choices : [{ value: pipeline, label: pipeline }, ...choices]}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
