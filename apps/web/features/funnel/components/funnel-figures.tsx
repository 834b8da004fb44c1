import { useTexts } from '../../../i18n/texts.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import type { FunnelReport } from '../api/funnel.ts';
import { endedDeals, flowingDeals, standingDeals } from '../deals-search.ts';
import { currenciesOf, inCurrency } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import type { ReportSearch } from '../report-search.ts';
import type { KeyFigureProps } from './key-figure.tsx';
import { KeyFigures } from './key-figures.tsx';
import { useMoneyFigures } from './use-money-figures.ts';

interface FunnelFiguresProps {
  readonly search: ReportSearch;
  readonly report: FunnelReport;
  readonly compared: FunnelReport | undefined;
}

/**
 * The funnel in one row of figures. Only those of the period have others to compare with: velocity counts the deals that
 * are open at the moment of the report, which the other period does not tell.
 */
export function FunnelFigures({ search, report, compared }: FunnelFiguresProps) {
  const t = useTexts(funnelTexts);
  const nameOf = useStageName();
  const moneyFigures = useMoneyFigures();
  const now = report.period;
  const then = compared?.period;
  const was = (value: number | null | undefined) => (then ? { was: value ?? null } : {});
  const worthCurrencies = currenciesOf(report.worth);
  const wonCurrencies = currenciesOf(now?.wonAmounts, then?.wonAmounts);
  const fromStage = report.stages.find(({ id }) => id === search.fromStage);
  const ended = (['won', 'lost', 'terminated'] as const).map((outcome): KeyFigureProps => ({
    name: t(outcome),
    means: t(`${outcome}.means`),
    value: now?.[outcome],
    unit: 'count',
    ...was(then?.[outcome]),
    to: endedDeals(search, outcome),
  }));
  const figures: readonly KeyFigureProps[] = [
    { name: t('open'), means: t('open.means'), value: report.open, unit: 'count', to: standingDeals(search) },
    ...moneyFigures({ name: t('amount'), means: t('amount.means') }, worthCurrencies, (currency) => ({
      value: inCurrency(report.worth, currency)?.amount,
      to: standingDeals(search, { currency }),
    })),
    ...moneyFigures({ name: t('weighted'), means: t('weighted.means') }, worthCurrencies, (currency) => ({
      value: inCurrency(report.worth, currency)?.weightedAmount,
      to: standingDeals(search, { currency }),
    })),
    {
      name: t('stalled'),
      means: t('stalled.means'),
      value: report.stalled,
      unit: 'count',
      to: standingDeals(search, { stalled: true }),
    },
    {
      name: t('suspended'),
      means: t('suspended.means'),
      value: report.suspended,
      unit: 'count',
      to: standingDeals(search, { status: 'suspended' }),
    },
    {
      name: t('opened'),
      means: t('opened.means'),
      value: now?.opened,
      unit: 'count',
      ...was(then?.opened),
      to: flowingDeals(search, 'opened'),
    },
    ...ended,
    {
      name: t('winRate'),
      means: t('winRate.means'),
      value: now?.winRate,
      unit: 'share',
      ...was(then?.winRate),
      to: endedDeals(search, 'decided'),
    },
    ...moneyFigures({ name: t('averageWon'), means: t('averageWon.means') }, wonCurrencies, (currency) => ({
      value: inCurrency(now?.wonAmounts, currency)?.mean,
      ...was(inCurrency(then?.wonAmounts, currency)?.mean),
      to: endedDeals(search, 'won', { currency }),
    })),
    {
      name: t('cycle'),
      means: t('cycle.means'),
      value: now?.cycleDaysOfWon.median,
      unit: 'days',
      ...was(then?.cycleDaysOfWon.median),
      to: endedDeals(search, 'won'),
    },
    ...moneyFigures(
      {
        name: fromStage ? t('velocityFrom', { stage: nameOf(fromStage) }) : t('velocity'),
        means: t('velocity.means'),
      },
      currenciesOf(now?.wonAmounts),
      (currency) => ({
        value: inCurrency(now?.velocity, currency)?.minorUnitsPerDay,
        to: endedDeals(search, 'won', { currency }),
      }),
    ),
  ];
  return <KeyFigures figures={figures} />;
}
