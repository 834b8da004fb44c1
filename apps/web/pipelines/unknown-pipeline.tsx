import { SearchX } from 'lucide-react';
import { useTexts } from '../i18n/texts.ts';
import { EmptyNotice } from '../ui/notices.tsx';
import { PipelineLinks, type PipelinePage } from './pipeline-links.tsx';
import { usePipelines } from './pipelines.ts';
import { pipelinesTexts } from './pipelines.texts.ts';

/** Whether an address names a pipeline that is not there, once it is known which are. */
export function useIsUnknown(pipeline: string | undefined): boolean {
  const { data } = usePipelines();
  return pipeline !== undefined && data !== undefined && data.pipelines.every(({ id }) => id !== pipeline);
}

/** Says that there is no such pipeline, and leads to those there are. */
export function UnknownPipeline({ page, pipeline }: { readonly page: PipelinePage; readonly pipeline: string }) {
  const t = useTexts(pipelinesTexts);
  return (
    <EmptyNotice icon={SearchX} title={t('unknownTitle', { id: pipeline })} hint={t('unknownHint')}>
      <PipelineLinks page={page} except={pipeline} />
    </EmptyNotice>
  );
}
