import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { boardTexts } from '../board.texts.ts';

interface Sum {
  readonly currency: string;
  readonly amount: number;
  readonly weightedAmount?: number;
}

interface TotalsProps {
  readonly label: string;
  readonly count: number;
  readonly sums: readonly Sum[];
}

/** How many deals there are and what they are worth, each currency by itself; short, and in full on hover. */
export function Totals({ label, count, sums }: TotalsProps) {
  const t = useTexts(boardTexts);
  const format = useFormat();
  return (
    <p
      role="group"
      aria-label={label}
      className="text-muted ml-auto flex shrink-0 flex-wrap sm:max-w-3/5 items-baseline gap-x-3 text-sm"
    >
      <span className="text-ink font-medium">{t('dealCount', { count })}</span>
      {sums.map(({ currency, amount, weightedAmount }) => (
        <span key={currency} className="flex gap-x-2">
          <span className="text-ink font-medium" title={format.money(amount, currency)} data-amount={amount}>
            {format.money(amount, currency, 'compact')}
          </span>
          {weightedAmount !== undefined && (
            <span title={`${t('weightedHint')}: ${format.money(weightedAmount, currency)}`}>
              {t('weighted', { amount: format.money(weightedAmount, currency, 'compact') })}
            </span>
          )}
        </span>
      ))}
    </p>
  );
}
