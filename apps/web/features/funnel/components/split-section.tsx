import type { CutDimension } from '../../../filters/cut-search.ts';
import { useTexts } from '../../../i18n/texts.ts';
import type { Column } from '../../../ui/data-table.tsx';
import type { FunnelAnswer, FunnelReport } from '../api/funnel.ts';
import { endedDeals, flowingDeals, standingDeals, type DealsSearch } from '../deals-search.ts';
import type { FigureValue, Unit } from '../figures.ts';
import { currenciesOf, inCurrency } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import { reportTexts } from '../report.texts.ts';
import type { ReportSearch } from '../report-search.ts';
import { figureColumn, momentColumn, nameColumn, type ReportRow } from './figure-column.tsx';
import { SplitTable } from './split-table.tsx';

interface SplitSectionProps {
  readonly search: ReportSearch;
  readonly by: CutDimension;
  readonly answer: FunnelAnswer;
  readonly compared: FunnelAnswer | undefined;
}

/** The funnel once for each value of a dimension. */
export function SplitSection({ search, by, answer, compared }: SplitSectionProps) {
  const t = useTexts(reportTexts);
  const columns = useSplitColumns(t(`by.${by}`), answer.total);
  return <SplitTable search={search} by={by} groups={answer.groups} compared={compared?.groups} columns={columns} />;
}

function useSplitColumns(dimension: string, total: FunnelReport): readonly Column<ReportRow<FunnelReport>>[] {
  const t = useTexts(funnelTexts);
  const column = (
    id: string,
    name: string,
    unit: Unit,
    of: (report: FunnelReport) => FigureValue,
    to?: (search: ReportSearch) => DealsSearch,
  ) => figureColumn<FunnelReport>(id, name, unit, of, to && ((search) => to(search)));
  const money = (name: string, currency: string) => t('inCurrency', { name, currency });
  return [
    nameColumn<FunnelReport>(dimension),
    ...[
      column(
        'open',
        t('open'),
        'count',
        ({ open }) => open,
        (search) => standingDeals(search),
      ),
      ...currenciesOf(total.worth).flatMap((currency) => [
        column(
          `amount ${currency}`,
          money(t('amount'), currency),
          { currency },
          ({ worth }) => inCurrency(worth, currency)?.amount,
          (search) => standingDeals(search, { currency }),
        ),
        column(
          `weighted ${currency}`,
          money(t('weighted'), currency),
          { currency },
          ({ worth }) => inCurrency(worth, currency)?.weightedAmount,
        ),
      ]),
    ].map(momentColumn),
    column(
      'opened',
      t('opened'),
      'count',
      ({ period }) => period?.opened,
      (search) => flowingDeals(search, 'opened'),
    ),
    column(
      'won',
      t('won'),
      'count',
      ({ period }) => period?.won,
      (search) => endedDeals(search, 'won'),
    ),
    column(
      'lost',
      t('lost'),
      'count',
      ({ period }) => period?.lost,
      (search) => endedDeals(search, 'lost'),
    ),
    column('winRate', t('winRate'), 'share', ({ period }) => period?.winRate),
    ...currenciesOf(total.period?.wonAmounts).map((currency) =>
      column(
        `averageWon ${currency}`,
        money(t('averageWon'), currency),
        { currency },
        ({ period }) => inCurrency(period?.wonAmounts, currency)?.mean,
        (search) => endedDeals(search, 'won', { currency }),
      ),
    ),
    column('cycle', t('cycle'), 'days', ({ period }) => period?.cycleDaysOfWon.median),
    ...currenciesOf(total.period?.velocity).map((currency) =>
      column(
        `velocity ${currency}`,
        money(t('velocity'), currency),
        { currency },
        ({ period }) => inCurrency(period?.velocity, currency)?.minorUnitsPerDay,
      ),
    ),
  ];
}
