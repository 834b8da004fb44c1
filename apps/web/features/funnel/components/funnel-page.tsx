import { getRouteApi } from '@tanstack/react-router';
import { Filter } from 'lucide-react';
import { useCallback } from 'react';
import { ErrorNotice } from '../../../ui/notices.tsx';
import { useComparedFunnel, useFunnel, type FunnelReport } from '../api/funnel.ts';
import { reportSearch, type ReportSearch } from '../report-search.ts';
import { FlowSection } from './flow-section.tsx';
import { FunnelFigures } from './funnel-figures.tsx';
import { NothingHere } from './nothing-here.tsx';
import { ReportFrame } from './report-frame.tsx';
import { ReportSkeleton } from './report-skeleton.tsx';
import { SplitSection } from './split-section.tsx';
import { StandingSection } from './standing-section.tsx';

const route = getRouteApi('/funnel');

/** The funnel of a pipeline: where the deals stand, what went through in a period, and how it was as of any day. */
export function FunnelPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (next: ReportSearch) => void navigate({ to: '/funnel', search: reportSearch({ ...next, ignored: undefined }) }),
    [navigate],
  );
  const { data: answer, error, refetch } = useFunnel(search);
  const { data: compared, error: comparedError, refetch: refetchCompared } = useComparedFunnel(search);
  const shared = { search, onChange: change };
  return (
    <ReportFrame report="funnel" {...shared} at={answer?.at}>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && comparedError && <ErrorNotice error={comparedError} onRetry={() => void refetchCompared()} />}
      {!answer && !error && <ReportSkeleton />}
      {answer &&
        (isEmpty(answer.total) ? (
          <NothingHere report="funnel" icon={Filter} {...shared} />
        ) : (
          <>
            <FunnelFigures search={search} report={answer.total} compared={compared?.total} />
            <StandingSection {...shared} report={answer.total} />
            <FlowSection {...shared} report={answer.total} compared={compared?.total} />
            {search.by && <SplitSection {...shared} by={search.by} answer={answer} compared={compared} />}
          </>
        ))}
    </ReportFrame>
  );
}

function isEmpty({ open, suspended, period, stages }: FunnelReport): boolean {
  const moved = stages.some((stage) => stage.period && stage.period.entered + stage.period.left > 0);
  return open + suspended === 0 && !moved && !period?.opened && !period?.won && !period?.lost;
}
