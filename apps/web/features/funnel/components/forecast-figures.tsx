import { useTexts } from '../../../i18n/texts.ts';
import type { ForecastAnswer } from '../api/forecast.ts';
import { JUDGED, standingDeals } from '../deals-search.ts';
import { currenciesOf, inCurrency } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import type { ReportSearch } from '../report-search.ts';
import { KeyFigures } from './key-figures.tsx';
import { useMoneyFigures } from './use-money-figures.ts';

interface ForecastFiguresProps {
  readonly search: ReportSearch;
  readonly answer: ForecastAnswer;
}

/** The forecast in one row of figures. */
export function ForecastFigures({ search, answer }: ForecastFiguresProps) {
  const t = useTexts(funnelTexts);
  const moneyFigures = useMoneyFigures();
  const currencies = currenciesOf(answer.totals);
  const total = (currency: string) => inCurrency(answer.totals, currency);
  const figures = [
    {
      name: t('open'),
      means: t('open.means'),
      value: answer.open,
      unit: 'count' as const,
      to: standingDeals(search),
    },
    ...moneyFigures({ name: t('amount'), means: t('amount.means') }, currencies, (currency) => ({
      value: total(currency)?.amount,
      to: standingDeals(search, { currency }),
    })),
    ...moneyFigures({ name: t('expected'), means: t('expected.means') }, currencies, (currency) => ({
      value: total(currency)?.expectedAmount,
      to: standingDeals(search, { currency }),
    })),
    ...moneyFigures({ name: t('byReps'), means: t('byReps.means') }, currencies, (currency) => ({
      value: total(currency)?.expectedByReps,
      to: standingDeals(search, { currency, forecastCategory: JUDGED }),
    })),
  ];
  return <KeyFigures figures={figures} />;
}
