import { useFormat } from '../i18n/format.ts';
import { useTexts } from '../i18n/texts.ts';
import { Button } from '../ui/button.tsx';
import { Chip, ChipRow } from './chip.tsx';
import { CUT_DIMENSIONS, type DealFilterSearch } from './cut-search.ts';
import { NO_FILTERS, isFiltered, type FilterChanges } from './filter-changes.ts';
import { filterTexts } from './filters.texts.ts';

interface FilterChipsProps {
  readonly search: DealFilterSearch;
  readonly currency: string;
  readonly customerName?: string | undefined;
  readonly onChange: (changes: FilterChanges) => void;
}

/** Every active filter in words, each with a way to remove it. The text stands in its own field. */
export function FilterChips({ search, currency: usual, customerName, onChange }: FilterChipsProps) {
  const t = useTexts(filterTexts);
  const format = useFormat();
  const { currency = usual } = search;
  const range = (name: string, from: string | undefined, to: string | undefined) =>
    from !== undefined && to !== undefined
      ? t('between', { name, from, to })
      : from !== undefined
        ? t('atLeast', { name, value: from })
        : t('atMost', { name, value: to });
  const money = (units: number | undefined) => (units === undefined ? undefined : format.money(units, currency));
  const day = (text: string | undefined) => (text === undefined ? undefined : format.day(text));
  if (!isFiltered(search)) return null;
  const { amountFrom, amountTo, expectedCloseFrom, expectedCloseTo, customerId } = search;
  return (
    <div className="flex max-w-full min-w-0 items-center gap-1.5">
      <ChipRow label={t('filters')}>
        {CUT_DIMENSIONS.flatMap((dimension) =>
          (search[dimension] ?? []).map((value) => (
            <li key={`${dimension} ${value}`}>
              <Chip
                text={value === '' ? t('withoutOne', { name: t(dimension) }) : t('is', { name: t(dimension), value })}
                onRemove={() => {
                  const rest = search[dimension]?.filter((other) => other !== value) ?? [];
                  onChange({ [dimension]: rest.length === 0 ? undefined : rest });
                }}
              />
            </li>
          )),
        )}
        {customerId !== undefined && (
          <li>
            <Chip
              text={t('is', { name: t('customer'), value: customerName ?? customerId })}
              onRemove={() => onChange({ customerId: undefined })}
            />
          </li>
        )}
        {(amountFrom !== undefined || amountTo !== undefined) && (
          <li>
            <Chip
              text={range(t('amount'), money(amountFrom), money(amountTo))}
              onRemove={() => onChange({ amountFrom: undefined, amountTo: undefined, currency: undefined })}
            />
          </li>
        )}
        {search.currency !== undefined && amountFrom === undefined && amountTo === undefined && (
          <li>
            <Chip text={search.currency} onRemove={() => onChange({ currency: undefined })} />
          </li>
        )}
        {(expectedCloseFrom !== undefined || expectedCloseTo !== undefined) && (
          <li>
            <Chip
              text={range(t('closeDate'), day(expectedCloseFrom), day(expectedCloseTo))}
              onRemove={() => onChange({ expectedCloseFrom: undefined, expectedCloseTo: undefined })}
            />
          </li>
        )}
        {search.stalled && (
          <li>
            <Chip text={t('stalled')} onRemove={() => onChange({ stalled: undefined })} />
          </li>
        )}
      </ChipRow>
      <Button look="quiet" data-print="hidden" title={t('clearHint')} onClick={() => onChange(NO_FILTERS)}>
        {t('clear')}
      </Button>
    </div>
  );
}
