import { Link } from '@tanstack/react-router';
import { useTexts } from '../i18n/texts.ts';
import { usePipelines } from './pipelines.ts';
import { pipelinesTexts } from './pipelines.texts.ts';

/** A page that is about one pipeline. */
export type PipelinePage = '/board' | '/deals' | '/funnel' | '/forecast' | '/win-loss';

interface PipelineLinksProps {
  readonly page: PipelinePage;
  /** The one that is shown. */
  readonly except: string | undefined;
}

/** Links to the same page of the other pipelines. */
export function PipelineLinks({ page, except = 'default' }: PipelineLinksProps) {
  const t = useTexts(pipelinesTexts);
  const { data } = usePipelines();
  return data?.pipelines
    .filter(({ id }) => id !== except)
    .map(({ id, name }) => (
      <Link key={id} to={page} search={{ pipeline: id }} className="text-accent text-sm underline">
        {t('toPipeline', { name })}
      </Link>
    ));
}
