import { useTexts } from '../../../i18n/texts.ts';
import { funnelTexts } from '../funnel.texts.ts';
import type { KeyFigureProps } from './key-figure.tsx';

type MoneyFigures = (
  figure: Pick<KeyFigureProps, 'name' | 'means'>,
  currencies: readonly string[],
  of: (currency: string) => Pick<KeyFigureProps, 'value' | 'was' | 'to'>,
) => readonly KeyFigureProps[];

/** The same figure in each currency; where there is none to tell it in, one that is missing. */
export function useMoneyFigures(): MoneyFigures {
  const t = useTexts(funnelTexts);
  return ({ name, means }, currencies, of) =>
    currencies.length === 0
      ? [{ name, means, value: null, unit: 'count' }]
      : currencies.map((currency) => ({
          name: currencies.length > 1 ? t('inCurrency', { name, currency }) : name,
          means,
          unit: { currency },
          ...of(currency),
        }));
}
