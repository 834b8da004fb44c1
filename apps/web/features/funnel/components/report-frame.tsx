import { Link } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { CUT_DIMENSIONS } from '../../../filters/cut-search.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { UnknownPipeline, useIsUnknown } from '../../../pipelines/unknown-pipeline.tsx';
import { usePageTitle } from '../../../shell/page-title.ts';
import { Button } from '../../../ui/button.tsx';
import { reportTexts } from '../report.texts.ts';
import { REPORT_PAGES, reportComparison, reportPeriod, type ReportSearch } from '../report-search.ts';
import { AsOfBanner } from './as-of-control.tsx';
import { ReportControls } from './report-controls.tsx';

const REPORTS = ['funnel', 'forecast', 'winLoss'] as const;

interface ReportFrameProps {
  readonly report: 'funnel' | 'forecast' | 'winLoss';
  readonly search: ReportSearch;
  readonly onChange: (search: ReportSearch) => void;
  /** Whether the report is over a period, which can be compared and split. */
  readonly overPeriod: boolean;
  /** The moment the figures are of, once they are there. */
  readonly at?: string | undefined;
  readonly children: ReactNode;
}

/** What surrounds every report: its name, its controls, and on paper what was chosen, in words. */
export function ReportFrame({ report, search, onChange, overPeriod, at, children }: ReportFrameProps) {
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
      <ReportControls search={search} onChange={onChange} overPeriod={overPeriod} />
      <PrintedChoices search={search} overPeriod={overPeriod} at={at} />
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
  readonly overPeriod: boolean;
  readonly at: string | undefined;
}

/** On paper there are no controls: what they say stands there in words. */
function PrintedChoices({ search, overPeriod, at }: PrintedChoicesProps) {
  const t = useTexts(reportTexts);
  const format = useFormat();
  const days = ({ from, to }: { readonly from: string; readonly to: string }) =>
    t('periodDays', { from: format.day(from), to: format.day(to) });
  const compared = reportComparison(search);
  const words = [
    ...(overPeriod ? [t('printed', { name: t('period'), value: days(reportPeriod(search)) })] : []),
    ...(overPeriod && compared ? [t('comparedWith', { period: days(compared) })] : []),
    ...(overPeriod && search.by ? [t('printed', { name: t('by'), value: t(`by.${search.by}`) })] : []),
    ...(search.pipeline ? [t('printed', { name: t('pipeline'), value: search.pipeline })] : []),
    ...CUT_DIMENSIONS.flatMap((dimension) => {
      const values = search[dimension];
      return values ? [t('printed', { name: t(`by.${dimension}`), value: values.join(', ') })] : [];
    }),
    ...(at === undefined ? [] : [t('atMoment', { moment: format.moment(at) })]),
  ];
  return <p className="hidden text-sm print:block">{words.join(' · ')}</p>;
}
