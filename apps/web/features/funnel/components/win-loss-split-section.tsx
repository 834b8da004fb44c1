import type { CutDimension } from '../../../filters/cut-search.ts';
import { useTexts } from '../../../i18n/texts.ts';
import type { Column } from '../../../ui/data-table.tsx';
import type { WinLossAnswer, WinLossReport } from '../api/win-loss.ts';
import { endedDeals } from '../deals-search.ts';
import { currenciesOf, inCurrency } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { reportTexts } from '../report.texts.ts';
import { useReasonName } from '../../../terms/loss-reason.ts';
import type { ReportSearch } from '../report-search.ts';
import { figureColumn, nameColumn, type ReportRow } from './figure-column.tsx';
import { SplitTable } from './split-table.tsx';

interface WinLossSplitSectionProps {
  readonly search: ReportSearch;
  readonly by: CutDimension;
  readonly answer: WinLossAnswer;
  readonly compared: WinLossAnswer | undefined;
}

/** Won against lost once for each value of a dimension. */
export function WinLossSplitSection({ search, by, answer, compared }: WinLossSplitSectionProps) {
  const t = useTexts(reportTexts);
  const columns = useSplitColumns(t(`by.${by}`), answer.total);
  return (
    <SplitTable
      search={search}
      by={by}
      groups={answer.groups}
      compared={compared?.groups}
      columns={columns}
      total={answer.total}
    />
  );
}

function useSplitColumns(dimension: string, total: WinLossReport): readonly Column<ReportRow<WinLossReport>>[] {
  const t = useTexts(funnelTexts);
  const reasonName = useReasonName();
  const mainReason = ({ reasons }: WinLossReport) => {
    const [first] = reasons;
    return first ? (first.value === null ? t('noReason') : reasonName(first.value)) : '';
  };
  const counts = (['won', 'lost', 'terminated'] as const).map((outcome) =>
    figureColumn<WinLossReport>(
      outcome,
      t(outcome),
      'count',
      (report) => report[outcome],
      (search) => endedDeals(search, outcome),
    ),
  );
  const amounts = (['won', 'lost'] as const).flatMap((outcome) =>
    currenciesOf(total[`${outcome}Amounts`]).map((currency) =>
      figureColumn<WinLossReport>(
        `${outcome} ${currency}`,
        t('inCurrency', { name: t(`${outcome}Amount`), currency }),
        { currency },
        (report) => inCurrency(report[`${outcome}Amounts`], currency)?.amount ?? 0,
        (search) => endedDeals(search, outcome, { currency }),
      ),
    ),
  );
  return [
    nameColumn<WinLossReport>(dimension),
    ...counts,
    figureColumn<WinLossReport>(
      'winRate',
      t('winRate'),
      'share',
      ({ winRate }) => winRate,
      (search) => endedDeals(search, 'decided'),
    ),
    ...amounts,
    {
      id: 'reason',
      header: t('mainReason'),
      cell: ({ of }) => mainReason(of),
      csv: ({ of }) => mainReason(of),
    },
  ];
}
