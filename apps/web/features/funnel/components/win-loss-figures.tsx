import { useTexts } from '../../../i18n/texts.ts';
import type { WinLossReport } from '../api/win-loss.ts';
import { endedDeals } from '../deals-search.ts';
import { currenciesOf, inCurrency } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import type { ReportSearch } from '../report-search.ts';
import type { KeyFigureProps } from './key-figure.tsx';
import { KeyFigures } from './key-figures.tsx';
import { useMoneyFigures } from './use-money-figures.ts';

interface WinLossFiguresProps {
  readonly search: ReportSearch;
  readonly report: WinLossReport;
  readonly compared: WinLossReport | undefined;
}

/** Won against lost in one row of figures. */
export function WinLossFigures({ search, report, compared }: WinLossFiguresProps) {
  const t = useTexts(funnelTexts);
  const moneyFigures = useMoneyFigures();
  const counts = (['won', 'lost', 'terminated'] as const).map((outcome): KeyFigureProps => ({
    name: t(outcome),
    means: t(`${outcome}.means`),
    value: report[outcome],
    unit: 'count',
    ...(compared ? { was: compared[outcome] } : {}),
    to: endedDeals(search, outcome),
  }));
  const amounts = (['won', 'lost'] as const).flatMap((outcome) => {
    const [now, then] = [report[`${outcome}Amounts`], compared?.[`${outcome}Amounts`]];
    const figure = { name: t(`${outcome}Amount`), means: t(`${outcome}Amount.means`) };
    return moneyFigures(figure, currenciesOf(now, then), (currency) => ({
      value: inCurrency(now, currency)?.amount ?? 0,
      ...(compared ? { was: inCurrency(then, currency)?.amount ?? 0 } : {}),
      to: endedDeals(search, outcome, { currency }),
    }));
  });
  const winRate: KeyFigureProps = {
    name: t('winRate'),
    means: t('winRate.means'),
    value: report.winRate,
    unit: 'share',
    ...(compared ? { was: compared.winRate } : {}),
    to: endedDeals(search, 'decided'),
  };
  return <KeyFigures figures={[...counts, winRate, ...amounts]} />;
}
