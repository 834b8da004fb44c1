import { useMemo } from 'react';
import { amountText } from '../../i18n/amount-text.ts';
import { useFormat } from '../../i18n/format.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { CsvCell } from '../../ui/download.ts';
import { funnelTexts } from './funnel.texts.ts';

/** What a figure counts. Shares are of one; money is minor units of its currency. */
export type Unit = 'count' | 'share' | 'days' | { readonly currency: string };

/** A figure of the API; null where it cannot be told. */
export type FigureValue = number | null | undefined;

/** How figures and their differences read in the chosen language. */
export interface Figures {
  /** `short` leaves out the small digits of money; `alone` also says what is counted, where no heading does. */
  text(value: FigureValue, unit: Unit, style?: 'short' | 'alone'): string;
  /** `+12, +5.9%`; points for shares. Undefined where one of the two is missing. */
  change(value: FigureValue, was: FigureValue, unit: Unit): string | undefined;
}

const MISSING = '–';

/** The figures of the chosen language. */
export function useFigures(): Figures {
  const t = useTexts(funnelTexts);
  const format = useFormat();
  return useMemo(() => {
    const text: Figures['text'] = (value, unit, style) => {
      if (value === null || value === undefined) return MISSING;
      if (unit === 'share') return format.percent(value);
      if (unit === 'days' && style === 'alone') return format.days(value);
      if (typeof unit === 'string') return format.number(value);
      return format.money(value, unit.currency, style === undefined ? undefined : 'compact');
    };
    return {
      text,
      change: (value, was, unit) => {
        if (value === null || value === undefined || was === null || was === undefined) return undefined;
        // What reads the same is the same: rates and quantiles may differ in digits that nobody sees.
        if (text(value, unit) === text(was, unit)) return t('same');
        const difference = value - was;
        const sign = difference > 0 ? '+' : '';
        if (unit === 'share') return t('points', { points: sign + format.number(difference * 100) });
        const change = sign + text(difference, unit, 'short');
        return was === 0 ? change : t('relative', { change, share: sign + format.percent(difference / was) });
      },
    };
  }, [t, format]);
}

/** Whether deals are behind a figure: those behind a rate or a time are there where it is nothing, too. */
export function isOfDeals(value: FigureValue, unit: Unit): boolean {
  return typeof value === 'number' && (value !== 0 || unit === 'share' || unit === 'days');
}

/** A figure as a spreadsheet reads it: money in major units, shares of one. */
export function plainFigure(value: FigureValue, unit: Unit): CsvCell {
  if (value === null || value === undefined || typeof unit === 'string') return value;
  return amountText(Math.round(value), unit.currency);
}
