import { useTexts } from '../../../i18n/texts.ts';
import type { FunnelReport } from '../api/funnel.ts';
import { endedDeals, flowingDeals, standingDeals } from '../deals-search.ts';
import { currenciesOf, inCurrency } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import type { ReportSearch } from '../report-search.ts';
import type { KeyFigureProps } from './key-figure.tsx';
import { KeyFigures } from './key-figures.tsx';

interface FunnelFiguresProps {
  readonly search: ReportSearch;
  readonly report: FunnelReport;
  readonly compared: FunnelReport | undefined;
}

/** The funnel in one row of figures. Only those of the period have others to compare with. */
export function FunnelFigures({ search, report, compared }: FunnelFiguresProps) {
  const t = useTexts(funnelTexts);
  const now = report.period;
  const then = compared?.period;
  const was = (value: number | null | undefined) => (then ? { was: value ?? null } : {});
  const worthCurrencies = currenciesOf(report.worth);
  const wonCurrencies = currenciesOf(now?.wonAmounts, then?.wonAmounts);
  const named = (name: string, currencies: readonly string[], currency: string) =>
    currencies.length > 1 ? t('inCurrency', { name, currency }) : name;
  const figures: readonly KeyFigureProps[] = [
    { name: t('open'), means: t('open.means'), value: report.open, unit: 'count', to: standingDeals(search) },
    ...worthCurrencies.flatMap((currency): readonly KeyFigureProps[] => [
      {
        name: named(t('amount'), worthCurrencies, currency),
        means: t('amount.means'),
        value: inCurrency(report.worth, currency)?.amount,
        unit: { currency },
        to: standingDeals(search, { currency }),
      },
      {
        name: named(t('weighted'), worthCurrencies, currency),
        means: t('weighted.means'),
        value: inCurrency(report.worth, currency)?.weightedAmount,
        unit: { currency },
      },
    ]),
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
    {
      name: t('won'),
      means: t('won.means'),
      value: now?.won,
      unit: 'count',
      ...was(then?.won),
      to: endedDeals(search, 'won'),
    },
    {
      name: t('lost'),
      means: t('lost.means'),
      value: now?.lost,
      unit: 'count',
      ...was(then?.lost),
      to: endedDeals(search, 'lost'),
    },
    {
      name: t('terminated'),
      means: t('terminated.means'),
      value: now?.terminated,
      unit: 'count',
      ...was(then?.terminated),
      to: endedDeals(search, 'terminated'),
    },
    { name: t('winRate'), means: t('winRate.means'), value: now?.winRate, unit: 'share', ...was(then?.winRate) },
    ...wonCurrencies.map((currency): KeyFigureProps => ({
      name: named(t('averageWon'), wonCurrencies, currency),
      means: t('averageWon.means'),
      value: inCurrency(now?.wonAmounts, currency)?.mean,
      unit: { currency },
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
    ...currenciesOf(now?.velocity).map((currency): KeyFigureProps => ({
      name: named(t('velocity'), wonCurrencies, currency),
      means: t('velocity.means'),
      value: inCurrency(now?.velocity, currency)?.minorUnitsPerDay,
      unit: { currency },
      ...was(inCurrency(then?.velocity, currency)?.minorUnitsPerDay),
    })),
  ];
  return <KeyFigures figures={figures} />;
}
