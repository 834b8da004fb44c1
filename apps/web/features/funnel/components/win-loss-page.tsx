import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Scale } from 'lucide-react';
import { useCallback } from 'react';
import { useTexts } from '../../../i18n/texts.ts';
import { ErrorNotice } from '../../../ui/notices.tsx';
import { useComparedWinLoss, useWinLoss } from '../api/win-loss.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { reportSearch, type ReportSearch } from '../report-search.ts';
import { LossesSection } from './losses-section.tsx';
import { LossSharesSection } from './loss-shares-section.tsx';
import { NothingHere } from './nothing-here.tsx';
import { ReportFrame } from './report-frame.tsx';
import { ReportSkeleton } from './report-skeleton.tsx';
import { WinLossFigures } from './win-loss-figures.tsx';
import { WinLossSplitSection } from './win-loss-split-section.tsx';

const route = getRouteApi('/win-loss');

/** What was won and lost in a period, why and to whom. */
export function WinLossPage() {
  const t = useTexts(funnelTexts);
  const search = route.useSearch();
  const navigate = useNavigate();
  const change = useCallback(
    (next: ReportSearch) => void navigate({ to: '/win-loss', search: reportSearch({ ...next, ignored: undefined }) }),
    [navigate],
  );
  const { data: answer, error, refetch } = useWinLoss(search);
  const { data: compared, error: comparedError, refetch: refetchCompared } = useComparedWinLoss(search);
  const shared = { search, onChange: change };
  const total = answer?.total;
  return (
    <ReportFrame report="winLoss" {...shared} at={answer?.at}>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && comparedError && <ErrorNotice error={comparedError} onRetry={() => void refetchCompared()} />}
      {!answer && !error && <ReportSkeleton />}
      {answer &&
        total &&
        (total.won + total.lost + total.terminated === 0 ? (
          <NothingHere report="winLoss" icon={Scale} {...shared} />
        ) : (
          <>
            <WinLossFigures search={search} report={total} compared={compared?.total} />
            <LossSharesSection
              title={t('reasons')}
              of="reason"
              search={search}
              shares={total.reasons}
              compared={compared?.total.reasons}
            />
            <LossSharesSection
              title={t('competitors')}
              of="competitor"
              search={search}
              shares={total.competitors}
              compared={compared?.total.competitors}
            />
            {search.by && <WinLossSplitSection search={search} by={search.by} answer={answer} compared={compared} />}
            <LossesSection search={search} />
          </>
        ))}
    </ReportFrame>
  );
}
