import { useState } from 'react';
import { amountText, minorUnitsOf } from '../../../i18n/amount-text.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, Select } from '../../../ui/field.tsx';
import { funnelTexts } from '../funnel.texts.ts';

interface TargetFormProps {
  readonly target: number | undefined;
  readonly currency: string | undefined;
  /** What deals have amounts in. */
  readonly currencies: readonly string[];
  readonly onChoose: (chosen: { readonly target?: number; readonly targetCurrency?: string }) => void;
}

/** What is to be won, typed in major units. */
export function TargetForm({ target, currency, currencies, onChoose }: TargetFormProps) {
  const t = useTexts(funnelTexts);
  const [chosen, setChosen] = useState(currency ?? currencies[0] ?? 'USD');
  const [typed, setTyped] = useState(target === undefined ? '' : amountText(target, chosen));
  const [wrong, setWrong] = useState(false);
  const choices = [...new Set([...currencies, chosen])].map((value) => ({ value, label: value }));
  return (
    <form
      data-print="hidden"
      className="flex flex-wrap items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const units = minorUnitsOf(typed, chosen);
        setWrong(units === undefined || units === 0);
        if (units) onChoose({ target: units, targetCurrency: chosen });
      }}
    >
      <Field
        label={t('target')}
        hint={t('targetHint', { currency: chosen })}
        error={wrong ? t('targetWrong') : undefined}
      >
        {(control) => (
          <input
            {...control}
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            onChange={({ target: { value } }) => setTyped(value)}
            className="min-h-8 w-48 text-sm"
          />
        )}
      </Field>
      <Field label={t('currency')}>
        {(control) => (
          <Select
            {...control}
            choices={choices}
            value={chosen}
            onChange={({ target: { value } }) => setChosen(value)}
          />
        )}
      </Field>
      <div className="flex gap-2 pt-6">
        <Button type="submit" look="primary">
          {t('check')}
        </Button>
        {target !== undefined && <Button onClick={() => onChoose({})}>{t('removeTarget')}</Button>}
      </div>
    </form>
  );
}
