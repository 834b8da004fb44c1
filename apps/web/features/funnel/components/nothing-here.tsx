import { Link, Navigate } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';
import { cutSearch } from '../../../filters/cut-search.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useDealCount, useFirstWithDeals } from '../../../pipelines/deal-count.ts';
import { PipelineLinks } from '../../../pipelines/pipeline-links.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyNotice } from '../../../ui/notices.tsx';
import { funnelTexts } from '../funnel.texts.ts';
import { periodOf } from '../periods.ts';
import { REPORT_PAGES, reportDay, withPeriod, type Report, type ReportSearch } from '../report-search.ts';
import { ReportSkeleton } from './report-skeleton.tsx';

interface NothingHereProps {
  readonly report: Report;
  readonly icon: LucideIcon;
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
}

const HINTS = { funnel: 'emptyHint', forecast: 'emptyForecastHint', winLoss: 'emptyWinLossHint' } as const;

/** Nothing to report in this cut and period, and what shows more. */
export function NothingHere({ report, icon, search, onChange }: NothingHereProps) {
  const t = useTexts(funnelTexts);
  const deals = useDealCount(search.pipeline);
  // Whoever names no pipeline wants to see deals, wherever they are.
  const isAnywhere = deals === 0 && search.pipeline === undefined;
  const elsewhere = useFirstWithDeals(isAnywhere);
  if (isAnywhere && elsewhere === undefined) return <ReportSkeleton />;
  if (isAnywhere && elsewhere)
    return <Navigate to={REPORT_PAGES[report]} search={{ ...search, pipeline: elsewhere }} replace />;
  if (deals === 0) {
    return (
      <EmptyNotice icon={icon} title={t('noDealsTitle')} hint={t('noDealsHint')}>
        <Link to="/imports" className="text-accent text-sm underline">
          {t('toImport')}
        </Link>
        <PipelineLinks page={REPORT_PAGES[report]} except={search.pipeline} />
      </EmptyNotice>
    );
  }
  const cut = new Set(Object.keys(cutSearch({ ...search })).filter((name) => name !== 'pipeline'));
  const withoutFilters = Object.fromEntries(Object.entries(search).filter(([name]) => !cut.has(name)));
  return (
    <EmptyNotice icon={icon} title={t('emptyTitle')} hint={t(HINTS[report])}>
      <div className="flex gap-2">
        {cut.size > 0 && <Button onClick={() => onChange(withoutFilters)}>{t('clearFilters')}</Button>}
        {report !== 'forecast' && (
          <Button onClick={() => onChange(withPeriod(search, periodOf('last12Months', reportDay(search))))}>
            {t('longerPeriod')}
          </Button>
        )}
      </div>
      <PipelineLinks page={REPORT_PAGES[report]} except={search.pipeline} />
    </EmptyNotice>
  );
}
