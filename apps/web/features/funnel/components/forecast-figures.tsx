import { useTexts } from '../../../i18n/texts.ts';
import type { ForecastAnswer } from '../api/forecast.ts';
import { standingDeals } from '../deals-search.ts';
import { funnelTexts } from '../funnel.texts.ts';
import type { ReportSearch } from '../report-search.ts';
import type { KeyFigureProps } from './key-figure.tsx';
import { KeyFigures } from './key-figures.tsx';

interface ForecastFiguresProps {
  readonly search: ReportSearch;
  readonly answer: ForecastAnswer;
}

/** The forecast in one row of figures for each currency. */
export function ForecastFigures({ search, answer }: ForecastFiguresProps) {
  const t = useTexts(funnelTexts);
  const named = (name: string, currency: string) =>
    answer.totals.length > 1 ? t('inCurrency', { name, currency }) : name;
  const figures = answer.totals.flatMap(
    ({ currency, count, amount, expectedAmount, expectedByReps }): readonly KeyFigureProps[] => [
      {
        name: named(t('open'), currency),
        means: t('openWorth.means'),
        value: count,
        unit: 'count',
        to: standingDeals(search, { currency }),
      },
      {
        name: named(t('amount'), currency),
        means: t('amount.means'),
        value: amount,
        unit: { currency },
        to: standingDeals(search, { currency }),
      },
      {
        name: named(t('expected'), currency),
        means: t('expected.means'),
        value: expectedAmount,
        unit: { currency },
      },
      { name: named(t('byReps'), currency), means: t('byReps.means'), value: expectedByReps, unit: { currency } },
    ],
  );
  return <KeyFigures figures={figures} />;
}
