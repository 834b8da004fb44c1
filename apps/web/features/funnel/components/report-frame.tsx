import { Link } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFilterWords } from '../../../filters/active-filters.ts';
import { cutSearch } from '../../../filters/cut-search.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useStages } from '../../../pipelines/pipelines.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import { UnknownPipeline, useIsUnknown } from '../../../pipelines/unknown-pipeline.tsx';
import { usePageTitle } from '../../../shell/page-title.ts';
import { Button } from '../../../ui/button.tsx';
import { PrintedWords } from '../../../ui/printed-words.tsx';
import { reportTexts } from '../report.texts.ts';
import {
  REPORT_PAGES,
  isOverPeriod,
  reportComparison,
  reportPeriod,
  type Report,
  type ReportSearch,
} from '../report-search.ts';
import { AsOfBanner } from './as-of-control.tsx';
import { IgnoredNotice } from './ignored-notice.tsx';
import { ReportControls } from './report-controls.tsx';

const REPORTS = ['funnel', 'forecast', 'winLoss'] as const;

interface ReportFrameProps {
  readonly report: Report;
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
  /** The moment the figures are of, once they are there. */
  readonly at?: string | undefined;
  readonly children: ReactNode;
}

/** What surrounds every report: its name, its controls, and on paper what was chosen, in words. */
export function ReportFrame({ report, search, onChange, at, children }: ReportFrameProps) {
  const t = useTexts(reportTexts);
  const name = t(report);
  const isUnknown = useIsUnknown(search.pipeline);
  usePageTitle(name);
  return (
    <div className="mx-auto flex max-w-[1500px] flex-col gap-4 p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <h1 className="text-base font-semibold">{name}</h1>
          <nav aria-label={t('reports')} data-print="hidden" className="flex gap-3 text-sm">
            {REPORTS.filter((each) => each !== report).map((each) => (
              <Link
                key={each}
                to={REPORT_PAGES[each]}
                search={search}
                title={t('sameCut', { report: t(each) })}
                className="text-muted hover:text-ink underline underline-offset-3"
              >
                {t(each)}
              </Link>
            ))}
          </nav>
        </div>
        <Button look="quiet" data-print="hidden" onClick={() => globalThis.print()}>
          <Printer size={14} aria-hidden /> {t('print')}
        </Button>
      </div>
      <ReportControls search={search} onChange={onChange} report={report} />
      <PrintedChoices search={search} report={report} at={at} />
      {search.ignored && <IgnoredNotice ignored={search.ignored} />}
      {search.asOf !== undefined && <AsOfBanner asOf={search.asOf} />}
      {isUnknown && search.pipeline !== undefined ? (
        <UnknownPipeline page={REPORT_PAGES[report]} pipeline={search.pipeline} />
      ) : (
        children
      )}
    </div>
  );
}

interface PrintedChoicesProps {
  readonly search: ReportSearch;
  readonly report: Report;
  readonly at: string | undefined;
}

/** On paper there are no controls: what they say stands there in words. */
function PrintedChoices({ search, report, at }: PrintedChoicesProps) {
  const t = useTexts(reportTexts);
  const nameOf = useStageName();
  const stages = useStages(search.pipeline);
  const format = useFormat();
  const days = ({ from, to }: { readonly from: string; readonly to: string }) =>
    t('periodDays', { from: format.day(from), to: format.day(to) });
  const stageOf = (stageId: string) => {
    const stage = stages.find(({ id }) => id === stageId);
    return stage ? nameOf(stage) : stageId;
  };
  const overPeriod = isOverPeriod(report);
  const compared = reportComparison(search);
  // Reports are not narrowed by amount.
  const filters = useFilterWords({ search: cutSearch({ ...search }), currency: 'USD' });
  const { fromStage, splitStage, target, targetCurrency } = search;
  const words = [
    ...(overPeriod ? [t('printed', { name: t('period'), value: days(reportPeriod(search)) })] : []),
    ...(overPeriod && compared ? [t('comparedWith', { period: days(compared) })] : []),
    ...(overPeriod && search.by ? [t('printed', { name: t('by'), value: t(`by.${search.by}`) })] : []),
    ...(report === 'funnel' && search.by && splitStage
      ? [t('printed', { name: t('splitStage'), value: stageOf(splitStage) })]
      : []),
    ...(report === 'funnel' && fromStage ? [t('printed', { name: t('fromStage'), value: stageOf(fromStage) })] : []),
    ...(report === 'forecast' && target !== undefined && targetCurrency
      ? [t('printed', { name: t('target'), value: format.money(target, targetCurrency) })]
      : []),
    ...(search.pipeline ? [t('printed', { name: t('pipeline'), value: search.pipeline })] : []),
    ...filters,
    ...(at === undefined ? [] : [t('atMoment', { moment: format.moment(at) })]),
  ];
  return <PrintedWords words={words} />;
}
