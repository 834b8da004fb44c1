import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { Button } from '../ui/button.tsx';
import { Field, Select } from '../ui/field.tsx';
import { amountText, minorUnitsOf } from '../i18n/amount-text.ts';
import type { DealFilterSearch } from './cut-search.ts';
import { facetsQuery, type FacetsOf } from './facets.ts';
import type { FilterChanges } from './filter-changes.ts';
import { filterTexts } from './filters.texts.ts';

interface AmountRangeProps {
  readonly search: DealFilterSearch & FacetsOf;
  readonly currency: string;
  readonly onChange: (changes: FilterChanges) => void;
}

/** Two bounds in major units, either of them open. */
export function AmountRange({ search, currency: usual, onChange }: AmountRangeProps) {
  const t = useTexts(filterTexts);
  const { data } = useQuery(facetsQuery(search));
  const currencies = data?.currency.flatMap(({ value }) => (value === null ? [] : [value])) ?? [];
  const [currency, setCurrency] = useState(search.currency ?? usual);
  const textOf = (units: number | undefined) => (units === undefined ? '' : amountText(units, currency));
  const [from, setFrom] = useState(textOf(search.amountFrom));
  const [to, setTo] = useState(textOf(search.amountTo));
  const lower = minorUnitsOf(from, currency);
  const upper = minorUnitsOf(to, currency);
  const fromError = from.trim() !== '' && lower === undefined ? t('amountWrong') : undefined;
  const isBelow = lower !== undefined && upper !== undefined && upper < lower;
  const toError = to.trim() !== '' && upper === undefined ? t('amountWrong') : isBelow ? t('amountOrder') : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fromError === undefined && toError === undefined) {
      // One currency needs no naming.
      const named = currencies.length > 1 && (lower ?? upper) !== undefined ? currency : undefined;
      onChange({ amountFrom: lower, amountTo: upper, currency: named });
    }
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label={t('from')} error={fromError} hint={t('amountHint', { currency })}>
        {(control) => (
          <input {...control} inputMode="decimal" value={from} onChange={(event) => setFrom(event.target.value)} />
        )}
      </Field>
      <Field label={t('to')} error={toError}>
        {(control) => (
          <input {...control} inputMode="decimal" value={to} onChange={(event) => setTo(event.target.value)} />
        )}
      </Field>
      {currencies.length > 1 && (
        <Field label={t('currency')}>
          {(control) => (
            <Select
              {...control}
              value={currency}
              choices={currencies.map((value) => ({ value, label: value }))}
              onChange={(event) => setCurrency(event.target.value)}
            />
          )}
        </Field>
      )}
      <Button type="submit" look="primary">
        {t('apply')}
      </Button>
    </form>
  );
}
