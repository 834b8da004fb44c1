import { useTexts } from '../../../i18n/texts.ts';
import { Field } from '../../../ui/field.tsx';
import { boardTexts } from '../board.texts.ts';
import { CurrencySelect } from './currency-select.tsx';
import type { NewDealForm } from './use-new-deal.ts';

interface AmountFieldProps {
  readonly pipeline: string;
  readonly deal: Pick<NewDealForm, 'form' | 'fields' | 'currency'>;
}

/** What a new deal may bring, if known, beside what it is in. */
export function AmountField({ pipeline, deal: { form, fields, currency } }: AmountFieldProps) {
  const t = useTexts(boardTexts);
  return (
    <Field label={t('optional', { field: t('amount') })} error={form.formState.errors.amount?.message}>
      {(control) => (
        <div className="flex flex-wrap gap-1">
          <input
            {...control}
            {...fields.amount()}
            inputMode="decimal"
            autoComplete="off"
            className="w-0 min-w-16 flex-1 text-sm"
          />
          <CurrencySelect pipeline={pipeline} {...currency} />
        </div>
      )}
    </Field>
  );
}
