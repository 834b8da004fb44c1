import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ChartColumn } from 'lucide-react';
import { useCallback } from 'react';
import { ErrorNotice } from '../../../ui/notices.tsx';
import { useForecast } from '../api/forecast.ts';
import { reportSearch, type ReportSearch } from '../report-search.ts';
import { CategoriesSection } from './categories-section.tsx';
import { ForecastFigures } from './forecast-figures.tsx';
import { ForecastStagesSection } from './forecast-stages-section.tsx';
import { MonthsSection } from './months-section.tsx';
import { NothingHere } from './nothing-here.tsx';
import { ReportFrame } from './report-frame.tsx';
import { ReportSkeleton } from './report-skeleton.tsx';
import { TargetSection } from './target-section.tsx';

const route = getRouteApi('/forecast');

/** What the open deals are expected to bring and when, by the stages and by the reps, and where the funnel starves. */
export function ForecastPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const change = useCallback(
    (next: ReportSearch) => void navigate({ to: '/forecast', search: reportSearch({ ...next, ignored: undefined }) }),
    [navigate],
  );
  const { data: answer, error, refetch } = useForecast(search);
  const shared = { search, onChange: change };
  const isEmpty = answer?.open === 0;
  return (
    <ReportFrame report="forecast" {...shared} at={answer?.at}>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!answer && !error && <ReportSkeleton />}
      {answer &&
        (isEmpty ? (
          <NothingHere report="forecast" icon={ChartColumn} {...shared} />
        ) : (
          <>
            <ForecastFigures search={search} answer={answer} />
            <MonthsSection {...shared} answer={answer} />
            <ForecastStagesSection search={search} answer={answer} />
            <CategoriesSection search={search} answer={answer} />
            <TargetSection {...shared} answer={answer} />
          </>
        ))}
    </ReportFrame>
  );
}
