import { CirclePause, Plus } from 'lucide-react';
import type { Ref } from 'react';
import { useMay } from '../../../api/me.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useLanguage } from '../../../i18n/language.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { stageName } from '../../../pipelines/stage-name.ts';
import { IconButton } from '../../../ui/button.tsx';
import type { BoardColumnAnswer } from '../api/board.ts';
import { boardTexts } from '../board.texts.ts';

interface ColumnHeaderProps {
  readonly column: BoardColumnAnswer;
  /** The most that a column of the board has sums in: all their cards begin at one height. */
  readonly currencies: number;
  readonly addButton: Ref<HTMLButtonElement>;
  readonly onAdd: () => void;
}

/** A stage with how many deals are in it and what they are worth. */
export function ColumnHeader({ column, currencies, addButton, onAdd }: ColumnHeaderProps) {
  const t = useTexts(boardTexts);
  const format = useFormat();
  const may = useMay();
  const language = useLanguage();
  const { stage, count, suspended, worth } = column;
  const name = stageName(stage, language);
  return (
    <header className="@container px-3 pt-2 pb-1.5">
      <div className="flex items-center gap-2">
        <h2 className="truncate text-sm font-semibold" title={name}>
          {name}
        </h2>
        <span className="text-muted text-sm" title={t('dealCount', { count })}>
          {format.number(count)}
        </span>
        {may('change') && (
          <IconButton
            ref={addButton}
            label={t('addTo', { stage: name })}
            onClick={onAdd}
            data-print="hidden"
            className="-mr-2 ml-auto"
          >
            <Plus size={15} aria-hidden />
          </IconButton>
        )}
      </div>
      <div className="text-muted relative min-h-9 text-xs [--sum:2rem] @min-[13rem]:[--sum:1rem]">
        <div style={{ minHeight: `calc(${currencies} * var(--sum))` }}>
          {worth.map(({ currency, amount, weightedAmount }) => (
            <p key={currency} className="flex h-(--sum) flex-wrap gap-x-2 overflow-hidden whitespace-nowrap">
              <span className="text-ink font-medium" title={format.money(amount, currency)}>
                {format.money(amount, currency, 'compact')}
              </span>
              <span title={`${t('weightedHint')}: ${format.money(weightedAmount, currency)}`}>
                {t('weighted', { amount: format.money(weightedAmount, currency, 'compact') })}
              </span>
            </p>
          ))}
        </div>
        {suspended > 0 && (
          <span
            title={t('suspendedCount', { count: suspended })}
            className="absolute top-0 right-0 flex items-center gap-1"
          >
            <CirclePause size={12} aria-hidden />
            <span aria-hidden>{format.number(suspended)}</span>
            <span className="sr-only">{t('suspendedCount', { count: suspended })}</span>
          </span>
        )}
      </div>
    </header>
  );
}
